// Today: the shift, what needs a decision, what dispatch asks, then the day's doors by urgency and nearness.
import { dayOf, fill, go, h, icon, link, metres, online, outbox, place, refresh, say, screen, shownDay, shownDistance, shownTime, shownWeekday, signals, state, store, t, toast } from "../core/app.js";
import { shortAddress } from "../parts/premises.js";
import { stateOf } from "../rules/calls.js";
import { daysLate, ordered, pressing } from "../rules/order.js";
import { clock } from "../ui/clock.js";
import { shiftNow } from "../ui/shift.js";

const MOST = 12; // the whole list is one tap away, under 巡查
export const CALLS = {
  verify: { label: say("Verify"), icon: "eye-check" },
  check: { label: say("Check the result"), icon: "checklist" },
  revisit: { label: say("Visit again"), icon: "rotate-clockwise" },
  urgent: { label: say("Urgent"), icon: "urgent" },
};

screen("/", async () => {
  const node = h("section", { class: "page" }, head(), shift(), questions(), calls(), doors());
  const stops = [signals.on("outbox", (op) => { if (op && ["visit", "call", "shift", "move"].includes(op.kind)) refresh(); }), signals.on("sync", () => drawAsOf(node))];
  node.leave = () => stops.forEach((stop) => stop());
  drawAsOf(node);
  return node;
}, { tab: "today" });

function head() {
  return h(
    "header",
    { class: "today-head" },
    h("div", {}, h("h1", {}, t("Today")), h("p", { class: "muted" }, `${shownDay(Date.now())} ${shownWeekday(Date.now())}`)),
    asOf(),
  );
}

// How fresh the list is; a tap asks for news.
function asOf() {
  return h("button", { class: "as-of", type: "button", title: t("Fetch news now"), onclick: () => signals.send("sync-now") });
}

function drawAsOf(node) {
  // Unchanged tasks are not sent again: the last contact says how fresh they are.
  const at = Math.max(Date.parse(store.part("work").as_of ?? "") || 0, state.at ?? 0);
  const picture = online() ? icon("refresh", state.running ? "turning" : "") : icon("cloud-off");
  fill(node.querySelector(".as-of"), picture, h("span", {}, at ? t("as of {time}", { time: dayOf(at) === dayOf(Date.now()) ? shownTime(at) : shownDay(at) }) : t("Fetch")));
}

function shift() {
  const now = shiftNow();
  if (now.state === "on") {
    return link("/shift", { class: "shift on" }, icon("clock-play"), h("span", {}, h("b", {}, t("On shift")), h("small", {}, t("since {time}", { time: shownTime(now.at) }))), h("span", { class: "shift-side" }, done()), icon("chevron-right"));
  }
  return h(
    "div",
    { class: "shift" },
    icon("clock-pause"),
    h("span", {}, h("b", {}, t("Not on shift")), h("small", {}, t("Calls go to officers on shift first."))),
    h("button", { class: "btn primary", type: "button", onclick: begin }, t("Start shift")),
  );
}

async function begin({ currentTarget: button }) {
  button.setAttribute("aria-busy", "true");
  await outbox.add("shift", { deed: "start", note: "" }, { place: await place(), title: t("Start shift") });
  toast(t("Your shift has begun."), { tone: "ok" });
  refresh();
}

const done = () => {
  const visited = outbox.list().filter((op) => op.kind === "visit" && dayOf(op.made_at) === dayOf(Date.now())).length;
  return visited > 0 && t("{n} visited", { n: visited });
};

function questions() {
  const rows = outbox.questions();
  if (!rows.length) return null;
  return link(rows.length === 1 ? `/conflict/${rows[0].id}` : "/outbox", { class: "card ask" }, icon("git-compare"), h("span", {}, h("b", {}, t("{n} records need your decision", { n: rows.length })), h("small", {}, rows[0].title || rows[0].words)), icon("chevron-right"));
}

// An accepted call stays in the list until it is done.
const answered = (call) => ["done", "refused"].includes(stateOf(call));

function calls() {
  const here = place.last();
  const rows = store.part("work").calls.filter((call) => !answered(call)).map((call) => ({ call, metres: metres(here, call.matter ?? call.premises) }));
  if (!rows.length) return null;
  const urgent = (row) => (row.call.kind === "urgent" ? 0 : 1);
  rows.sort((one, other) => urgent(one) - urgent(other) || String(one.call.due_at).localeCompare(String(other.call.due_at)));
  return h("section", { class: "part" }, h("h2", {}, t("From dispatch"), h("em", {}, rows.length)), h("ul", { class: "cards" }, rows.map((row) => h("li", {}, callCard(row)))));
}

function callCard({ call, metres: far }) {
  const { matter } = call;
  const kind = CALLS[call.kind] ?? CALLS.verify;
  const picture = matter?.photos?.find((photo) => photo.thumb);
  return link(
    `/call/${call.id}`,
    { class: `card call ${call.kind}` },
    h(
      "span",
      { class: "call-body" },
      h("span", { class: "call-kind" }, icon(kind.icon), t(kind.label), stateOf(call) === "sent" && h("em", { class: "tag civic" }, t("New"))),
      h("b", { class: "clip-2" }, matter?.title ?? call.words),
      h("span", { class: "muted small clip" }, [far != null && shownDistance(far), matter?.address].filter(Boolean).join(" · ")),
      call.due_at && clock(call.due_at),
    ),
    picture && thumb(picture),
  );
}

function thumb({ thumb: address }) {
  const image = h("img", { class: "call-photo", alt: "", width: 84, height: 84 });
  store.picture(address).then((src) => (src ? image.setAttribute("src", src) : image.remove()));
  return image;
}

export const KINDS = { patrol: say("Patrol"), revisit: say("Visit again"), sample: say("Sample check") };

function doors() {
  const today = dayOf(Date.now());
  const open = store.part("work").tasks.filter((task) => !outbox.about("task", task.id).some((op) => op.kind === "visit"));
  // What was visited today leaves the list with the next news; the day's sum stays what it was.
  const visited = outbox.list().filter((op) => op.kind === "visit" && op.body.task && dayOf(op.made_at) === today).map((op) => op.body.task);
  const all = new Set([...store.part("work").tasks.map((task) => task.id), ...visited]).size;
  if (!all) return empty();
  const rows = ordered(open.map((task) => ({ task, premises: store.find("premises", task.premises) ?? { code: task.premises, name: task.premises } })), { here: place.last(), today });
  return h(
    "section",
    { class: "part" },
    h("h2", {}, t("Doors of today"), h("em", {}, t("{n} of {all} left", { n: rows.length, all }))),
    h("div", { class: "progress", role: "img", "aria-label": t("{n} of {all} visited", { n: all - rows.length, all }) }, h("i", { style: { "--p": String(Math.round(((all - rows.length) / all) * 100)) } })),
    rows.length ? h("ul", { class: "door-list card" }, rows.slice(0, MOST).map((row) => h("li", {}, door(row, today)))) : h("p", { class: "all-done" }, icon("circle-check"), t("All doors of today are visited.")),
    rows.length > MOST && link("/patrol", { class: "btn wide" }, t("All {n} doors", { n: rows.length })),
  );
}

function door({ task, premises, metres: far }, today) {
  const late = daysLate(task, today);
  const press = pressing(task, today);
  return link(
    `/visit/${encodeURIComponent(premises.code)}?task=${task.id}`,
    { class: "door" },
    h("span", { class: `door-mark ${press}`, "aria-hidden": "true" }),
    h("span", { class: "door-body" }, h("b", { class: "clip" }, premises.name), h("span", { class: "muted small clip" }, shortAddress(premises.address) || task.why)),
    h(
      "span",
      { class: "door-side" },
      far != null && h("span", { class: "small muted" }, shownDistance(far)),
      press === "urgent" ? h("span", { class: "tag late" }, t("Urgent")) : late > 0 ? h("span", { class: "tag late" }, t("{n} days late", { n: late })) : task.kind !== "patrol" && h("span", { class: "tag civic" }, t(KINDS[task.kind] ?? task.kind)),
    ),
    icon("chevron-right"),
  );
}

const empty = () =>
  h(
    "section",
    { class: "blank" },
    icon("calendar-check", "big"),
    h("h2", {}, t("Nothing planned for today")),
    h("p", { class: "muted" }, t("You can still look around: choose premises under Patrol, or report what you see.")),
    h("button", { class: "btn", type: "button", onclick: () => go("/patrol") }, t("Choose premises")),
  );
