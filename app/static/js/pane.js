// The source pane: turns pages, zooms, fills the screen. All that it knows stands in its own elements, so that a pane works
// from the moment it is in the page, whoever put it there.
import { fetchView } from "./views.js";

const RESOLUTIONS = [110, 165, 220];
const POINTS = 72;
const paneOf = (element) => element.closest(".pane");
const sizesOf = (pane) => JSON.parse(pane.dataset.sizes);
const sheetOf = (pane, page) => pane.querySelector(`[data-sheet="${page}"]`);

// A page without frames, made when it is turned to.
function makeSheet(pane, page) {
  const [width, height] = sizesOf(pane)[page - 1];
  const sheet = document.createElement("div");
  sheet.className = "pane-sheet";
  sheet.dataset.sheet = page;
  sheet.dataset.turned = "";
  const places = { w: width, h: height, sx: 0, sy: 0, sw: width, sh: height };
  for (const [name, value] of Object.entries(places)) sheet.style.setProperty(`--${name}`, value);
  const paper = document.createElement("div");
  paper.className = "pane-paper";
  const picture = new Image(width, height);
  picture.alt = `原文第${page}页`;
  picture.src = `${pane.dataset.pictures}${page}/${RESOLUTIONS[0]}.png`;
  paper.append(picture);
  sheet.append(paper);
  pane.querySelector(".pane-view").append(sheet);
  return sheet;
}

// Takes the picture that is fine enough for the size at which it is shown.
function sharpen(pane) {
  const picture = sheetOf(pane, pane.dataset.now)?.querySelector("img");
  if (!picture) return;
  const [width] = sizesOf(pane)[pane.dataset.now - 1];
  const wanted = (picture.clientWidth * (window.devicePixelRatio || 1) * POINTS) / width;
  const resolution = RESOLUTIONS.find((one) => one >= wanted * 0.9) ?? RESOLUTIONS.at(-1);
  const held = Number(picture.currentSrc.match(/(\d+)\.png$/)?.[1] ?? 0);
  if (resolution <= held) return;
  picture.removeAttribute("srcset");
  picture.src = `${pane.dataset.pictures}${pane.dataset.now}/${resolution}.png`;
}

// Brings the frames of the page into sight.
function showFrame(pane) {
  const view = pane.querySelector(".pane-view");
  const sheet = sheetOf(pane, pane.dataset.now);
  const place = (name) => Number(sheet.style.getPropertyValue(`--${name}`));
  if (!sheet.querySelector("path")) return view.scrollTo(0, 0);
  const scale = sheet.clientWidth / place("w");
  view.scrollTo(
    sheet.offsetLeft + (place("sx") + place("sw") / 2) * scale - view.clientWidth / 2,
    sheet.offsetTop + place("sy") * scale - 24,
  );
}

export function turnTo(pane, page) {
  const count = sizesOf(pane).length;
  if (!(page >= 1 && page <= count)) return;
  const shown = sheetOf(pane, page) ?? makeSheet(pane, page);
  for (const sheet of pane.querySelectorAll(".pane-sheet")) sheet.hidden = sheet !== shown;
  pane.dataset.now = page;
  const view = pane.querySelector(".pane-view");
  for (const name of ["--w", "--h"]) view.style.setProperty(name, shown.style.getPropertyValue(name));
  pane.querySelector(".pane-number").textContent = `第${page}页，共${count}页`;
  pane.querySelector('[data-turn="-1"]').disabled = page === 1;
  pane.querySelector('[data-turn="1"]').disabled = page === count;
  for (const chip of pane.querySelectorAll("[data-page]")) press(chip, Number(chip.dataset.page) === page);
  showFrame(pane);
  sharpen(pane);
}

function press(button, is) {
  button.setAttribute("aria-pressed", String(is));
}

function zoom(pane, percent) {
  pane.style.setProperty("--zoom", percent / 100);
  for (const button of pane.querySelectorAll("[data-zoom]")) press(button, Number(button.dataset.zoom) === percent);
  showFrame(pane);
  sharpen(pane);
}

// How large a page is when the part round its frames fills the width.
function fitting(pane) {
  const place = (name) => Number(sheetOf(pane, pane.dataset.now).style.getPropertyValue(`--${name}`));
  return (100 * place("w")) / place("sw");
}

// The same pane over the whole window, opened at the frames; Escape and 关闭 lead back.
export function openWhole(pane) {
  const dialog = document.createElement("dialog");
  dialog.className = "pane-whole";
  dialog.setAttribute("aria-label", "原文页面图");
  const copy = pane.cloneNode(true);
  const close = copy.querySelector("[data-whole]");
  close.textContent = "关闭";
  close.removeAttribute("data-whole");
  close.dataset.close = "";
  dialog.append(copy);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  zoom(copy, window.innerWidth <= 900 ? fitting(copy) : 100);
  copy.querySelector(".pane-view").focus();
}

document.addEventListener("click", (event) => {
  const pane = paneOf(event.target);
  if (!pane) return;
  const button = event.target.closest("button");
  const inWhole = pane.closest(".pane-whole");
  if (button?.dataset.turn) turnTo(pane, Number(pane.dataset.now) + Number(button.dataset.turn));
  else if (button?.dataset.page) turnTo(pane, Number(button.dataset.page));
  else if (button?.dataset.zoom) zoom(pane, Number(button.dataset.zoom));
  else if (button && "close" in button.dataset) inWhole.close();
  else if ((button && "whole" in button.dataset) || (!inWhole && event.target.closest(".pane-view"))) openWhole(pane);
});

document.addEventListener("keydown", (event) => {
  const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const view = event.target.closest?.(".pane-view");
  if (view && turn && view.scrollWidth <= view.clientWidth + 1) turnTo(paneOf(view), Number(paneOf(view).dataset.now) + turn);
  if (view && event.key === "Enter" && !view.closest(".pane-whole")) openWhole(paneOf(view));
});

// A picture that cannot be drawn is said in words: those of the server, where it has any.
document.addEventListener(
  "error",
  async (event) => {
    const picture = event.target;
    if (!(picture instanceof HTMLImageElement) || !picture.closest(".pane-paper")) return;
    const said = document.createElement("p");
    said.className = "pane-fault";
    said.setAttribute("role", "status");
    said.textContent = "这一页的图打不开：源文件可能已移走或改动";
    const address = picture.src;
    picture.closest(".pane-paper").replaceChildren(said);
    const reply = await fetch(address).catch(() => null);
    if (reply?.status === 404) said.textContent = `这一页的图打不开：${await reply.text()}`;
  },
  true,
);

// Panes that are to be fetched are, when they come into sight.
const inSight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    inSight.unobserve(target);
    fetchView(target, target.dataset.pane);
  }
});

function watch(root) {
  for (const place of root.querySelectorAll("[data-pane]:empty")) inSight.observe(place);
}

watch(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelectorAll) watch(node.parentNode ?? node);
}).observe(document.body, { childList: true, subtree: true });
