// 文件: the table is sorted, narrowed and turned by the server; what is wanted stands in the form.
import { onOpen } from "./panels.js";
import { fetchView } from "./views.js";

function start(panel) {
  const form = panel.querySelector(".shelf-form");
  const list = panel.querySelector(".shelf-list");
  const show = (change) => {
    for (const [name, value] of Object.entries({ page: 1, ...change })) form.elements[name].value = value;
    return fetchView(list, `view/documents/table?${new URLSearchParams(new FormData(form))}`);
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => show({}));
  list.addEventListener("click", async (event) => {
    const { sort, to } = event.target.closest("button")?.dataset ?? {};
    if (sort) {
      const again = form.elements.sort.value === sort;
      await show({ sort, falling: again && form.elements.falling.value === "yes" ? "no" : again ? "yes" : firstWay(sort) });
      list.querySelector(`[data-sort="${sort}"]`)?.focus();
    }
    if (to) show({ page: to });
  });
  const cited = panel.querySelector(".shelf-cited");
  const fetched = cited.querySelector(".shelf-fetched");
  cited.addEventListener("toggle", () => {
    if (cited.open && !fetched.hasChildNodes()) {
      fetched.textContent = "正在查…";
      fetchView(fetched, cited.dataset.view);
    }
  });
  fetched.addEventListener("click", (event) => {
    const from = event.target.closest("button")?.dataset.from;
    if (from) fetchView(fetched, `${cited.dataset.view}?first=${from}`);
  });
}

// Words begin with the first, days and numbers with the most.
const firstWay = (sort) => (["title", "number", "issuer", "kind", "force"].includes(sort) ? "no" : "yes");

onOpen("documents", start);
