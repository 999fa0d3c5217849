// The tabs: each after the first has a panel whose view is fetched when it first comes into sight, a module of its own, and an
// address, /?tab=documents. Gradio lays a panel out when its tab is first chosen.
import { where } from "./ask.js";
import { fetchView } from "./views.js";

const FIRST = "ask";
const TABS = "#tabs [role=tab][data-tab-id]";
const starts = {};

// A tab's module tells what is to be done once its view stands in the panel.
export function onOpen(name, start) {
  starts[name] = start;
}

async function open(panel) {
  const name = panel.id.replace("panel-", "");
  if (panel.dataset.opened) return;
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

const sight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) if (isIntersecting) open(target);
});

// What Gradio lays out later is seen to when it is there.
new MutationObserver(() => {
  for (const panel of document.querySelectorAll(".panel:not([data-watched])")) {
    panel.dataset.watched = "yes";
    sight.observe(panel);
  }
}).observe(document.documentElement, { childList: true, subtree: true });

document.addEventListener("click", ({ target, isTrusted }) => {
  const tab = target.closest(TABS);
  if (!tab || !isTrusted) return;
  const panel = document.getElementById(`panel-${tab.dataset.tabId}`);
  if (panel && !panel.dataset.opened) open(panel);
  const address = tab.dataset.tabId === FIRST ? where() : `?tab=${tab.dataset.tabId}`;
  if (address !== location.search) history.pushState(null, "", address);
});

// Chooses the tab of the address; Gradio may not listen yet, and is asked again until it does.
export function chosen(tries = 40) {
  const name = new URLSearchParams(location.search).get("tab") ?? FIRST;
  const tab = [...document.querySelectorAll(TABS)].find((one) => one.dataset.tabId === name);
  if (tab?.getAttribute("aria-selected") === "true" || !tries) return;
  tab?.click();
  setTimeout(chosen, 250, tries - 1);
}
addEventListener("popstate", () => chosen());
