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
import { ask, narrow, start, values } from "./ask.js";
import { chosen, opened } from "./panels.js";

// Gradio lays out the page after this script has run.
function ready() {
  if (!document.getElementById("answer") || !document.querySelector("#question textarea")) return requestAnimationFrame(ready);
  window.page = { ask, narrow, opened, values };
  start();
  chosen();
}
ready();
