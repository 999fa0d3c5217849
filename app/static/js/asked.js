// 本次问过: the questions of this session with what came of each, newest first, as links that ask them again.
const KEY = "asked", MOST = 30;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

// Puts a question {q, told, address} first, once.
export function keepAsked(one) {
  const list = [one, ...read().filter((before) => before.address !== one.address)].slice(0, MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // a browser that keeps nothing has the list until the page is left
  }
  listAsked(list);
}

export function listAsked(list = read()) {
  const there = document.getElementById("asked");
  there.hidden = list.length < 2;
  there.querySelector("ol").replaceChildren(...list.map(item));
}

function item({ q, told, address }) {
  const made = document.createElement("li");
  const link = document.createElement("a");
  const words = document.createElement("span");
  link.href = address;
  link.textContent = q;
  link.dataset.again = "";
  words.textContent = told;
  made.append(link, " ", words);
  return made;
}
