// Copies a citation: by the clipboard where the browser grants it, by a selected text where it does not.
document.documentElement.lang = "zh-CN";

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.style.cssText = "position:fixed;opacity:0";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const done = await copyText(button.dataset.copy);
  button.textContent = done ? "已复制" : "请手动复制";
  button.classList.toggle("done", done);
  setTimeout(() => {
    button.textContent = "复制引用";
    button.classList.remove("done");
  }, 2000);
});

// A page that cannot be drawn (its source file was moved or changed) is said in words.
document.addEventListener(
  "error",
  (event) => {
    const link = event.target.closest?.(".sheets a");
    if (link) link.replaceWith("页面图打不开：源文件可能已移走或改动");
  },
  true,
);
