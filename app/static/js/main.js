// The page's own script: settings, tabs and their views, the question. Each part is a module beside.
import "./copy.js";
import "./settings.js";
import "./pictures.js";
import "./cite.js";
import "./basket.js";
import "./drafting.js";
import "./pane.js";
import "./documents.js";
import "./targets.js";
import "./evaluation.js";
import "./feedback.js";
import "./keeping.js";
import { ask, narrow } from "./ask.js";
import { opened } from "./panels.js";

window.page = { ask, narrow, opened };
