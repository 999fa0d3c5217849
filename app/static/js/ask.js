// 问答: puts the question and shows the newest answer alone; tells of waiting, of a lost connection, of a base that has changed.
import { keepAsked, listAsked } from "./asked.js";
import { dropView, fetchView } from "./views.js";

const NAME = document.title;
const DIM = 150, TELL = 1000, SLOW = 10_000, LOOK = 30_000, AGAIN = 2000; // milliseconds
const LONGEST = 16_000; // characters of an address; a question of the length that is allowed has fewer
const EMPTY = { q: "", doc: "", day: "", first: 1, literal: [], gold: [] };

let put = { ...EMPTY }; // the question of the address
let answered = null; // the question whose answer stands there, with the digest of the base that it speaks of
let number = 0; // of the newest asking
let waiting = false;
let lost = false; // whether the strip says that the server is not there
let typed = false; // whether the reader has typed since the controls were set

const at = (id) => document.getElementById(id);
const box = () => document.querySelector("#question textarea");
const short = (text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text);
const same = (one, other) => address(one) === address(other);

// The question of the address: /?q=…&doc=…; gold are the clauses that should answer, where 评测 asks
function addressed(search = location.search) {
  const asked = new URLSearchParams(search);
  const first = Number(asked.get("first"));
  return {
    ...EMPTY,
    q: asked.get("q") ?? "",
    doc: asked.get("doc") ?? "",
    day: asked.get("day") ?? "",
    first: Number.isSafeInteger(first) && first > 0 ? first : 1,
    literal: asked.getAll("literal"),
    gold: asked.getAll("gold"),
  };
}

function address({ q, doc, day, first, literal, gold }) {
  const asked = new URLSearchParams({ q });
  if (doc) asked.set("doc", doc);
  if (day) asked.set("day", day);
  if (first > 1) asked.set("first", first);
  for (const word of literal) asked.append("literal", word);
  for (const id of gold) asked.append("gold", id);
  return `?${asked}`;
}

// The address of what this tab shows.
export const where = () => (put.q ? address(put) : "?");

export function ask(q, doc) {
  return go({ ...EMPTY, q, doc: doc ?? "", day: at("day").value });
}

export function narrow(q, doc) {
  if (q.trim()) return ask(q, doc);
}

function go(next) {
  const isNew = address(next) !== location.search;
  put = next;
  if (isNew) history.pushState(null, "", address(put).length > LONGEST ? "?" : address(put));
  return run();
}

// Asks; gives whether the answer was shown, which it is not where a newer question has been put.
async function run() {
  const mine = ++number, asked = put, place = at("answer");
  const held = place.contains(document.activeElement) || at("strip").contains(document.activeElement);
  const timers = [
    setTimeout(dim, DIM, true),
    setTimeout(() => strip("wait", `正在查“${short(asked.q)}”`), TELL),
    setTimeout(() => strip("wait", `网络较慢，还在等“${short(asked.q)}”的答复`, "重试", run), SLOW),
  ];
  waiting = true;
  try {
    const reply = await fetchView(place, "view/answer", asked, isAnswer);
    if (mine !== number) return false;
    if (!isAnswer(reply)) throw new Error(refusal(reply));
    shown(asked, reply.headers.get("X-Base"));
    return true;
  } catch (error) {
    if (mine === number) failed(asked, error instanceof TypeError ? "连不上服务器" : error.message);
    return false;
  } finally {
    timers.forEach(clearTimeout);
    if (mine === number) {
      waiting = false;
      dim(false);
      if (held) (at("strip").querySelector("button") ?? place.querySelector("article"))?.focus({ preventScroll: true });
    }
  }
}

// What the server says of a question that it does not take, such as one of 5 MB.
function refusal({ status, words = "", headers }) {
  const isOurs = headers.has("X-Version") && status < 500 && words.length < 200;
  return isOurs ? words : `服务器没有作答（${status}）`;
}

// What another host on the way says, or a server that has broken down, takes no answer's place.
function isAnswer(reply) {
  return reply.ok && reply.headers.has("X-Base");
}

function dim(is) {
  at("answer").classList.toggle("stale", is);
  at("answer").inert = is;
}

function shown(asked, base) {
  const told = at("answer").querySelector("[data-told]")?.dataset.told ?? "";
  answered = { ...asked, base };
  at("version").textContent = base.slice(0, 12);
  strip();
  tell(told);
  document.title = asked.q.trim() ? `${short(asked.q)} — ${NAME}` : NAME;
  if (asked.q.trim()) keepAsked({ q: short(asked.q), told, address: address(asked) });
  const mine = number;
  if (!base) setTimeout(() => mine === number && run(), AGAIN); // until there is a base that answers
}

function failed(asked, why) {
  const before = answered && (same(answered, asked) ? "先前的答复" : `“${short(answered.q)}”的答复`);
  strip("fault", `“${short(asked.q)}”没有查成：${why}${before ? `；下面仍是${before}` : ""}`, "重试", run);
}

// The one live region: what was found, or what is in the way.
function tell(text) {
  if (at("told").textContent !== text) at("told").textContent = text;
}

// A line above the answer: what is going on, and a button to do something about it.
function strip(kind, text, name, act) {
  const line = at("strip");
  lost = false;
  line.className = kind ?? "";
  line.replaceChildren(text ?? "");
  tell(text ?? "");
  if (!name) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = name;
  button.addEventListener("click", () => act());
  line.append(" ", button);
}

// What the buttons of an answer do to its question.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-widen], [data-literal], [data-first], a[data-again]");
  if (!pressed) return;
  const { widen, literal, first, again } = pressed.dataset;
  if (again !== undefined) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // into a tab of its own
    event.preventDefault();
    go(addressed(pressed.getAttribute("href")));
    sync();
  } else if (widen !== undefined) {
    go({ ...put, doc: "", first: 1 });
    sync();
  } else if (literal !== undefined) go({ ...put, first: 1, literal: [...put.literal, literal] });
  else go({ ...put, first: Number(first) }).then((done) => done && at("answer").scrollIntoView());
});

// The controls of the page take what the address says, as soon as Gradio listens, unless the reader types meanwhile.
export const values = () => [put.q, put.doc];

function sync() {
  typed = false;
  at("day").value = put.day;
  at("narrower").open ||= put.day !== "";
  set(40);
}

function set(tries) {
  if (typed) return;
  at("sync").click();
  if (tries) setTimeout(() => box().value === put.q || set(tries - 1), 250);
}

// The address has been changed by the reader: another question, the one before, or none.
function taken() {
  if (new URLSearchParams(location.search).has("tab")) return; // another tab's
  const next = addressed();
  const asks = new URLSearchParams(location.search).has("q");
  if (asks && answered && same(next, put) && same(answered, put)) return; // another place of the same screen
  const empty = !asks && same(put, EMPTY);
  put = next;
  if (!empty) sync();
  if (asks) return run();
  number += 1;
  waiting = false;
  answered = null;
  dropView(at("answer"));
  dim(false);
  strip();
  document.title = NAME;
}
addEventListener("popstate", taken);

document.addEventListener("input", (event) => {
  if (event.target === box()) typed = true;
});

document.addEventListener("keydown", (event) => {
  const question = box(), plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key === "/" && plain && question?.offsetParent && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    question.focus();
    question.select();
  }
  if (event.key === "Tab" && plain && !event.shiftKey && event.target === question && question.value === answered?.q) {
    const answer = at("answer").querySelector("article");
    if (!answer || waiting) return;
    event.preventDefault();
    answer.focus();
  }
});

// A page left open learns that the server has another base, or is gone.
async function look() {
  const mine = number;
  if (document.hidden || waiting || !answered?.base || !same(answered, put)) return;
  const reply = await fetch("view/state", { cache: "no-store" }).catch(() => null);
  if (mine !== number) return;
  const base = reply?.ok ? reply.headers.get("X-Base") : null;
  if (base === null) {
    strip("fault", "连不上服务器，已有的答复仍可阅读", "重试", look);
    lost = true;
  } else if (base && base !== answered.base) strip("wait", "知识库已更新，下面的答复按更新前的内容作出", "重新查", run);
  else if (lost) strip();
}
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);

// What stands there before the first question: the documents, or how far the making ready of the base has come.
async function front() {
  const reply = await fetchView(at("front"), "view/front", undefined, isAnswer).catch(() => null);
  if (!reply?.headers.get("X-Base")) setTimeout(front, 1000);
}

export function start() {
  listAsked();
  front();
  taken();
}
