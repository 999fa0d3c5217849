// The token by which documents are added and removed: asked for once, kept until the browser is closed, sent in a header.
const KEY = "keep-token";
let held = null;
let dialog = null;
let asking = null;

export function useDialog(one) {
  dialog = one;
}

export function token() {
  try {
    return sessionStorage.getItem(KEY) ?? held;
  } catch {
    return held;
  }
}

function keepToken(value) {
  held = value;
  try {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has it until the page is left
  }
}

// Asks once, however many want to know; null where the person does not want to.
function ask(why) {
  asking ??= new Promise((resolve) => {
    const input = dialog.querySelector("input");
    dialog.querySelector("[data-why]").textContent = why || "添加和移出文件要凭口令；查询不用。";
    input.value = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue ? input.value.trim() : null), { once: true });
    dialog.showModal();
    input.focus();
  }).finally(() => (asking = null));
  return asking;
}

// Fetches with the token; what cannot be met is an Error that says why and what to do, null where nobody gave a token.
export async function keep(address, options = {}) {
  for (let why = ""; ; ) {
    const value = token() || (await ask(why));
    if (!value) return null;
    if (!/^[\x21-\x7e]+$/.test(value)) {
      why = "口令只有英文字母、数字和符号，请重新输入。";
      continue;
    }
    const headers = { ...options.headers, "X-Keep-Token": value };
    const reply = await fetch(address, { ...options, headers }).catch(() => {
      throw new Error("连不上服务器，请检查网络后重试");
    });
    if (reply.status === 401 || reply.status === 403) {
      keepToken(null);
      why = `${(await refusal(reply)).message}。`;
      continue;
    }
    keepToken(value);
    if (!reply.ok) throw await refusal(reply);
    return reply;
  }
}

export async function refusal(reply) {
  try {
    const { problem, remedy } = await reply.json();
    return new Error(`${problem}；${remedy}`);
  } catch {
    return new Error("服务器没有答复清楚，请稍后重试");
  }
}
