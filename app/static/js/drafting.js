// 引文校核: sends a draft, steps through what was found, and takes up suggestions in the draft that is shown.
import { startBasket } from "./basket.js";
import { copyText } from "./copy.js";
import { download } from "./download.js";
import { onOpen } from "./panels.js";
import { fetchView, posted } from "./views.js";

const LARGEST = 5 * 2 ** 20;
let checked = null; // the draft as it was checked: its name, and its text as it is shown
let taken = new Map(); // the suggestions that were taken up, by number
let current = null; // the card that is looked at

const section = () => document.querySelector(".drafting .check");
const find = (selector) => section().querySelector(selector);
const all = (selector) => [...section().querySelectorAll(selector)];
const tell = (text) => (find(".told").textContent = text);

// Checking.

async function check(address, body, name) {
  const button = find(".go");
  const began = Date.now();
  const clock = setInterval(() => tell(`正在校核，已 ${Math.round((Date.now() - began) / 1000)} 秒`), 1000);
  tell("正在校核");
  button.disabled = true;
  let reply = null;
  try {
    reply = await fetchView(find(".check-place"), address, body);
  } catch {
    tell("连不上服务器，请检查网络后再试");
    return;
  } finally {
    clearInterval(clock);
    button.disabled = false;
  }
  if (!reply) return;
  tell("");
  taken = new Map();
  current = null;
  checked = reply.ok ? { name, text: textNow() } : null;
  if (!reply.ok) return;
  find("details.source").open = false;
  filter();
  step(1);
}

function checkPasted() {
  const box = find("textarea");
  const count = [...box.value].length;
  const most = Number(box.dataset.most);
  if (!box.value.trim()) return tell("请先粘贴文稿，或选择文件");
  if (count > most) return tell(`文稿有 ${count} 个字，超过上限 ${most} 个字，请分成几份校核`);
  check("view/check?kind=text", box.value, "文稿");
}

function checkFile(file) {
  const [, stem, kind] = /^(.*?)(?:\.([^.]*))?$/s.exec(file.name);
  if (file.size > LARGEST) return tell(`“${file.name}”有 ${(file.size / 2 ** 20).toFixed(1)} MB，超过上限 5 MB，请分成几份，或去掉其中的图片后再试`);
  check(`view/check?kind=${encodeURIComponent((kind ?? "").toLowerCase())}`, file, stem);
}

// The draft as it stands. A line that begins inside what was replaced goes on in the line before.

function textNow() {
  const slots = [...taken.values()];
  let text = null;
  for (const line of all(".draft p")) {
    const start = Number(line.dataset.start);
    const own = [...line.childNodes].filter((one) => !one.hidden).map((one) => one.textContent).join("");
    if (text === null) text = own;
    else text += (slots.some((slot) => slot.start < start && start <= slot.end) ? "" : "\n") + own;
  }
  return text ?? "";
}

// Suggestions.

const piecesOf = (number) => all(`.draft [data-slots~="${number}"]`);
const slotOf = ({ take, start, end, put }) => ({ number: take, start: Number(start), end: Number(end), put });
const meet = (one, other) => one.start < other.end && other.start < one.end;

function take(button) {
  const slot = slotOf(button.dataset);
  if (taken.has(slot.number)) return true;
  const other = [...taken.values()].find((one) => meet(one, slot));
  if (other) {
    tell("与已采用的另一处建议重叠，请先撤销那一处");
    return false;
  }
  const pieces = piecesOf(slot.number);
  const put = Object.assign(document.createElement("ins"), { textContent: slot.put });
  put.dataset.of = slot.number;
  pieces[0].before(put);
  for (const one of pieces) one.hidden = true;
  taken.set(slot.number, slot);
  showTaken(slot.number, true);
  tell("");
  return true;
}

function undo(number) {
  find(`.draft ins[data-of="${number}"]`)?.remove();
  for (const one of piecesOf(number)) one.hidden = false;
  taken.delete(number);
  showTaken(number, false);
}

function showTaken(number, is) {
  for (const one of all(`[data-take="${number}"]`)) {
    const card = one.closest("li");
    const other = card.querySelector("[data-undo]");
    const focused = document.activeElement === one || document.activeElement === other;
    one.hidden = is;
    other.hidden = !is;
    card.classList.toggle("mended", is);
    if (focused) (is ? other : one).focus();
  }
}

function takeAll() {
  const before = taken.size;
  for (const one of all("[data-take]:not([data-wording])")) take(one);
  tell(`已采用 ${taken.size - before} 处出处建议，引文的文字没有改动`);
}

// Stepping and filtering.

const shown = () => all(".finding:not([hidden])");

function step(by) {
  const cards = shown().filter((one) => "fault" in one.dataset);
  if (!cards.length) return place(null, shown().length ? "没有要改的地方" : "");
  const at = cards.indexOf(current);
  look(cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : (at + by + cards.length) % cards.length]);
}

function place(card, text) {
  current?.classList.remove("now");
  for (const one of all(".draft .now")) one.classList.remove("now");
  current = card;
  card?.classList.add("now");
  find(".at").textContent = text;
}

function look(card) {
  const cards = shown().filter((one) => "fault" in one.dataset);
  const at = cards.indexOf(card);
  place(card, at < 0 ? "" : `第 ${at + 1} 处，共 ${cards.length} 处要改`);
  const marks = all(`.draft [data-findings~="${card.dataset.number}"]`);
  for (const one of marks) one.classList.add("now");
  const seen = marks.find((one) => !one.hidden) ?? find(`.draft ins[data-of="${marks[0]?.dataset.slots}"]`);
  within(find(".draft"), seen);
  within(find(".findings"), card);
}

// Scrolls inside a pane alone, so that the page stays where it is.
function within(pane, one) {
  if (!one) return;
  one.scrollIntoView({ block: "nearest", inline: "nearest" });
  const offset = one.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (pane.scrollHeight > pane.clientHeight) pane.scrollTop += offset - pane.clientHeight / 3;
}

function filter() {
  const on = new Set(all("[data-filter]").filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.filter));
  for (const one of all(".finding")) one.hidden = !on.has(one.dataset.verdict);
}

// What is given out.

async function give(what, button) {
  button.disabled = true;
  const text = textNow();
  if (what === "copy") tell((await copyText(text)) ? "改后文稿已复制" : "请手动复制");
  else if (what === "draft") tell(await download("draft.docx", `${checked.name}（改后）.docx`, posted(text)));
  else {
    const numbers = [...taken.keys()].map(Number);
    const name = `${checked.name}（校核报告）.${what.split(".")[1]}`;
    tell("正在写报告");
    tell(await download(what, name, posted({ text: checked.text, taken: numbers })));
  }
  button.disabled = false;
}

function act(button) {
  const { filter: filtered, step: by, take: number, undo: undone, do: doing } = button.dataset;
  if (filtered) {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    filter();
  } else if (by) step(Number(by));
  else if (number) take(button);
  else if (undone) undo(undone);
  else if ("see" in button.dataset) look(button.closest("li"));
  else if (doing === "all") takeAll();
  else if (doing === "again") check("view/check?kind=text", textNow(), checked.name);
  else if (doing) give(doing, button);
}

function start() {
  startBasket();
  const form = find("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    checkPasted();
  });
  form.querySelector("input[type=file]").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) checkFile(file);
    event.target.value = "";
  });
  find(".check-place").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) return act(button);
    const mark = event.target.closest(".draft mark[data-findings]");
    const card = mark && find(`.finding[data-number="${mark.dataset.findings.split(" ")[0]}"]`);
    if (!card) return;
    card.hidden = false;
    look(card);
  });
  document.addEventListener("keydown", (event) => {
    const by = { n: 1, p: -1 }[event.key];
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!by || isTyping || event.ctrlKey || event.metaKey || event.altKey || !checked || !find(".at")?.offsetParent) return;
    event.preventDefault();
    step(by);
  });
}

onOpen("drafting", start);
