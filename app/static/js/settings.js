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
}

export function set(change) {
  const settings = { ...read(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // a browser that keeps nothing shows it until the page is left
  }
  show(settings);
}

show(read());
