// 问答: puts the question and shows the newest answer alone; tells of waiting, of a lost connection, of a base that has changed.
import { fetchView } from "./views.js";

const NAME = document.title;
const DIM = 150, TELL = 1000, SLOW = 10_000, LOOK = 30_000;
const EMPTY = { q: "", doc: "", day: "", first: 1, literal: [] };

let put = { ...EMPTY };
let base = ""; // digest of the base that the answer shown speaks of
let number = 0;

const at = (id) => document.getElementById(id);
const words = () => document.querySelector("#question textarea");

// The question of the address: /?q=…&doc=…
export function addressed() {
  const asked = new URLSearchParams(location.search);
  const first = Number.parseInt(asked.get("first") ?? "1", 10);
  return {
    ...EMPTY,
    q: asked.get("q") ?? "",
    doc: asked.get("doc") ?? "",
    day: asked.get("day") ?? "",
    first: first > 0 ? first : 1,
    literal: asked.getAll("literal"),
  };
}

function address({ q, doc, day, first, literal }) {
  const asked = new URLSearchParams({ q });
  if (doc) asked.set("doc", doc);
  if (day) asked.set("day", day);
  if (first > 1) asked.set("first", first);
  for (const word of literal) asked.append("literal", word);
  return `?${asked}`;
}

export function ask(q, doc) {
  return go({ ...EMPTY, q, doc: doc ?? "", day: at("day")?.value ?? "" });
}

export function narrow(q, doc) {
  if (q.trim()) return ask(q, doc);
}

function go(next) {
  const same = address(next) === location.search;
  put = next;
  const where = address(put);
  if (!same) history.pushState(null, "", where.length > 4000 ? "?" : where);
  return run();
}

async function run() {
  const mine = ++number;
  const place = at("answer");
  const timers = [
    setTimeout(() => place.classList.add("stale"), DIM),
    setTimeout(() => strip("wait", `正在查“${short(put.q)}”`), TELL),
    setTimeout(() => strip("wait", "网络较慢，还在等答复", "重试", run), SLOW),
  ];
  try {
    const reply = await fetchView(place, "view/answer", put);
    if (mine !== number || !reply) return;
    if (!reply.ok) throw new Error(String(reply.status));
    strip();
    base = reply.headers.get("X-Base") ?? "";
    shown(place);
  } catch {
    if (mine !== number) return;
    const kept = place.firstElementChild ? "，下面仍是上一个问题的答复" : "";
    strip("fault", `“${short(put.q)}”没有查成：连不上服务器${kept}`, "重试", run);
  } finally {
    timers.forEach(clearTimeout);
    if (mine === number) place.classList.remove("stale");
  }
}

function shown(place) {
  document.title = put.q.trim() ? `${short(put.q)} — ${NAME}` : NAME;
  const told = place.querySelector("[data-told]")?.dataset.told ?? "";
  at("told").textContent = told;
  keep(put.q, told);
}

const short = (text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

// A line above the answer: what is going on, and a button to do something about it.
function strip(kind, text, name, act) {
  const line = at("strip");
  line.className = kind ?? "";
  line.replaceChildren(text ?? "");
  if (name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = name;
    button.addEventListener("click", act);
    line.append(" ", button);
  }
}

// 本次问过: the questions of this session, newest first.
function keep(q, told) {
  if (!q.trim()) return;
  const before = asked().filter((one) => one.address !== address(put));
  const list = [{ q: short(q), told, address: address(put) }, ...before].slice(0, 30);
  try {
    sessionStorage.setItem("asked", JSON.stringify(list));
  } catch {
    return; // a browser that keeps nothing has no history
  }
  history_(list);
}

function asked() {
  try {
    return JSON.parse(sessionStorage.getItem("asked")) ?? [];
  } catch {
    return [];
  }
}

function history_(list) {
  const there = at("asked");
  if (!there) return;
  there.hidden = list.length < 2;
  there.querySelector("ol").replaceChildren(
    ...list.map((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.address;
      link.textContent = one.q;
      link.dataset.again = "";
      item.append(link, ` ${one.told}`);
      return item;
    }),
  );
}

// What the buttons of an answer do to its question.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-widen], [data-literal], [data-first], a[data-again]");
  if (!pressed) return;
  if (pressed.matches("a")) {
    event.preventDefault();
    history.pushState(null, "", pressed.getAttribute("href"));
    return taken();
  }
  if ("widen" in pressed.dataset) go({ ...put, doc: "", first: 1 }).then(() => sync());
  else if (pressed.dataset.literal) go({ ...put, literal: [...put.literal, pressed.dataset.literal] });
  else go({ ...put, first: Number(pressed.dataset.first) }).then(() => at("answer").scrollIntoView());
});

// The controls of the page take what the address says, as soon as Gradio listens.
function sync(tries = 40) {
  const day = at("day");
  if (day) day.value = put.day;
  if (tries < 40 && words().value === put.q) return;
  at("sync").click();
  if (tries) setTimeout(sync, 250, tries - 1);
}
export const values = () => [put.q, put.doc];

function taken() {
  put = addressed();
  sync();
  if (put.q) return run();
  fetchView(at("answer"), "view/nothing");
  document.title = NAME;
}
addEventListener("popstate", taken);

document.addEventListener("keydown", (event) => {
  const box = words();
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    box?.focus();
    box?.select();
  }
  if (event.key === "Tab" && !event.shiftKey && event.target === box && box.value === put.q) {
    const answer = at("answer").querySelector("article");
    if (!answer) return;
    event.preventDefault();
    answer.focus();
  }
});

// A page left open learns that the server has another base, or is gone.
async function look() {
  if (document.hidden || !base) return;
  try {
    const now = (await fetch("view/state")).headers.get("X-Base");
    if (now && now !== base) strip("wait", "知识库已更新，这个答复按更新前的内容作出", "重新查", run);
  } catch {
    strip("fault", "连不上服务器，已有的答复仍可阅读", "重试", look);
  }
}
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);

// What stands there before the first question: the documents, or how far the making ready of the base has come.
async function front() {
  try {
    const reply = await fetchView(at("front"), "view/front");
    if (reply?.headers.get("X-Base")) return;
  } catch {
    // the server is not there yet; it is asked again
  }
  setTimeout(front, 1000);
}

export function start() {
  history_(asked());
  front();
  taken();
}
