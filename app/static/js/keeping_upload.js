// One file on its way into the base: sent with its progress, watched while it is read and added, shown to be confirmed.
import { keep, refusal, token } from "./keeping_token.js";
import { posted } from "./views.js";

const PAUSE = 700;
const HEARD = { read: "已读完，请看清后确认", fault: "读不了，没有加入", added: "已加入知识库" };
const WORDS = { receiving: "正在接收", reading: "正在读取", adding: "正在加入知识库" };

// Makes the item of a file in a list; changed is called when the base has it.
export function addFile(list, file, changed) {
  const item = document.createElement("li");
  const head = item.appendChild(document.createElement("p"));
  const name = head.appendChild(document.createElement("b"));
  const bar = item.appendChild(document.createElement("progress"));
  const step = item.appendChild(document.createElement("p"));
  const said = step.appendChild(document.createElement("span"));
  const stop = step.appendChild(document.createElement("button"));
  const card = item.appendChild(document.createElement("div"));
  name.textContent = file.name;
  head.append(` ${size(file.size)}`);
  bar.setAttribute("aria-label", `${file.name}的进度`);
  Object.assign(stop, { type: "button", textContent: "取消", className: "stop" });
  said.textContent = "等待上传";
  bar.value = 0;
  list.append(item);
  const one = { item, bar, step: said, stop, card, file, list, changed };
  stop.onclick = () => dismiss(one);
  return one;
}

const size = (bytes) => (bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

// Done when the file has been sent; while it is read, the next one may be.
export async function sendFile(one) {
  if (!one.item.isConnected) return;
  try {
    const found = await send(one);
    watch(one, found).catch((error) => failed(one, error));
  } catch (error) {
    failed(one, error);
  }
}

function send({ file, bar, step, stop }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `keep/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("X-Keep-Token", token());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      step.textContent = `上传 ${Math.floor(bar.value * 100)}%`;
    };
    request.onload = async () => {
      const reply = new Response(request.response, { status: request.status || 500 });
      if (request.status === 201) resolve(await reply.json());
      else reject(await refusal(reply));
    };
    request.onerror = () => reject(new Error("上传中断了；请检查网络后重新上传"));
    request.onabort = () => reject(new Error("已取消上传；没有留下什么"));
    stop.onclick = () => request.abort();
    request.send(file);
  });
}

// Takes up a file that was sent before this page was opened.
export function takeUp(list, found, changed) {
  const one = addFile(list, found, changed);
  watch(one, found).catch((error) => failed(one, error));
}

// Looks again and again until the file waits for a person.
async function watch(one, found) {
  const began = Date.now();
  one.id = found.id;
  one.stop.onclick = () => cancel(one);
  for (let lost = 0; found.moving; ) {
    const seconds = Math.round((Date.now() - began) / 1000);
    show(one, found, seconds);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (!one.item.isConnected) return;
    try {
      found = await (await keep(`keep/uploads/${one.id}`)).json();
      lost = 0;
    } catch (error) {
      if (++lost > 20) throw error;
      one.step.textContent = "连不上服务器，正在重试";
    }
  }
  settled(one, found);
}

function show(one, found, seconds) {
  one.bar.hidden = one.step.parentNode.hidden = false;
  one.stop.hidden = found.state === "adding";
  if (found.share === null) one.bar.removeAttribute("value");
  else one.bar.value = found.share;
  const said = found.step || WORDS[found.state];
  one.step.textContent = seconds > 2 ? `${said}（已 ${seconds} 秒）` : said;
}

// Shows the card, which the server made and escaped, and listens to its buttons.
function settled(one, found) {
  one.bar.hidden = one.step.parentNode.hidden = true;
  one.card.innerHTML = found.card;
  one.item.dataset.state = found.state;
  one.card.querySelector("[data-cancel]")?.addEventListener("click", () => cancel(one));
  one.card.querySelector("[data-dismiss]")?.addEventListener("click", () => dismiss(one));
  one.card.querySelector("[data-confirm]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    confirm(one, new FormData(event.target).get("differs") ?? "");
  });
  one.list.closest(".keeping").querySelector(".heard").textContent = `${one.file.name}${HEARD[found.state]}`;
  if (found.state === "added") one.changed();
}

async function confirm(one, differs) {
  one.card.replaceChildren();
  try {
    const reply = await keep(`keep/uploads/${one.id}/confirm`, posted({ differs }));
    if (reply) await watch(one, await reply.json());
  } catch (error) {
    failed(one, error);
  }
}

async function cancel(one) {
  try {
    await keep(`keep/uploads/${one.id}/cancel`, { method: "POST" });
  } catch {
    // it is gone already
  }
  dismiss(one);
}

function dismiss(one) {
  one.item.remove();
  one.list.closest(".keeping")?.querySelector("[data-pick]").focus();
}

function failed(one, error) {
  one.bar.hidden = one.step.parentNode.hidden = true;
  one.item.dataset.state = "fault";
  const said = document.createElement("p");
  const done = document.createElement("button");
  said.className = "fault";
  said.setAttribute("role", "alert");
  said.textContent = `${one.file.name}：${error.message}。`;
  Object.assign(done, { type: "button", textContent: "知道了" });
  done.onclick = () => (one.id ? cancel(one) : dismiss(one));
  one.card.replaceChildren(said, done);
}
