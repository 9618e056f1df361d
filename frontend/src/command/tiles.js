// How a figure looks: a number with what it is compared with, a share of something, a ranking.
import { make } from "../dom.js";
import { language, t, zone } from "../words.js";

const whole = new Intl.NumberFormat(language);
const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone });
export const told = (value) => (value == null ? "–" : whole.format(value));
const date = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: zone });
// The time, and the day with it when that is not today.
export function clockOf(iso) {
  if (!iso) return "–";
  const [at, today] = [date.format(new Date(iso)), date.format(new Date())];
  return at === today ? hour.format(new Date(iso)) : `${at} ${hour.format(new Date(iso))}`;
}
const FEW = 10; // of which no percentage is told
const TONES = { overdue: "late", urgent: "late", supervised: "warn", waiting: "", due_today: "warn" };
const RATINGS = { solved: "Solved", half_solved: "Half solved", not_solved: "Not solved" };

// A number of trouble is red only when there is trouble.
const toneOf = (code, value) => (value ? (TONES[code] ?? "") : "");

// What stands under a number: compared with what.
function beside(code, payload) {
  if (code === "reported_today" && payload.was != null) return compared(payload);
  if (code === "closed_today") return t("of {n} reported", { n: told(payload.was) });
  if (code === "on_shift") return payload.worked_at ? t("last record {at}", { at: clockOf(payload.worked_at) }) : t("no record today");
  if (payload.of != null) return t("{part} of {of}", { part: told(payload.part), of: told(payload.of) });
  if (payload.late != null) return t("{n} overdue", { n: told(payload.late) });
  if (code === "overdue" && payload.rows?.length) return payload.rows.slice(0, 2).map((row) => `${row.label} ${told(row.value)}`).join(" · ");
  return "";
}

function compared({ value, was }) {
  if (was < FEW) return t("{n} a week ago", { n: told(was) });
  const change = Math.round((100 * (value - was)) / was);
  return t("{sign} {n}% on a week ago", { sign: change > 0 ? "▲" : change < 0 ? "▼" : "＝", n: Math.abs(change) });
}

export function figure({ code, unit, title }, payload) {
  const value = payload?.value;
  const number = make("b", {}, code.startsWith("on_time") || code === "rating" ? (value == null ? "–" : value.toFixed(1)) : told(value), make("small", {}, unit === "%" ? "%" : ""));
  const tag = payload?.href ? "a" : "div";
  return make(tag, { class: `cmd-figure ${toneOf(code, value)}`, href: payload?.href }, make("span", { class: "cmd-name" }, title), number, make("small", { class: "cmd-said" }, payload ? beside(code, payload) : t("No figures yet")));
}

export function bars({ title }, payload, most = 8) {
  const rows = (payload?.rows ?? []).filter(({ value }) => value).slice(0, most);
  const top = Math.max(1, ...rows.map(({ value }) => value));
  const list = make("div", { class: "cmd-bars" }, ...rows.map((row) => make("a", { href: row.href, title: row.label },
    make("span", { class: "clip" }, row.label ?? t(RATINGS[row.key] ?? row.key)),
    make("s", { style: `--p:${(100 * row.value) / top};--q:${row.late ? (100 * row.late) / top : 0}` }), make("em", {}, told(row.value)))));
  if (!rows.length) list.append(make("p", { class: "faint" }, t("Nothing here.")));
  list.setAttribute("aria-label", title);
  return list;
}

// Small columns: today against the same weekday a week ago. The chart page has them with axes and table.
export function hours({ title }, payload) {
  const rows = payload?.rows ?? [];
  const top = Math.max(1, ...rows.flatMap(({ value, was }) => [value, was]));
  const box = make("div", { class: "cmd-hours", role: "img", "aria-label": `${title}：${rows.map(({ key, value }) => `${key} ${value}`).join("，")}` });
  for (const { key, value, was } of rows) {
    box.append(make("div", { title: `${key}:00 ${told(value)}（${told(was)}）` }, make("i", { style: `--p:${(100 * was) / top}` }), make("b", { style: `--p:${(100 * value) / top}` }), key % 6 ? null : make("span", {}, String(key))));
  }
  return make("div", { class: "cmd-hours-box" }, box, make("p", { class: "cmd-key" }, make("span", { class: "now" }, t("Today")), make("span", {}, t("A week ago"))));
}

export function lateRow(row) {
  return make("li", {}, make("a", { href: row.href }, make("span", { class: "clip" }, row.title), make("em", {}, row.words), make("small", { class: "clip" }, [row.place, row.party].filter(Boolean).join(" · "))));
}

export function newsRow(line, placeOf) {
  return make("li", { "data-seq": line.seq, class: line.is_urgent ? "urgent" : "" }, make("a", { href: line.href },
    make("time", { datetime: line.at }, clockOf(line.at)), make("span", { class: "clip-2" }, `${placeOf(line)}${line.title}`),
    make("span", { class: `tag ${line.is_urgent ? "late" : line.tone}` }, line.is_urgent && line.move === "report" ? t("Urgent") : line.deed)));
}
