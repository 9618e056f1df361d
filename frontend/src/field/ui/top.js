// The head of a screen that is not one of the five: its name and the way back.
import { h, icon } from "../core/h.js";
import { back } from "../core/router.js";
import { t } from "../core/words.js";

export const top = (title, { otherwise = "/", side = null } = {}) =>
  h("header", { class: "top" }, h("button", { class: "btn quiet square", type: "button", "aria-label": t("Back"), onclick: () => back(otherwise) }, icon("arrow-left")), h("h1", { class: "clip" }, title), side);
