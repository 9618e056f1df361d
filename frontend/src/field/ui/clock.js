// Who owes the next move and the time left: the same component as everywhere (templates/_clock.html).
import { h } from "../core/h.js";
import { shownMoment, t } from "../core/words.js";

const USUAL = 24 * 3600000; // of a matter whose beginning is not told: amber in its last six hours

const MINUTE = 60000;
const stateOf = (left, whole) => (left <= 0 ? "late" : left / whole <= 0.25 ? "warn" : "ok");

// The two largest units, as on the pages of the desk.
export function timeLeft(left) {
  const minutes = Math.max(1, Math.ceil(Math.abs(left) / MINUTE));
  const [d, hours, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (left >= 0) return d ? t("{d} days {h} h left", { d, h: hours }) : hours ? t("{h} h {m} min left", { h: hours, m }) : t("{m} min left", { m });
  return d ? t("{d} days {h} h late", { d, h: hours }) : hours ? t("{h} h {m} min late", { h: hours, m }) : t("{m} min late", { m });
}

export function clock(dueAt, { party = "", start = null, now = Date.now() } = {}) {
  const due = Date.parse(dueAt);
  const whole = start ? due - Date.parse(start) : USUAL;
  const left = due - now;
  const part = Math.max(0, Math.min(100, (left / whole) * 100));
  return h(
    "span",
    { class: `clock ${stateOf(left, whole)}`, title: shownMoment(dueAt) },
    h("span", { class: "ring", style: { "--p": part.toFixed(0) }, "aria-hidden": "true" }),
    h("b", {}, timeLeft(left)),
    party && h("span", { class: "party" }, party),
  );
}
