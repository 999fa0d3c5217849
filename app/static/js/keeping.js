// 添加、移出文件: mounted above the table of the 文件 tab; without a token on the server there is nothing to mount.
import { keep, token, useDialog } from "./keeping_token.js";
import { addFile, sendFile, takeUp } from "./keeping_upload.js";
import { fetchView, posted } from "./views.js";

let section = null;
let hasTakenUp = false; // whether the files are listed that were sent before this page was opened
const find = (selector) => section.querySelector(selector);

export async function mountKeeping(place) {
  await fetchView(place, "view/keeping");
  if (!place.querySelector(".keeping")) return;
  section = place;
  useDialog(find("[data-token]"));
  mountAdding(find("[data-drop]"), find("[type=file]"));
  find("[data-find]").addEventListener("submit", (event) => {
    event.preventDefault();
    lists();
  });
  find(".keeping").addEventListener("toggle", () => token() && lists());
  if (token()) takeUpAll();
}

function mountAdding(drop, input) {
  find("[data-pick]").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") add([...event.dataTransfer.files]);
    });
  }
}

// Sends files one after another; what is too large or too many is said before anything is sent.
async function add(files) {
  const list = find(".uploads");
  const megabytes = Number(list.dataset.megabytes);
  const fit = files.filter((file) => file.size <= megabytes << 20);
  if (fit.length < files.length) say(`超过 ${megabytes} MB 的文件没有上传：${names(files.filter((one) => !fit.includes(one)))}；请拆成几份后重试`);
  else if (list.children.length + fit.length > Number(list.dataset.files)) return say(`一次不超过 ${list.dataset.files} 份；请先确认或取消列出的文件`);
  else say("");
  if (!fit.length || !(await tried(() => keep("keep/check", { method: "POST" })))) return;
  await takeUpAll();
  lists();
  const items = fit.map((file) => addFile(list, file, changed));
  for (const one of items) await sendFile(one);
}

// Lists what was sent and neither confirmed nor cancelled, and opens the section where there is something.
async function takeUpAll() {
  if (hasTakenUp) return;
  hasTakenUp = true;
  const reply = await tried(() => keep("keep/uploads"));
  if (!reply) return void (hasTakenUp = false);
  const { uploads } = await reply.json();
  for (const one of uploads) takeUp(find(".uploads"), one, changed);
  if (uploads.length) find(".keeping").open = true;
}

const names = (files) => files.map((file) => file.name).join("、");

function say(text) {
  find(".said").textContent = text;
}

// What fails is said; null then.
async function tried(work) {
  try {
    return await work();
  } catch (error) {
    say(`${error.message}。`);
    return null;
  }
}

async function lists() {
  const asked = encodeURIComponent(find("[data-find] input").value.trim());
  await into("[data-documents]", `keep/documents?find=${asked}`);
  await into("[data-removed]", "keep/removed");
}

async function into(selector, address) {
  const reply = await tried(() => keep(address));
  if (reply) find(selector).innerHTML = await reply.text(); // made and escaped by the server
}

// Tells the rest of the page that there is another base, and the lists here.
function changed() {
  document.dispatchEvent(new Event("base-changed"));
  lists();
}

async function change(button, words, address, sent) {
  const before = button.textContent;
  button.disabled = true;
  button.textContent = words;
  const reply = await tried(() => keep(address, posted(sent)));
  if (reply) {
    changed();
    say(`${(await reply.json()).said}。`);
  }
  button.disabled = false;
  button.textContent = before;
}

function remove(button) {
  const dialog = find("[data-remove-dialog]");
  dialog.querySelector("[data-title]").textContent = button.dataset.title;
  dialog.querySelector("[data-count]").textContent = `共 ${button.dataset.clauses} 个条款。移出后不再查到，30 天内可以放回。`;
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => dialog.returnValue && change(button, "正在移出", "keep/remove", { document: button.dataset.remove }),
    { once: true },
  );
  dialog.showModal();
  dialog.querySelector("button[value='']").focus();
}

// Any button with data-remove (with data-title and data-clauses) removes that document, wherever it stands.
document.addEventListener("click", (event) => {
  const button = section && event.target.closest("[data-remove], [data-restore]");
  if (!button) return;
  if (button.dataset.remove) remove(button);
  else change(button, "正在放回", `keep/removed/${button.dataset.restore}/restore`, {});
});

document.addEventListener("opened", (event) => {
  if (event.target.id !== "panel-documents") return;
  const place = document.createElement("div");
  event.target.before(place);
  mountKeeping(place);
});
