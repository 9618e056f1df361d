// How premises look in lists: name, address, what they are, how pressing they are.
import { dayOf, h, icon, outbox, say, shownDay, shownDistance, store, t } from "../core/app.js";
import { daysLate, pressing } from "../rules/order.js";

export const today = () => dayOf(Date.now());

const KINDS = { rental_building: say("Rental building"), small_premises: say("Small premises"), organisation: say("Organisation"), facility: say("Public facility"), building: say("Building"), address: say("Address") };
const STATUSES = { in_use: say("In use"), vacant: say("Vacant"), closed: say("Shut down") };
export const STATUS_CODES = Object.keys(STATUSES);

export const kindWords = (kind) => (KINDS[kind] ? t(KINDS[kind]) : "");
export const statusWords = (status) => (STATUSES[status] ? t(STATUSES[status]) : String(status ?? ""));
export const classWords = ({ kind, klass }) => (store.part("lists").classes?.[kind] ?? []).find(({ code }) => code === klass)?.name ?? "";
// What stands in a field, in words: a state or a class is kept as a code.
export function valueWords(value) {
  if (STATUSES[value]) return t(STATUSES[value]);
  const known = Object.values(store.part("lists").classes ?? {}).flat().find(({ code }) => code === value);
  return known?.name ?? String(value);
}
export const gradeWords = ({ grade }) => (grade ? t("Grade {grade}", { grade }) : "");

// What the premises are, in one line.
export const whatWords = (row) => [classWords(row) || kindWords(row.kind), gradeWords(row), row.status && row.status !== "in_use" && statusWords(row.status)].filter(Boolean).join(" · ");

export const visitOf = (code) => outbox.about("premises", code).filter((op) => op.kind === "visit" && dayOf(op.made_at) === today()).at(-1) ?? null;

export const taskTags = (task) => [
  task.urgent && h("span", { class: "tag late" }, t("Urgent")),
  daysLate(task, today()) > 0 && h("span", { class: "tag late" }, t("{n} days overdue", { n: daysLate(task, today()) })),
  pressing(task, today()) === "today" && task.kind === "patrol" && h("span", { class: "tag warn" }, t("Due today")),
  task.kind === "revisit" && h("span", { class: "tag civic" }, t("Revisit")),
  task.kind === "sample" && h("span", { class: "tag civic" }, t("Sample")),
];

// Of an ordinary round the tags say it all.
export const whyWords = (task) => (task.kind !== "patrol" || task.urgent ? task.why : "");

// Every address of a village begins with the same words; in a list they only push the number of the house away.
const shared = { of: null, length: 0 };
export function shortAddress(address) {
  const rows = store.part("premises");
  if (shared.of !== rows) Object.assign(shared, { of: rows, length: commonLength(store.premises().map((row) => row.address).filter(Boolean)) });
  return address && address.length > shared.length ? address.slice(shared.length) : address;
}
function commonLength(words) {
  const [first = "", ...others] = words;
  if (!others.length) return 0;
  let length = 0;
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1;
  // Not into the name of a street: up to the last community, village, town or district.
  return /^.*(?:社区|居委会|村|街道|镇|区|县|市)/.exec(first.slice(0, length))?.[0].length ?? 0;
}

export const lastWords = (row) => (row.last_on ? t("Last visit {day}", { day: shownDay(row.last_on) }) : t("Never visited"));

// state for the map: urgent, overdue, today, visited, plain
export function stateOf(row, task) {
  if (visitOf(row.code) || row.last_on === today()) return "visited";
  if (task) return pressing(task, today()) === "soon" ? "plain" : pressing(task, today());
  return row.due_on && row.due_on < today() ? "overdue" : row.due_on === today() ? "today" : "plain";
}

export function premisesLine(row, { task = null, metres = null, path, done = null }) {
  return h("a", { class: "door", href: `#${path}` },
    h("span", { class: "door-main" },
      h("b", {}, row.name || row.code),
      h("span", { class: "door-where" }, shortAddress(row.address)),
      h("span", { class: "door-tags" }, done && h("span", { class: "tag ok" }, icon("check"), done), task && !done && taskTags(task), h("span", { class: "muted small" }, whatWords(row)), task && !done && whyWords(task) && h("span", { class: "muted small" }, task.why))),
    metres != null && h("span", { class: "door-far" }, shownDistance(metres)),
    icon("chevron-right"));
}
