// A record that the server could not simply take: both sides, field by field, and the officer decides.
import { go, h, icon, outbox, screen, sheet, shownMoment, signals, t, toast } from "../core/app.js";
import { contentOf, kindOf } from "../ui/record.js";
import { top } from "../ui/top.js";
import { photos } from "./outbox.js";

screen("/conflict/:id", async ({ id }) => {
  const op = outbox.get(id);
  if (!op || !["conflict", "refused"].includes(op.state)) {
    go(op ? `/outbox/${id}` : "/outbox", { replace: true });
    return h("div");
  }
  const isConflict = op.state === "conflict" && op.result?.conflict;
  const node = h(
    "section",
    { class: "page" },
    top(isConflict ? t("Changed on both sides") : t("Not accepted"), { otherwise: "/outbox" }),
    h("div", { class: `message ${isConflict ? "warn" : "late"}` }, icon(isConflict ? "git-compare" : "alert-triangle"), h("div", {}, h("b", {}, op.result?.conflict?.what || op.title || t(kindOf(op).label)), h("p", {}, op.words))),
    isConflict ? sides(op) : h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, t("Your record"))), h("div", { class: "card-body" }, contentOf(op))),
    photos(op),
    h("div", { class: "decide" }, ways(op)),
    isConflict && h("details", { class: "card whole" }, h("summary", {}, t("Your whole record")), h("div", { class: "card-body" }, contentOf(op))),
    h("p", { class: "muted small" }, t("Until you decide, your record stays here and with the server. Nothing of it is lost.")),
  );
  node.leave = signals.on("outbox", (news) => { if (news?.id === id && !["conflict", "refused"].includes(op.state)) go("/outbox", { replace: true }); });
  return node;
}, { tab: "me" });

function sides(op) {
  const { yours, theirs } = op.result.conflict;
  const labels = [...new Set([...Object.keys(yours), ...Object.keys(theirs)])];
  return h("div", { class: "sides" }, labels.map((label) => h("section", { class: "card side", "aria-label": label }, h("h3", {}, label), h("dl", {}, h("div", { class: "mine" }, h("dt", {}, t("Yours")), h("dd", {}, shown(yours[label]))), h("div", {}, h("dt", {}, t("With the server")), h("dd", {}, shown(theirs[label])))))));
}

const shown = (value) => (value == null || value === "" ? h("span", { class: "faint" }, t("empty")) : String(value));

function ways(op) {
  const offered = op.result?.conflict?.choices ?? [{ choice: "mine", label: t("Send it once more") }];
  const known = offered.filter(({ choice }) => choice !== "drop");
  return [
    ...known.map(({ choice, label }, n) => h("button", { class: `btn big wide ${n === 0 ? "primary" : ""}`, type: "button", onclick: () => decide(op, choice) }, label)),
    h("button", { class: "btn big wide danger", type: "button", onclick: () => discard(op) }, offered.find(({ choice }) => choice === "drop")?.label ?? t("Set my record aside")),
  ];
}

async function decide(op, choice) {
  await outbox.decide(op, choice);
  toast(t("Decided. It is sent by itself."), { tone: "ok" });
  go("/outbox", { replace: true });
}

// Deliberate: the content stands there once more, and a tick comes before the button.
async function discard(op) {
  const sure = await sheet({
    title: t("Set this record aside?"),
    body: (end) => {
      const button = h("button", { class: "btn big wide danger primary", type: "button", disabled: true, onclick: () => end(true) }, t("Set aside"));
      const tick = h("input", { type: "checkbox", onchange: () => { button.disabled = !tick.checked; } });
      return h(
        "div",
        { class: "stack" },
        h("p", {}, t("{what}, made at {time}, will not be carried out. The office can still see that it was set aside.", { what: op.title || t(kindOf(op).label), time: shownMoment(op.made_at) })),
        h("label", { class: "check" }, tick, t("Yes, this record is not needed")),
        button,
      );
    },
  });
  if (sure) await decide(op, "drop");
}
