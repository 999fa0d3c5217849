// The page's own script: settings, tabs and their views, the question. Each part is a module beside.
import "./copy.js";
import "./settings.js";
import "./pictures.js";
import "./keeping.js";
import { ask, narrow } from "./ask.js";
import { opened } from "./panels.js";

window.page = { ask, narrow, opened };
