// The questions an item asks, each answered by a tap where that is possible.
import { h, t } from "../core/app.js";

const yesNo = () => [["yes", t("Yes")], ["no", t("No")]];

export const isAnswered = (question, answers) => question.kind === "photo" || !question.required || String(answers[question.id] ?? "").trim() !== "";

export function questionFields(questions, answers, change) {
  return questions.filter(({ kind }) => kind !== "photo").map((question) => one(question, answers[question.id] ?? "", (value) => change(question.id, value)));
}

function one(question, value, change) {
  const id = `question-${question.id}`;
  const words = h("span", { class: "field-label", id }, question.text, h("span", { class: question.required ? "must" : "optional" }, question.required ? t("needed") : t("if you like")));
  const choices = choicesOf(question);
  if (choices) return h("div", { class: "field", role: "group", "aria-labelledby": id }, words, h("div", { class: "chips" }, choices.map(([key, label]) => h("button", { class: "chip", type: "button", "data-key": `${id}-${key}`, "aria-pressed": String(value === key), onclick: () => change(value === key ? "" : key) }, label))));
  const kind = question.kind === "number" ? { type: "text", inputmode: "decimal" } : question.kind === "date" ? { type: "date" } : { type: "text", maxlength: 200 };
  const input = h("input", { ...kind, value, "aria-labelledby": id });
  input.addEventListener("input", () => change(input.value));
  return h("div", { class: "field" }, words, h("div", { class: "with-unit" }, input, question.unit && h("span", {}, question.unit)));
}

function choicesOf({ kind, choices }) {
  if (["yes_no", "yesno", "boolean"].includes(kind)) return yesNo();
  return choices?.length ? choices.map((choice) => (typeof choice === "string" ? [choice, choice] : [choice.code ?? choice.value, choice.name ?? choice.label])) : null;
}
