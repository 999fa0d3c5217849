// 有用／没用 under an answer: a choice opens the note, and both are sent together with what was shown.
import { posted } from "./views.js";

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form.feedback");
  if (form && event.target.name === "useful") form.querySelector(".more-said").hidden = false;
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("form.feedback");
  if (!form) return;
  event.preventDefault();
  const told = form.querySelector(".said-back");
  const button = form.querySelector("button");
  const given = new FormData(form);
  const sent = { ...JSON.parse(form.dataset.shown), useful: given.get("useful") === "yes", note: given.get("note") };
  button.disabled = true;
  try {
    const reply = await fetch("view/feedback", posted(sent));
    told.textContent = await reply.text();
    told.classList.toggle("fault", !reply.ok);
    if (reply.ok) for (const part of form.querySelectorAll("fieldset, .more-said")) part.remove();
  } catch {
    told.textContent = "没有送到：网络断了，请稍候再提交";
    told.classList.add("fault");
  }
  button.disabled = false;
});
