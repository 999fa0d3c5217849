// 评测: choosing a run, a system or a fault replaces the panel.
import { onOpen } from "./panels.js";
import { fetchView } from "./views.js";

onOpen("evaluation", (panel) => {
  panel.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-evaluation]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await fetchView(panel, link.getAttribute("href"));
    panel.querySelector("[aria-current]")?.focus({ preventScroll: true });
  });
});
