// The buttons beside a clause: its address copied whole, and print. What copies words is copy.js.
import { copyText } from "./copy.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-address]");
  if (!button || button.classList.contains("done")) return;
  const name = button.textContent;
  const done = await copyText(new URL(button.dataset.copyAddress, document.baseURI).href);
  button.textContent = done ? "已复制网址" : "请手动复制";
  button.classList.toggle("done", done);
  setTimeout(() => {
    button.textContent = name;
    button.classList.remove("done");
  }, 2000);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// A menu of forms closes when anything else is clicked, and on Escape.
function close(except) {
  for (const one of document.querySelectorAll("details.forms[open]")) if (one !== except) one.open = false;
}
document.addEventListener("click", (event) => close(event.target.closest("details.forms")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.forms[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
