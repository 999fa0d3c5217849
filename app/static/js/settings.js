// 字号 and 深色: what this reader has chosen, kept in this browser.
const KEY = "settings";
const root = document.documentElement;
root.lang = "zh-CN";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function show({ theme = "light", size = "standard" }) {
  root.dataset.theme = theme;
  root.dataset.size = size;
  for (const button of document.querySelectorAll("[data-set-size]"))
    button.setAttribute("aria-pressed", button.dataset.setSize === size);
  for (const button of document.querySelectorAll("[data-set-theme]"))
    button.setAttribute("aria-pressed", theme === "dark");
}

function set(change) {
  const settings = { ...read(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // a browser that keeps nothing shows it until the page is left
  }
  show(settings);
}

document.addEventListener("click", (event) => {
  const size = event.target.closest("[data-set-size]");
  const theme = event.target.closest("[data-set-theme]");
  if (size) set({ size: size.dataset.setSize });
  if (theme) set({ theme: root.dataset.theme === "dark" ? "light" : "dark" });
});

show(read());
new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-set-size]")) return;
  observer.disconnect();
  show(read());
}).observe(root, { childList: true, subtree: true });
