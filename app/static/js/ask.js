// 问答: puts the question, and shows the newest answer alone.
import { fetchView } from "./views.js";

const place = () => document.getElementById("answer");

export function ask(question, document_) {
  return fetchView(place(), "view/answer", { q: question, doc: document_ ?? "" });
}

export function narrow(question, document_) {
  if (question.trim()) ask(question, document_);
}

// What stands there before the first question: the documents, or how far the making ready of the base has come.
async function front() {
  const there = document.getElementById("front");
  if (!there) return setTimeout(front, 50);
  const reply = await fetchView(there, "view/front");
  if (!reply?.headers.get("X-Base")) setTimeout(front, 1000);
}

front();
