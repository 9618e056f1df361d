// On duty and off: two moments, no way between them. Who stands in for whom is told by the office.
import { h, icon, outbox, place, screen, sheet, shownTime, signals, store, t, toast } from "../core/app.js";
import { live } from "../parts/live.js";
import { today, visitOf } from "../parts/premises.js";
import { textField } from "../parts/text.js";
import { shiftNow } from "../ui/shift.js";
import { top } from "../ui/top.js";

const NOTES = () => [t("Everything in order"), t("One matter handed over"), t("Equipment is missing")];

screen("/shift", async () => {
  const node = h("section", { class: "page shift-page" });
  const draw = live(node, () => sections(() => draw()));
  const stops = ["outbox", "work"].map((name) => signals.on(name, draw));
  node.leave = () => stops.forEach((stop) => stop());
  return node;
}, { tab: "me" });

function sections(draw) {
  const { state, at } = shiftNow();
  const isOn = state === "on";
  const standsFor = store.part("me").substitutes_for;
  return [
    top(t("Shift"), { otherwise: "/me" }),
    h("div", { class: `shift-card ${isOn ? "on" : ""}` }, isOn ? icon("clock-play") : icon("clock-pause"), h("b", {}, isOn ? t("On shift since {time}", { time: at ? shownTime(at) : "" }) : t("Not on shift")), h("p", {}, isOn ? t("Calls of dispatch come to you.") : t("Calls of dispatch go to whoever is on shift."))),
    standsFor.length > 0 && h("div", { class: "message" }, icon("users"), h("span", {}, t("Today you stand in for {names}: their grids and tasks are on this device.", { names: standsFor.join("、") }))),
    isOn && summary(),
    h("button", { class: `btn big wide ${isOn ? "" : "primary"}`, type: "button", "data-key": "turn", onclick: () => (isOn ? end(draw) : start(draw)) }, isOn ? icon("player-stop") : icon("player-play"), isOn ? t("End the shift") : t("Begin the shift")),
    h("p", { class: "muted small" }, t("Your position is noted once at the beginning and once at the end, if you allow it; never in between.")),
  ];
}

function summary() {
  const left = store.part("work").tasks.filter((task) => !visitOf(task.premises)).length;
  const mine = outbox.list().filter((op) => op.made_at.slice(0, 10) === today());
  const of = (kind) => mine.filter((op) => op.kind === kind).length;
  const rows = [[t("Doors visited"), of("visit")], [t("Doors left"), left], [t("Reports"), of("report")], [t("Not sent yet"), outbox.count()]];
  return h("dl", { class: "sums" }, rows.map(([words, n]) => h("div", {}, h("dt", {}, words), h("dd", {}, n))));
}

const record = async (deed, note) => outbox.add("shift", { deed, note }, { place: await place({ wait: 4000 }), title: deed === "start" ? t("Shift begun") : t("Shift ended") });

async function start(draw) {
  await record("start", "");
  toast(t("The shift has begun."), { tone: "ok" });
  draw();
}

async function end(draw) {
  let note = "";
  const answer = await sheet({
    title: t("End the shift?"),
    body: h("div", { class: "stack" },
      outbox.count() > 0 && h("p", { class: "message" }, icon("cloud-upload"), h("span", {}, t("{n} records are not sent yet. They stay on this device and are sent by themselves when there is a network.", { n: outbox.count() }))),
      h("div", { class: "chips" }, NOTES().map((words) => h("button", { class: "chip", type: "button", onclick: (event) => { const area = event.target.closest(".stack").querySelector("textarea"); area.value = words; note = words; } }, words))),
      textField({ id: "shift-note", label: t("For whoever comes next"), rows: 2, most: 200, change: (words) => { note = words; } })),
    acts: [{ label: t("End the shift"), value: "end", tone: "primary" }, { label: t("Go on working"), value: "" }],
  });
  if (answer !== "end") return;
  await record("end", note.trim());
  toast(t("The shift has ended. Thank you."), { tone: "ok" });
  draw();
}
