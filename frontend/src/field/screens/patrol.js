// The day's doors: by nearness and urgency, by filter, by a few letters, or by the label on the door.
import "../../styles/field-screens.css";

import { h, icon, link, outbox, place, screen, say, signals, store, t, toast } from "../core/app.js";
import { live } from "../parts/live.js";
import { premisesLine, today, visitOf } from "../parts/premises.js";
import { counted, FILTERS, ordered } from "../rules/order.js";
import { foundPremises } from "../rules/search.js";
import { shiftNow } from "../ui/shift.js";

const LABELS = { all: say("All"), due: say("Due"), overdue: say("Overdue"), revisit: say("Revisits"), sample: say("Samples") };
const OUTCOMES = { visited: say("Visited"), nobody: say("Nobody there"), no_entry: say("No entry"), gone: say("No longer there") };
const STEP = 40;

// What was chosen stays chosen when the officer comes back from a door.
const chosen = { filter: "all", most: STEP, asked: "" };

export const visitPath = (task) => `/visit/${encodeURIComponent(task.premises)}?task=${task.id}`;

const doorOf = (code) => store.find("premises", code) ?? { code, name: code, address: "", lon: null, lat: null };
const rowsOf = (tasks) => tasks.map((task) => ({ task, premises: doorOf(task.premises) }));

screen("/patrol", async () => {
  const list = h("div", { class: "stack", "aria-live": "off" });
  const draw = live(list, () => (chosen.asked.trim() ? searched() : planned(() => draw())));
  const search = h("input", { type: "search", value: chosen.asked, "aria-label": t("Name, address or code"), placeholder: t("Name, address or code"), autocomplete: "off", enterkeyhint: "search" });
  search.addEventListener("input", () => {
    chosen.asked = search.value;
    draw();
  });
  const node = h("section", { class: "page patrol" },
    h("header", { class: "top" }, h("h1", {}, t("Patrol")), shiftTag()),
    h("div", { class: "find-door" }, h("div", { class: "field" }, search), link("/scan", { class: "btn big primary" }, icon("qrcode"), t("Scan"))),
    list);
  const stops = ["work", "outbox"].map((name) => signals.on(name, draw));
  node.leave = () => stops.forEach((stop) => stop());
  return node;
}, { tab: "patrol" });

const shiftTag = () => {
  const isOn = shiftNow().state === "on";
  return link("/shift", { class: `tag ${isOn ? "ok" : "warn"} tall` }, icon("clock"), isOn ? t("On shift") : t("Not on shift"));
};

function searched() {
  const rows = foundPremises(store.premises(), chosen.asked);
  if (!rows.length) return h("div", { class: "empty" }, icon("search"), h("b", {}, t("Nothing in your grids fits.")), h("p", {}, t("Try a part of the name or the number of the house. Premises of other grids are not on this device.")));
  const tasks = new Map(store.part("work").tasks.map((task) => [task.premises, task]));
  return h("ul", { class: "doors" }, rows.map((row) => {
    const task = tasks.get(row.code) ?? null;
    return h("li", {}, premisesLine(row, { task, path: task ? visitPath(task) : `/premises/${encodeURIComponent(row.code)}` }));
  }));
}

function planned(draw) {
  const all = store.part("work").tasks;
  const open = all.filter((task) => !visitOf(task.premises));
  const sums = counted(open, today());
  const here = place.last();
  const rows = ordered(rowsOf(open.filter((task) => FILTERS[chosen.filter](task, today()))), { here, today: today() });
  const choose = (filter) => () => {
    Object.assign(chosen, { filter, most: STEP });
    draw();
  };
  return [
    h("div", { class: "chips scroll", role: "group", "aria-label": t("Which doors") }, Object.keys(LABELS).filter((name) => name === "all" || sums[name] || chosen.filter === name).map((name) =>
      h("button", { class: "chip", type: "button", "data-key": `filter-${name}`, "aria-pressed": String(name === chosen.filter), onclick: choose(name) }, t(LABELS[name]), h("em", {}, sums[name])))),
    rows.length > 1 && orderLine(here, draw),
    rows.length ? h("ul", { class: "doors" }, rows.slice(0, chosen.most).map(({ task, premises, metres }) => h("li", {}, premisesLine(premises, { task, metres, path: visitPath(task) })))) : nothing(all.length > 0 || outbox.list().some((op) => op.kind === "visit")),
    rows.length > chosen.most && h("button", { class: "btn wide", type: "button", "data-key": "more", onclick: () => { chosen.most += STEP; draw(); } }, t("Show {n} more", { n: Math.min(STEP, rows.length - chosen.most) })),
    doneToday(),
  ];
}

function orderLine(here, draw) {
  const ask = async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    const found = await place();
    if (!found) toast(place.trouble, { tone: "warn", stays: 8000 });
    draw();
  };
  return h("div", { class: "order-line" },
    h("span", { class: "muted small" }, here ? t("By nearness and urgency") : t("By urgency and address")),
    h("button", { class: "btn small", type: "button", "data-key": "near", onclick: ask }, icon("current-location"), here ? t("Position again") : t("Nearest first")));
}

const nothing = (hadSome) => h("div", { class: "empty" }, icon("circle-check"), h("b", {}, hadSome ? t("Nothing left here.") : t("No doors are planned for today.")),
  h("p", {}, t("You can scan a label or look for premises by name: every visit counts.")));

// From the records of this device: a door that was reported as done leaves the list of tasks with the next news.
function doneToday() {
  const done = [...new Set(outbox.list().filter((op) => op.kind === "visit").map((op) => op.body.premises))].map(visitOf).filter(Boolean);
  if (!done.length) return null;
  const row = (op) => premisesLine(doorOf(op.body.premises), { done: t(OUTCOMES[op.body.outcome]), path: `/premises/${encodeURIComponent(op.body.premises)}` });
  return h("details", { class: "done-list" }, h("summary", {}, t("Done today: {n}", { n: done.length })), h("ul", { class: "doors" }, done.map((op) => h("li", {}, row(op)))));
}
