// Copies words: by the clipboard where the browser grants it, by a selected text where it does not.

export async function copyText(text) {
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

// A button with data-copy copies it and says so for two seconds.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.classList.contains("done")) return;
  const name = button.textContent;
  const done = await copyText(button.dataset.copy);
  button.textContent = done ? "已复制" : "请手动复制";
  button.classList.toggle("done", done);
  setTimeout(() => {
    button.textContent = name;
    button.classList.remove("done");
  }, 2000);
});
