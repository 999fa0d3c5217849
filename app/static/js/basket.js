// 引用篮: what is kept in this browser (ids of clauses, the digests of their words and of the base they were seen in),
// the buttons that put in, the counters, and the view of the 起草 tab.
import { download } from "./download.js";
import { fetchView, posted } from "./views.js";

const KEY = "basket";
const MOST = 200;
let held = null; // what a browser that keeps nothing holds until the page is left

function kept() {
  if (held) return held;
  try {
    const list = JSON.parse(localStorage.getItem(KEY)) ?? [];
    return Array.isArray(list) ? list.filter((one) => typeof one?.id === "string") : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    held = null;
  } catch {
    held = list;
  }
  showCount();
}

const sent = (list) => list.map(({ id, digest = "" }) => ({ id, digest }));

// The counters: in the name of the tab by a style, as Gradio draws its buttons anew; in the head by a button.
function showCount() {
  const list = kept();
  const ids = new Set(list.map((one) => one.id));
  document.documentElement.style.setProperty("--basket-count", list.length ? `"（${list.length}）"` : '""');
  for (const place of document.querySelectorAll(".basket-count")) write(place, String(list.length));
  for (const button of document.querySelectorAll("[data-basket]")) {
    const is = ids.has(button.dataset.basket);
    if (button.getAttribute("aria-pressed") !== String(is)) button.setAttribute("aria-pressed", is);
    write(button, is ? "已在引用篮" : "加入引用篮");
  }
}

// Writes what is not there yet: each writing is seen by the observer below.
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function showHead() {
  const head = document.querySelector("#head header, body > header");
  if (!head || head.querySelector(".to-basket")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "to-basket take";
  button.append("引用篮 ", Object.assign(document.createElement("b"), { className: "basket-count" }));
  button.addEventListener("click", openBasket);
  head.append(button);
  showCount();
}

const tab = () => document.querySelector('button[role="tab"][data-tab-id="drafting"]');

export function openBasket() {
  if (!tab()) return location.assign(new URL("./#basket", document.baseURI));
  tab().click();
  whenThere(() => document.getElementById("basket"), (place) => place.scrollIntoView());
}

function whenThere(find, act, left = 100) {
  const found = find();
  if (found) act(found);
  else if (left) setTimeout(whenThere, 100, find, act, left - 1);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-basket]");
  if (!button) return;
  const { basket: id, digest = "" } = button.dataset;
  const list = kept();
  if (list.some((one) => one.id === id)) keep(list.filter((one) => one.id !== id));
  else if (list.length < MOST) keep([...list, { id, digest, base: "" }]);
  else alertFull();
  show();
});

function alertFull() {
  const head = document.querySelector(".to-basket");
  if (head) head.title = `引用篮已满（${MOST} 条），请先移出一些`;
  for (const one of document.querySelectorAll(".basket-full")) one.textContent = head.title;
}

// The view.
let before = null; // what there was before the last removal

const place = () => document.querySelector("#basket .basket-place");

async function show(focused) {
  if (!place()) return;
  const asked = kept();
  const reply = await fetchView(place(), "view/basket", sent(asked));
  if (!reply?.ok) return;
  const base = reply.headers.get("X-Base") ?? "";
  const digests = new Map([...place().querySelectorAll("li[data-id]")].map((li) => [li.dataset.id, li.dataset.digest]));
  const noted = (one) => (one.digest ? one : { ...one, digest: digests.get(one.id) ?? "", base });
  keep(kept().map(noted));
  if (focused !== undefined) place().querySelectorAll("li")[focused]?.focus();
}

function tell(text, canUndo) {
  const strip = document.querySelector("#basket .undo");
  strip.textContent = text;
  if (!canUndo) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "take", textContent: "撤销" });
  button.addEventListener("click", () => {
    keep(before);
    tell("已恢复", false);
    show();
  });
  strip.append(" ", button);
}

function move(list, from, to) {
  if (to < 0 || to >= list.length) return;
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  keep(moved);
  tell("", false);
  show(to);
}

function remove(list, at) {
  before = list;
  keep(list.filter((_, place) => place !== at));
  tell(`已移出第${at + 1}条。`, true);
  show(Math.min(at, list.length - 2));
}

function act(what, item) {
  const list = kept();
  if (what === "clear") {
    before = list;
    keep([]);
    tell(`已清空，共 ${list.length} 条。`, true);
    return show();
  }
  const at = list.findIndex((one) => one.id === item.dataset.id);
  if (at < 0) return show();
  if (what === "up") move(list, at, at - 1);
  else if (what === "down") move(list, at, at + 1);
  else if (what === "remove") remove(list, at);
  else if (what === "accept") {
    keep(list.map((one) => (one.id === item.dataset.id ? { id: one.id, digest: "", base: "" } : one)));
    show(at);
  }
}

async function exported(button) {
  const { export: address, name } = button.dataset;
  button.disabled = true;
  tell(await download(address, name, posted(sent(kept()))), false);
  button.disabled = false;
}

export function startBasket() {
  const section = document.getElementById("basket");
  section.addEventListener("click", (event) => {
    const doing = event.target.closest("[data-do]");
    if (doing) act(doing.dataset.do, doing.closest("li"));
    const exporting = event.target.closest("[data-export]");
    if (exporting) exported(exporting);
  });
  section.addEventListener("keydown", (event) => {
    const item = event.target.closest("li[data-id]");
    const what = event.target !== item ? null
      : event.altKey ? { ArrowUp: "up", ArrowDown: "down" }[event.key]
      : { Delete: "remove" }[event.key];
    if (!what) return;
    event.preventDefault();
    act(what, item);
  });
  show();
}

addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  showCount();
  show();
});
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    showHead();
    showCount();
  });
}).observe(document.body, { childList: true, subtree: true });
showHead();
showCount();
if (location.hash === "#basket") whenThere(tab, openBasket);
