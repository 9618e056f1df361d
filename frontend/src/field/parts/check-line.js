// One line of a check-list: what to look at, the standard behind it, three large buttons, and what a fail needs.
import { h, icon, say, shownDay, store, t } from "../core/app.js";
import { laterDay } from "../rules/checklist.js";
import { photoRow } from "./photos.js";
import { today } from "./premises.js";
import { textField } from "./text.js";

const VERDICTS = [{ key: "pass", words: say("Pass"), icon: "check" }, { key: "fail", words: say("Fail"), icon: "x" }, { key: "na", words: say("Not applicable"), icon: "minus" }];

export function checkLine(line, { verdict, said, same, most, mark, change, fix }) {
  return [
    h("div", { class: "check-text" }, h("span", { class: "check-n", "aria-hidden": "true" }, line.n), h("span", { id: `line-${line.n}` }, line.text)),
    standard(line),
    h("div", { class: "verdicts", role: "group", "aria-labelledby": `line-${line.n}` }, VERDICTS.map((one) =>
      h("button", { class: `verdict ${one.key}`, type: "button", "data-key": one.key, "aria-pressed": String(verdict === one.key), onclick: () => mark(one.key) }, icon(one.icon), t(one.words)))),
    verdict === "fail" && failed(line, { said, same, most, change, fix }),
  ];
}

function standard(line) {
  const own = store.find("items", line.item_id)?.standards ?? [];
  if (!line.how && !line.standard && !own.length) return null;
  return h("details", { class: "standard", "data-key": "standard" },
    h("summary", {}, t("How to look, and the standard")),
    h("dl", { class: "facts" },
      line.how && [h("dt", {}, t("How to look")), h("dd", {}, line.how)],
      line.standard && !own.some((one) => one.when_counts === line.standard) && [h("dt", {}, t("Counts as a fault")), h("dd", {}, line.standard)],
      own.slice(0, 3).map((one) => [h("dt", {}, t("Counts as a fault")), h("dd", {}, one.when_counts), one.when_done && [h("dt", {}, t("Is put right when")), h("dd", {}, one.when_done)], one.limit && [h("dt", {}, t("To be settled in")), h("dd", {}, one.limit)]])));
}

function failed(line, { said, same, most, change, fix }) {
  const item = store.find("items", line.item_id);
  const mayFix = line.self_fix && item?.self_handled !== false;
  return h("div", { class: "fault" },
    h("p", { class: "fault-head" }, icon("alert-circle"), h("span", {}, said.isFixed ? t("Becomes a matter “{item}”, settled on the spot.", { item: item?.name ?? line.text }) : t("Becomes a matter “{item}” at this address.", { item: item?.name ?? line.text }))),
    same && sameMatter(same, said, change),
    h("div", { class: "field" }, h("span", { class: "field-label" }, said.isFixed ? t("Before") : t("Photos of it")), photoRow({ photos: said.photos, most, words: line.text, key: "before", small: true, change: (photos) => change({ photos }) })),
    said.isFixed && h("div", { class: "field" }, h("span", { class: "field-label" }, t("After")), photoRow({ photos: said.after, most, words: t("After it was put right"), key: "after", small: true, change: (after) => change({ after }) })),
    mayFix && h("button", { class: "btn wide", type: "button", "data-key": "fix", "aria-pressed": String(said.isFixed), onclick: fix }, icon("tool"), said.isFixed ? t("It was not put right after all") : t("Put right on the spot: photo of the result")),
    h("details", { class: "add-note", open: Boolean(said.note) }, h("summary", { "data-key": "note" }, icon("pencil"), t("Add words")), textField({ id: `note-${line.n}`, label: t("What you found"), value: said.note, purpose: "visit", rows: 2, change: (note) => change({ note }, { isQuiet: true }) })),
    h("p", { class: "muted small" }, icon("calendar-repeat"), said.isFixed ? t("Settled on the spot: the rules set no revisit for it.") : t("The rules set the revisit for {day}.", { day: shownDay(laterDay(today(), Math.max(1, line.revisit_days || 0))) })));
}

function sameMatter(same, said, change) {
  const words = same.number ? t("An open matter about the same thing is here already: {title} ({state}).", { title: same.title, state: same.state_label ?? "" }) : t("You have reported the same thing here already; it waits to be sent.");
  return h("div", { class: "message warn" }, icon("copy"), h("div", { class: "stack" }, h("span", {}, words),
    same.number && h("div", { class: "two-ways" },
      h("button", { class: "btn", type: "button", "data-key": "join", "aria-pressed": String(said.joins !== false), onclick: () => change({ joins: true }) }, t("Add to it")),
      h("button", { class: "btn", type: "button", "data-key": "new", "aria-pressed": String(said.joins === false), onclick: () => change({ joins: false }) }, t("It is another thing")))));
}
