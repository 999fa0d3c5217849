// 指标: choosing, ordering and turning pages replace the panel; two documents side by side come below it.
import { onOpen } from "./panels.js";
import { fetchView } from "./views.js";

function addressOf(form) {
  const given = [...new FormData(form)].filter(([, value]) => value);
  return `${form.getAttribute("action")}?${new URLSearchParams(given)}`;
}

async function show(panel, address, focus) {
  const reply = await fetchView(panel, address);
  if (!reply) return;
  if (!reply.ok) panel.append(again());
  const target = panel.querySelector(focus);
  target?.focus({ preventScroll: true });
  if (focus === ".figures") panel.scrollIntoView({ block: "start" });
}

// After a fault the way back to the whole table.
function again() {
  const link = document.createElement("a");
  link.href = "view/targets";
  link.dataset.targets = "";
  link.className = "file";
  link.textContent = "看全部指标";
  return link;
}

onOpen("targets", (panel) => {
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const below = form.closest(".pair")?.querySelector(".compared");
    if (below) fetchView(below, addressOf(form));
    else show(panel, addressOf(form), "[name=words]");
  });
  panel.addEventListener("change", (event) => {
    if (event.target.matches(".choose:not(.pair *) select")) event.target.form.requestSubmit();
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-targets]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(panel, link.getAttribute("href"), link.closest(".parts") ? ".parts [aria-current]" : ".figures");
  });
});
