// form[data-once]: one sending at a time, and a key by which the server knows a repeated one.
import { make, on, ready } from "../dom.js";
import { t } from "../words.js";
import { toast } from "./toast.js";

const KEY = "idempotency_key";
const unique = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

ready("form[data-once]", (form) => {
  const input = form.elements[KEY] ?? form.appendChild(make("input", { type: "hidden", name: KEY }));
  input.value ||= unique();
});

// What is written after a discarded draft is another report: it must not carry the old one's key.
document.addEventListener("draft-discarded", ({ target }) => { if (target.elements?.[KEY]) target.elements[KEY].value = unique(); });

export function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

on("submit", "form[data-once]", (event, form) => {
  if (form.querySelector(".upload-item progress")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(t("Please wait until every file has arrived."), { tone: "warn" });
  } else if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(t("Already being sent. Please wait."));
  } else {
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 20000); // a broken network must not lock the form
  }
}, true);
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-once]");
  if (form) release(form);
});
// The back button brings the page as it was left: with its button waiting.
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sending]")) release(form); });
