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
  const reply = await fetchView(panel, panel.dataset.view);
  if (reply?.ok) starts[name]?.(panel);
  panel.dispatchEvent(new Event("opened", { bubbles: true }));
}
