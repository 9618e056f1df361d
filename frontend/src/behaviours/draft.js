// Keeps what is typed into form[data-draft="key"]: through an expired session, the back button, a closed tab.
// Passwords, files themselves and fields marked data-draft-skip are never kept; signing out clears everything.
import { kept, make, on, ready } from "../dom.js";
import { shortDate, t } from "../words.js";

const DAYS = 24 * 3600 * 1000;
const OLDEST = 7 * DAYS;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

const waiting = new WeakMap(); // values whose fields htmx has not brought yet

const nameOf = (form) => `draft:${form.dataset.draft}`;
const isKept = (field) => field.name && !SKIPPED.has(field.type) && !field.hasAttribute("data-draft-skip") && field.autocomplete !== "one-time-code";
const fieldsOf = (form) => [...form.elements].filter((field) => isKept(field) || field.hasAttribute("data-draft-keep"));
const isOption = (field) => field.type === "checkbox" || field.type === "radio";

const valueOf = (field) => (isOption(field) ? field.checked : field.multiple ? [...field.selectedOptions].map((o) => o.value) : field.value);
const isDefault = (field) => {
  if (isOption(field)) return field.checked === field.defaultChecked;
  if (field.options) {
    // A list nobody touched shows its marked option, or else its first.
    const options = [...field.options];
    const marked = options.findIndex((option) => option.defaultSelected);
    return field.multiple ? options.every((o) => o.selected === o.defaultSelected) : field.selectedIndex === Math.max(marked, 0);
  }
  return field.value === field.defaultValue;
};

export function save(form) {
  if (!form.dataset.draft) return;
  const fields = fieldsOf(form);
  const files = [...form.querySelectorAll("[data-token], [data-photo]")].map((item) => ({
    name: item.closest("[data-upload]").dataset.upload, token: item.dataset.token ?? "", photo: item.dataset.photo ?? "",
    thumb: item.dataset.token ? (item.querySelector("img")?.getAttribute("src") ?? "") : "", said: item.dataset.name ?? "",
  }));
  const later = waiting.get(form) ?? [];
  if (!files.length && !later.length && fields.every(isDefault)) return kept.drop(nameOf(form));
  const values = [...fields.map((field) => [field.name, isOption(field) ? field.value : null, valueOf(field)]), ...later];
  return kept.set(nameOf(form), { at: Date.now(), values, files });
}

function put(form, [name, option, value]) {
  const field = [...form.elements].find((f) => f.name === name && (option === null || f.value === option));
  if (!field) return false;
  if (isOption(field)) field.checked = value;
  else if (field.multiple && field.options) for (const o of field.options) o.selected = value.includes(o.value);
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const isUnchecked = ([, option, value]) => option !== null && !value;

function restore(form) {
  const draft = kept.get(nameOf(form));
  if (!draft) return;
  if (Date.now() - draft.at > OLDEST) return void kept.drop(nameOf(form));
  // After a mistake the server sends back what was typed; its word is newer than ours.
  if (form.querySelector(".wrong, .errorlist, .message:is(.late, .error)")) return;
  waiting.set(form, draft.values.filter((value) => !put(form, value) && !isUnchecked(value)));
  // The server keeps unused files for a day; after that only those go on which the device has kept as well.
  const isFresh = Date.now() - draft.at < DAYS;
  const files = draft.files.filter((file) => isFresh || file.photo).map((file) => ({ ...file, isFresh }));
  if (files.length) form.dispatchEvent(new CustomEvent("draft-files", { detail: files }));
  const note = make("p", { class: "draft-note", role: "status" },
    t("What you typed on {when} was restored.", { when: shortDate.format(draft.at) }),
    make("button", { type: "button", onclick: () => { discard(form); note.remove(); } }, t("Discard it")));
  form.prepend(note);
}

function discard(form) {
  waiting.delete(form);
  kept.drop(nameOf(form));
  form.reset();
  for (const item of form.querySelectorAll("[data-token], [data-photo]")) item.remove();
  form.dispatchEvent(new CustomEvent("draft-discarded", { bubbles: true }));
}

// A form that left is done when the next page came by a redirect, or no longer holds the form.
// Sign-in, refusals and expired pages (data-keeps-drafts) mean: not done.
function settleSent() {
  const sent = kept.get("sent");
  if (!sent) return;
  kept.drop("sent");
  if (document.querySelector("[data-keeps-drafts]")) return;
  // [data-done-at]: only there it is known to have arrived; an answer that was lost on the way proves nothing.
  if (sent.doneAt && !location.pathname.startsWith(sent.doneAt)) return;
  const redirected = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const isStillHere = [...document.querySelectorAll("form[data-draft]")].some((form) => form.dataset.draft === sent.key);
  if (redirected || !isStillHere) kept.drop(`draft:${sent.key}`);
}

settleSent();
// A restored choice may make htmx fetch what belongs to it, so htmx must be listening by then.
let isWired = false;
document.addEventListener("DOMContentLoaded", () => setTimeout(() => { isWired = true; document.dispatchEvent(new CustomEvent("page-wired")); }));
const whenWired = (act) => (isWired ? act() : document.addEventListener("page-wired", act, { once: true }));

ready("form[data-draft]", (form) => {
  whenWired(() => restore(form));
  let timer;
  const later = () => {
    form.dataset.touched = "yes";
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 350);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("files-changed", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form);
    delete form.dataset.touched; // the back button may bring it once more: what was sent is no draft
    if (!form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) kept.set("sent", { key: form.dataset.draft, doneAt: form.dataset.doneAt });
  });
});
document.addEventListener("htmx:load", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-draft]");
  if (waiting.get(form)?.length) waiting.set(form, waiting.get(form).filter((value) => !put(form, value)));
});
addEventListener("pagehide", () => { for (const form of document.querySelectorAll("form[data-draft]")) if (form.dataset.touched && !form.dataset.gone && !kept.get("sent")) save(form); });
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-draft]");
  if (form && detail.requestConfig.verb !== "get" && detail.successful && detail.xhr.status < 400) {
    form.dataset.gone = "yes";
    kept.drop(nameOf(form));
  }
});
on("submit", "form[data-clears-drafts]", () => { for (const name of kept.names("draft:")) kept.drop(name); });
