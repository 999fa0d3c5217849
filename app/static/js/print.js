// Paper is light, and says where it came from.
const root = document.documentElement;
let shown = "light";

addEventListener("beforeprint", () => {
  [shown, root.dataset.theme] = [root.dataset.theme, "light"];
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = decodeURI(location.href);
});
addEventListener("afterprint", () => (root.dataset.theme = shown));
