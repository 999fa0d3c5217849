// The reading pages: settings, what is fetched when it is opened, copying a clause, the page beside it.
import { copyText } from "./copy.js";
import "./pane.js";
import { openWhole } from "./pane.js";
import { set } from "./settings.js";
import { fetchView } from "./views.js";

const root = document.documentElement;

function showSettings() {
  for (const button of document.querySelectorAll("[data-size-to]"))
    button.setAttribute("aria-pressed", String(button.dataset.sizeTo === (root.dataset.size ?? "standard")));
  for (const button of document.querySelectorAll("[data-theme-to]"))
    button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
}

function settle(button) {
  if (button.dataset.sizeTo) set({ size: button.dataset.sizeTo, theme: root.dataset.theme });
  else set({ theme: root.dataset.theme === "dark" ? "light" : "dark", size: root.dataset.size });
  showSettings();
}

async function copy(button, text) {
  const name = button.textContent;
  button.textContent = (await copyText(text)) ? "已复制" : "请手动复制";
  setTimeout(() => (button.textContent = name), 2000);
}

// The words of a clause stand on the page once; a row of a table brings its own.
function taken(button) {
  const text = button.dataset.text ?? button.closest(".read-one").querySelector(".read-text").textContent;
  return `“${text}”（${button.dataset.citation}）`;
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
  if (button.dataset.sizeTo || button.dataset.themeTo) settle(button);
  if ("take" in button.dataset) copy(button, taken(button));
  if (button.dataset.copyLink) copy(button, new URL(button.dataset.copyLink, document.baseURI).href);
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

// Paper is light, and says where it came from.
let shown = "light";
addEventListener("beforeprint", () => {
  [shown, root.dataset.theme] = [root.dataset.theme, "light"];
  document.querySelector("[data-address]").textContent = decodeURI(location.href);
});
addEventListener("afterprint", () => (root.dataset.theme = shown));

showSettings();
