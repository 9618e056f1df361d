// What it is about: by a few letters, by speech, from favourites and the last ones used, from the most frequent.
import { h, icon, store, t } from "../core/app.js";
import { foundItems } from "../rules/search.js";
import { live } from "./live.js";
import { heard } from "./text.js";

const FREQUENT = 12;

export const chosenItem = (item, { change, star }) => h("div", { class: "chosen-item" },
  h("div", {}, h("b", {}, item.name), h("small", { class: "muted" }, item.class_name)),
  h("button", { class: "btn quiet square", type: "button", "data-key": "star", "aria-pressed": String(store.isFavourite(item.id)), "aria-label": t("Favourite"), onclick: star }, icon("star")),
  h("button", { class: "btn", type: "button", "data-key": "item-again", onclick: change }, t("Change")));

// asked holds what was typed: it outlives a screen that is drawn again when the position comes in.
export function itemPicker(choose, asked = { text: "" }) {
  const input = h("input", { type: "search", id: "item", "data-key": "item-search", value: asked.text, "aria-label": t("What is it about? Name or another word for it"), placeholder: t("For example manhole, rubbish, street stall"), autocomplete: "off", enterkeyhint: "search" });
  const found = h("div", { class: "stack", "aria-live": "polite" });
  const draw = live(found, () => (asked.text.trim() ? results(asked.text, choose) : groups(choose)));
  const search = (words) => {
    asked.text = words;
    draw();
  };
  input.addEventListener("input", () => search(input.value));
  const ear = h("button", { class: "btn square big", type: "button", "aria-label": t("Say what it is"), "aria-pressed": "false" }, icon("microphone"));
  ear.addEventListener("click", async () => {
    const words = await heard(ear, (text) => { input.value = text; });
    if (!words) return;
    input.value = words;
    search(words);
  });
  return h("div", { class: "stack" }, h("div", { class: "with-ear" }, h("div", { class: "field" }, input), ear), found);
}

const line = (item, choose) => h("button", { class: "pick-line", type: "button", onclick: () => choose(item) }, h("b", {}, item.name), h("small", {}, [item.class_name, ...(item.synonyms ?? []).slice(0, 3)].filter(Boolean).join(" · ")));

function results(text, choose) {
  const rows = foundItems(store.part("catalogue").items, text);
  if (!rows.length) return h("p", { class: "muted" }, t("No item fits. Try another word, or take the nearest one and describe it."));
  return h("ul", { class: "plain-list" }, rows.map((item) => h("li", {}, line(item, choose))));
}

function groups(choose) {
  const favourites = store.favourites();
  const recent = store.recent().filter((item) => !favourites.includes(item)).slice(0, 6);
  const frequent = [...store.part("catalogue").items].filter((item) => item.popular_rank).sort((one, other) => one.popular_rank - other.popular_rank).slice(0, FREQUENT);
  return [[t("Favourites"), favourites], [t("Last used"), recent], [t("Most frequent"), frequent]].filter(([, rows]) => rows.length).map(([words, rows]) =>
    h("div", {}, h("h3", { class: "small-head" }, words), h("div", { class: "item-tiles" }, rows.map((item) => h("button", { class: "tile-btn", type: "button", onclick: () => choose(item) }, item.name)))));
}
