// The tabs after the first: each has a panel whose view is fetched when it is first opened, and a module of its own.
import { fetchView } from "./views.js";

const starts = {};

// A tab's module tells what is to be done once its view stands in the panel.
export function onOpen(name, start) {
  starts[name] = start;
}

export async function opened(name) {
  const panel = document.getElementById(`panel-${name}`);
  if (!panel || panel.dataset.opened) return;
  panel.dataset.opened = "yes";
  try {
    const reply = await fetchView(panel, panel.dataset.view);
    if (!reply?.ok) throw new Error(String(reply?.status));
    starts[name]?.(panel);
    panel.dispatchEvent(new Event("opened", { bubbles: true }));
  } catch {
    delete panel.dataset.opened;
    panel.textContent = "这一页没有取到，请再点一次标签";
  }
}

// /?tab=documents opens that tab.
export function chosen() {
  const name = new URLSearchParams(location.search).get("tab");
  const panel = name && document.getElementById(`panel-${name}`);
  const tabs = [...document.querySelectorAll("#tabs [role=tab]")];
  const order = [...document.querySelectorAll("#tabs .panel")].map((one) => one.id);
  if (panel) tabs[order.indexOf(panel.id) + 1]?.click();
}
