// form[data-wizard]: one question a screen. Without a script every step stands on one page, and the form works as well.
// Steps are fieldset[data-step] with a legend; the line, the title in the tab and the back button follow.
import { make, ready } from "../dom.js";
import { t } from "../words.js";
import { toast } from "./toast.js";

class Wizard {
  constructor(form) {
    this.form = form;
    this.steps = [...form.querySelectorAll("[data-step]")];
    this.bar = make("progress", { max: this.steps.length, "aria-label": t("Progress") });
    this.said = make("span", { "aria-live": "polite" });
    this.back = make("button", { type: "button", class: "btn", onclick: () => history.back() }, t("Back"));
    this.on = make("button", { type: "button", class: "btn primary", onclick: () => this.next() }, t("Next"));
    this.send = form.querySelector("[data-send]");
  }

  start() {
    this.form.prepend(make("div", { class: "wizard-line" }, this.bar, this.said));
    this.send.parentElement.prepend(this.back, this.on);
    this.form.noValidate = true; // hidden steps cannot show the browser's bubble; each is checked when it is left
    const wrong = this.steps.findIndex((step) => step.querySelector(".wrong, .errorlist, [aria-invalid=true]"));
    const asked = this.steps.findIndex((step) => `#${step.dataset.step}` === location.hash);
    this.go(wrong >= 0 ? wrong : Math.max(asked, 0), { isFirst: true });
    addEventListener("popstate", ({ state }) => this.go(state?.step ?? 0, { isPast: true }));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox], [type=radio], [type=file])")) return;
      if (this.at < this.steps.length - 1) { event.preventDefault(); this.next(); }
    });
    this.form.addEventListener("submit", (event) => {
      const missing = this.steps.findIndex((step) => !this.isFilled(step));
      if (missing < 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.go(missing);
      this.isFilled(this.steps[missing], { tells: true });
    }, true);
  }

  isFilled(step, { tells = false } = {}) {
    const bad = [...step.elements].find((field) => !field.checkValidity());
    if (bad && tells) bad.reportValidity();
    if (bad) return false;
    const isThere = this.hasOneOf(step);
    if (!isThere && tells) toast(step.dataset.needsWords, { tone: "warn" });
    return isThere;
  }

  // [data-needs="lon area"]: one of these fields must have a value.
  hasOneOf(step) {
    const names = step.dataset.needs?.split(" ") ?? [];
    const values = new FormData(this.form);
    return !names.length || names.some((name) => values.get(name));
  }

  next() {
    if (this.isFilled(this.steps[this.at], { tells: true })) this.go(this.at + 1);
  }

  go(index, { isFirst = false, isPast = false } = {}) {
    this.at = Math.min(index, this.steps.length - 1);
    this.steps.forEach((step, i) => { step.hidden = i !== this.at; });
    const isLast = this.at === this.steps.length - 1;
    this.bar.value = this.at + 1;
    this.said.textContent = t("Step {n} of {all}", { n: this.at + 1, all: this.steps.length });
    this.back.hidden = this.at === 0;
    this.on.hidden = isLast;
    this.send.hidden = !isLast;
    const address = `#${this.steps[this.at].dataset.step}`;
    if (isFirst) history.replaceState({ step: this.at }, "", address);
    else if (!isPast) history.pushState({ step: this.at }, "", address);
    this.form.dispatchEvent(new CustomEvent("step-shown", { bubbles: true, detail: { step: this.steps[this.at].dataset.step } }));
    if (isFirst) return;
    scrollTo({ top: 0 });
    const legend = this.steps[this.at].querySelector("legend");
    legend.tabIndex = -1;
    legend.focus({ preventScroll: true });
  }
}

// The last step repeats what was said: [data-tells="field"] shows the value, or the words of the choice.
function tell(form) {
  for (const place of form.querySelectorAll("[data-tells]")) {
    const field = form.elements.namedItem(place.dataset.tells); // elements.item is a method
    const chosen = field instanceof RadioNodeList ? [...field].find((one) => one.checked) : field?.type === "radio" && !field.checked ? null : field;
    const words = chosen?.selectedOptions?.[0]?.textContent ?? (chosen?.type === "radio" ? chosen.closest("label")?.querySelector("span")?.firstChild?.textContent : chosen?.value);
    place.textContent = (chosen?.type === "datetime-local" ? words.replace("T", " ") : words?.trim()) || "—";
  }
  for (const place of form.querySelectorAll("[data-tells-of]")) place.textContent = form.querySelector(place.dataset.tellsOf)?.textContent ?? "—";
  for (const place of form.querySelectorAll("[data-tells-files]")) {
    const images = [...form.querySelectorAll("[data-token] img")].map((image) => make("img", { src: image.src, alt: "" }));
    place.replaceChildren(...(images.length ? images : ["—"]));
  }
}

ready("form[data-wizard]", (form) => {
  form.addEventListener("step-shown", () => tell(form));
  for (const news of ["change", "htmx:afterSettle"]) form.addEventListener(news, () => tell(form));
  new Wizard(form).start();
});
