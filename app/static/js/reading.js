// The reading pages: what is fetched when it is opened, copying a clause of a document, the page beside it.
import "./basket.js";
import "./cite.js";
import { copyText } from "./copy.js";
import "./print.js";
import { openWhole } from "./pane.js";
import "./settings.js";
import { fetchView } from "./views.js";

const root = document.documentElement;

async function copy(button, text) {
  const name = button.textContent;
  button.textContent = (await copyText(text)) ? "已复制" : "请手动复制";
  setTimeout(() => (button.textContent = name), 2000);
}

// Marks inside quotation marks take the other kind (GB/T 15834-2011 4.8.3.3).
const INNER = { "“": "‘", "”": "’", "‘": "“", "’": "”" };

// The words of a clause stand on the page once; a row of a table brings its own, and is no running text to be put in marks.
function taken(button) {
  const { text, citation } = button.dataset;
  if (text) return `${text}（${citation}）`;
  const words = button.closest(".read-one").querySelector(".read-text").textContent;
  return `“${words.replace(/[“”‘’]/g, (mark) => INNER[mark])}”（${citation}）`;
}

async function showPage(link, event) {
  const aside = document.querySelector(".read-pane");
  if (!aside) return;
  event.preventDefault();
  await fetchView(aside, link.dataset.show);
  const pane = aside.querySelector(".pane");
  if (pane && getComputedStyle(aside).display === "none") openWhole(pane);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if ("take" in button.dataset) copy(button, taken(button));
  if (button.dataset.show && !event.ctrlKey && !event.metaKey && !event.shiftKey) showPage(button, event);
});

document.addEventListener(
  "toggle",
  (event) => {
    const details = event.target;
    const place = details.querySelector?.(":scope > .read-fetched");
    if (!details.open || !place || place.hasChildNodes()) return;
    place.textContent = "正在查…";
    fetchView(place, details.dataset.view);
  },
  true,
);
