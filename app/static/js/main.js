// The page's own script: settings, tabs and their views, the question. Each part is a module beside.
import "./copy.js";
import "./settings.js";
import "./print.js";
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
import { chosen } from "./panels.js";

// Gradio lays out the page after this script has run, piece by piece.
const PIECES = ["#answer", "#question textarea", "#document input", "#sync"];

function ready() {
  if (!PIECES.every((piece) => document.querySelector(piece))) return requestAnimationFrame(ready);
  window.page = { ask, narrow, values };
  start();
  if (new URLSearchParams(location.search).has("tab")) chosen();
}
ready();
