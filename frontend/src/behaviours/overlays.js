// Dialogs, confirmation, menus, the rail on a phone, photos in full.
import { make, on } from "../dom.js";
import { t } from "../words.js";

on("click", "[data-dialog]", (event, opener) => {
  event.preventDefault();
  document.querySelector(opener.dataset.dialog)?.showModal();
});
on("click", "[data-close]", (event, button) => { event.preventDefault(); button.closest("dialog").close(); });

function showLoaded(dialog) {
  dialog.setAttribute("aria-label", dialog.querySelector("h1, h2")?.textContent.trim() ?? "");
  dialog.showModal();
}

// <a href="…" data-dialog-load> or <button hx-get="…" data-dialog-load>: the page's form in a dialog.
// Caught on the way down, before htmx would put the answer into the button itself.
on("click", "[data-dialog-load]", (event, link) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  link.closest("details[data-menu]")?.removeAttribute("open");
  const dialog = make("dialog", { class: "dialog" }, make("div", { class: "dialog-box", "data-loads": "" }));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  const address = link.getAttribute("href") || link.getAttribute("hx-get") || link.dataset.dialogLoad;
  window.htmx.ajax("GET", address, { target: dialog.firstChild, swap: "innerHTML" })
    .catch(() => undefined) // the trouble has been told in words
    .then(() => { if (dialog.firstChild?.childNodes.length) showLoaded(dialog); else dialog.remove(); });
}, true);
document.addEventListener("close-dialog", () => { for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close(); });

const isTouched = (dialog) => [...dialog.querySelectorAll("input, textarea")].some((f) => f.type !== "hidden" && (f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked : f.value !== f.defaultValue));
document.addEventListener("click", (event) => {
  // A click beside a dialog closes it, unless something was typed into it.
  if (event.target.matches("dialog[open]:not(.lightbox)") && !isTouched(event.target)) {
    const box = event.target.getBoundingClientRect();
    const isInside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside) event.target.close();
  }
});

export function ask(question, { yes = t("Yes, go on"), no = t("Cancel"), title = t("Please confirm"), isDanger = false } = {}) {
  return new Promise((answer) => {
    const dialog = make("dialog", { class: "dialog", "aria-labelledby": "ask-title" });
    const end = (said) => { dialog.close(); dialog.remove(); answer(said); };
    const go = make("button", { type: "button", class: `btn primary ${isDanger ? "danger" : ""}`, onclick: () => end(true) }, yes);
    dialog.append(
      make("div", { class: "dialog-head" }, make("h2", { id: "ask-title" }, title)),
      make("div", { class: "dialog-body" }, question),
      make("div", { class: "dialog-foot" }, make("button", { type: "button", class: "btn", onclick: () => end(false) }, no), go),
    );
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
    document.body.append(dialog);
    dialog.showModal();
    go.focus();
  });
}

on("click", "[data-confirm]", async (event, element) => {
  if (element.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (element.form && !element.formNoValidate && !element.form.reportValidity()) return;
  const yes = element.dataset.confirmYes || element.textContent.trim() || undefined;
  if (!(await ask(element.dataset.confirm, { yes, isDanger: element.matches(".danger") }))) return;
  element.dataset.confirmed = "yes";
  element.click();
  delete element.dataset.confirmed;
}, true);
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, { isDanger: event.detail.elt.matches(".danger") })) event.detail.issueRequest(true);
});

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  showRail(false);
});

function showRail(isOpen) {
  const rail = document.querySelector("#rail");
  if (!rail || rail.hasAttribute("data-open") === isOpen) return;
  rail.toggleAttribute("data-open", isOpen);
  document.querySelector("[data-rail-open]")?.setAttribute("aria-expanded", isOpen);
  (isOpen ? rail.querySelector("a[aria-current], ul a") : document.querySelector("[data-rail-open]"))?.focus();
}
on("click", "[data-rail-open]", (event) => { event.preventDefault(); showRail(true); });
on("click", "[data-rail-close]", (event) => { event.preventDefault(); showRail(false); });

let shown = { links: [], index: 0 };
function lightbox() {
  const found = document.querySelector(".lightbox");
  if (found) return found;
  const step = (by) => () => show(shown.index + by);
  const dialog = make("dialog", { class: "lightbox" },
    make("img", { alt: "" }), make("p", {}),
    make("button", { type: "button", class: "close", "aria-label": t("Close"), onclick: () => dialog.close() }, "×"),
    make("button", { type: "button", class: "back", "aria-label": t("Previous photo"), onclick: step(-1) }, "‹"),
    make("button", { type: "button", class: "on", "aria-label": t("Next photo"), onclick: step(1) }, "›"));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown.index - 1);
    if (event.key === "ArrowRight") show(shown.index + 1);
  });
  document.body.append(dialog);
  return dialog;
}
function show(index) {
  const { links } = shown;
  shown.index = (index + links.length) % links.length;
  const link = links[shown.index];
  const dialog = lightbox();
  const words = link.dataset.words || link.querySelector("img")?.alt || "";
  dialog.querySelector("img").src = link.href;
  dialog.querySelector("img").alt = words;
  dialog.querySelector("p").textContent = links.length > 1 ? `${words}　${shown.index + 1} / ${links.length}` : words;
  for (const arrow of dialog.querySelectorAll(".back, .on")) arrow.hidden = links.length < 2;
  if (!dialog.open) dialog.showModal();
}
on("click", "[data-lightbox] a.photo:not([data-plain])", (event, link) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  shown.links = [...link.closest("[data-lightbox]").querySelectorAll("a.photo:not([data-plain])")];
  show(shown.links.indexOf(link));
});
