// [data-list]: j/k move between rows, Enter opens, x chooses, e is the first action, / searches, ? lists the keys.
// a[data-detail]: from 1280 px the page behind the link opens beside the list.
import { on, ready, wide } from "../dom.js";

const rowsOf = () => [...document.querySelectorAll("[data-list] :is(.item, tbody tr)")].filter((row) => row.querySelector("a[href]"));
const linkOf = (row) => row.querySelector("a.item-title, .item-title a, a[href]");
const isTyping = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function move(step) {
  const rows = rowsOf();
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const open = rows.findIndex((row) => row.matches(".on, [aria-current]"));
  const from = here >= 0 ? here : open;
  const row = rows[Math.min(Math.max(from + step, 0), rows.length - 1)];
  linkOf(row).focus({ focusVisible: true });
  row.scrollIntoView({ block: "nearest" });
}

function firstAction() {
  const found = document.querySelector("[data-first-action]") ?? document.querySelector("#detail .acts .btn.primary, .owes .acts .btn.primary");
  found?.focus();
  found?.click();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  e: firstAction,
  x: () => document.activeElement.closest(".item, tr")?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.querySelector("input[data-search]")?.select(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input[data-search]")) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
on("click", "[data-keys]", (_event, button) => {
  button.closest("details")?.removeAttribute("open");
  document.querySelector("#keys")?.showModal();
});

// Only addresses of our own; what stands after "#open=" may come from anywhere.
const isOurs = (address) => new URL(address, location.href).origin === location.origin && /^\/(?!\/)/.test(address);

function openBeside(link) {
  const address = link.getAttribute("href");
  for (const other of document.querySelectorAll("[data-list] :is(.on, [aria-selected])")) other.classList.remove("on");
  link.closest(".item, tr")?.classList.add("on");
  history.replaceState(history.state, "", `#open=${encodeURIComponent(address)}`);
  const detail = document.querySelector("#detail");
  detail.setAttribute("aria-busy", "true");
  window.htmx.ajax("GET", address, { source: link, target: detail, swap: "innerHTML show:#detail:top", select: "#detail > *" })
    .catch(() => undefined) // the trouble has been told in words
    .finally(() => detail.removeAttribute("aria-busy"));
}

on("click", "a[data-detail]", (event, link) => {
  if (!wide.matches || !document.querySelector(".split > #detail")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openBeside(link);
});
// A part may come alone, without the page around it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "detail" && !/id=["']?detail["'\s>]/.test(event.detail.serverResponse)) event.detail.selectOverride = "unset";
});
ready(".split > #detail", () => {
  const address = decodeURIComponent(location.hash.match(/^#open=(.+)/)?.[1] ?? "");
  if (!wide.matches || !address || !isOurs(address)) return;
  // What was open may have left the list by a move: then the next one opens.
  const link = document.querySelector(`a[data-detail][href="${CSS.escape(address)}"]`) ?? document.querySelector("a[data-detail]");
  if (link) setTimeout(() => openBeside(link));
});

// Filters go at a change; empty ones stay out of the address.
on("change", "form[data-filters]", (event, form) => { if (event.target.type !== "search") form.requestSubmit(); });
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-filters], form.head-search")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name, value);
});
