// <select data-search>: type to narrow its options. With an address (data-search="/choices?…") the options come
// from there as {choices: [{value, label, hint}]}. The select itself stays in the form and keeps the choice.
import { make, ready } from "../dom.js";
import { t } from "../words.js";

const MOST = 60;
let count = 0;

const localChoices = (select, text) => {
  const wanted = text.trim().toLowerCase().split(/\s+/);
  return [...select.options]
    .filter((option) => option.value && wanted.every((word) => option.text.toLowerCase().includes(word)))
    .slice(0, MOST)
    .map((option) => ({ value: option.value, label: option.text }));
};

async function remoteChoices(select, text) {
  const address = new URL(select.dataset.search, location.href);
  address.searchParams.set("q", text.trim());
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).choices : [];
}

class SearchSelect {
  constructor(select) {
    this.select = select;
    this.id = `search-select-${(count += 1)}`;
    this.at = -1;
    this.choices = [];
    const name = select.getAttribute("aria-label") || select.labels?.[0]?.textContent.trim() || "";
    this.input = make("input", { type: "text", role: "combobox", autocomplete: "off", "aria-label": name, "aria-expanded": "false", "aria-controls": this.id, "aria-autocomplete": "list", "data-draft-skip": "" });
    this.list = make("ul", { role: "listbox", id: this.id, hidden: true, "aria-label": name });
    this.box = make("span", { class: "search-select" }, this.input, this.list);
    select.classList.add("unseen");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    select.after(this.box);
    if (select.id) {
      this.input.id = `${select.id}-search`;
      for (const label of select.labels ?? []) label.htmlFor = this.input.id;
    }
    this.say();
    this.listen();
  }

  say() {
    const chosen = this.select.selectedOptions[0];
    const empty = [...this.select.options].find((option) => !option.value)?.text ?? t("Type to search");
    this.input.value = chosen?.value ? chosen.text : "";
    this.input.placeholder = empty;
    this.input.title = this.input.value;
    this.box.classList.toggle("chosen", Boolean(chosen?.value));
  }

  listen() {
    const { input, list, select } = this;
    input.addEventListener("focus", () => { input.select(); this.look(""); });
    input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.look(input.value), 120); });
    input.addEventListener("change", (event) => event.stopPropagation()); // only the select's own change counts
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => { this.close(); this.say(); }, 150));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) this.choose(this.choices[Number(row.dataset.at)]);
    });
    select.addEventListener("change", () => this.say());
    select.form?.addEventListener("reset", () => setTimeout(() => this.say()));
  }

  async look(text) {
    const asked = (this.asked = Symbol(text));
    let found;
    try {
      found = this.select.dataset.search ? await remoteChoices(this.select, text) : localChoices(this.select, text);
    } catch {
      found = []; // no network: what is typed stays, nothing is offered
    }
    if (asked !== this.asked || document.activeElement !== this.input) return;
    const empty = [...this.select.options].find((option) => !option.value);
    this.choices = empty && !text ? [{ value: "", label: empty.text }, ...found] : found;
    this.at = text && found.length ? 0 : -1;
    this.draw();
  }

  draw() {
    const rows = this.choices.map(({ value, label, hint }, at) =>
      make("li", { role: "option", id: `${this.id}-${at}`, "data-at": at, "aria-selected": String(value === this.select.value) }, make("span", {}, label), hint ? make("small", {}, hint) : null));
    this.list.replaceChildren(...(rows.length ? rows : [make("li", { class: "faint" }, t("Nothing fits."))]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  mark() {
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, at) => row.classList.toggle("at", at === this.at));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
    rows[this.at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return void this.look(this.input.value);
      const last = this.choices.length - 1;
      this.at = Math.min(Math.max(this.at + (event.key === "ArrowDown" ? 1 : -1), 0), last);
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.at >= 0) this.choose(this.choices[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.say();
    }
  }

  choose({ value, label }) {
    if (![...this.select.options].some((option) => option.value === value)) this.select.append(new Option(label, value));
    this.select.value = value;
    this.close();
    this.say();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

ready("select[data-search]", (select) => new SearchSelect(select));
