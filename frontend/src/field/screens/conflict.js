// A record that the server could not simply take: both sides, field by field, and the officer decides.
import { go, h, icon, outbox, screen, sheet, shownMoment, signals, t, toast } from "../core/app.js";
import { valueWords } from "../parts/premises.js";
import { contentOf, kindOf, refusal } from "../ui/record.js";
import { top } from "../ui/top.js";
import { photos } from "./outbox.js";

screen("/conflict/:id", async ({ id }) => {
  const op = outbox.get(id);
  if (!op || !["conflict", "refused"].includes(op.state)) {
    go(op ? `/outbox/${id}` : "/outbox", { replace: true });
    return h("div");
  }
  const isConflict = op.state === "conflict" && op.result?.conflict;
  const chosen = choosable(op);
  const node = h(
    "section",
    { class: "page" },
    top(isConflict ? t("Changed on both sides") : t("Not accepted"), { otherwise: "/outbox" }),
    h("div", { class: `message ${isConflict ? "warn" : "late"}` }, icon(isConflict ? "git-compare" : "alert-triangle"), h("div", {}, h("b", {}, op.result?.conflict?.what || op.title || t(kindOf(op).label)), h("p", {}, refusal(op)))),
    isConflict ? sides(op, chosen) : h("section", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, t("Your record"))), h("div", { class: "card-body" }, contentOf(op))),
    photos(op),
    h("div", { class: "decide" }, ways(op, chosen)),
    isConflict && h("details", { class: "card whole" }, h("summary", {}, t("Your whole record")), h("div", { class: "card-body" }, contentOf(op))),
    h("p", { class: "muted small" }, t("Until you decide, your record stays here and with the server. Nothing of it is lost.")),
  );
  node.leave = signals.on("outbox", (news) => { if (news?.id === id && !["conflict", "refused"].includes(op.state)) go("/outbox", { replace: true }); });
  return node;
}, { tab: "me" });

const isFieldByField = ({ yours, theirs }) => Object.keys(yours).join() === Object.keys(theirs).join();

function sides(op, chosen) {
  const { yours, theirs } = op.result.conflict;
  if (!isFieldByField(op.result.conflict)) return h("div", { class: "sides" }, side(t("Yours"), yours, "mine"), side(t("With the server"), theirs, ""));
  return h("div", { class: "sides" }, Object.keys(yours).map((label) => h("fieldset", { class: "card side" }, h("legend", {}, label), option(chosen, label, "mine", t("Yours"), yours[label]), option(chosen, label, "theirs", t("With the server"), theirs[label]))));
}

// Things of two kinds, such as a report and the matter it may be: two cards with what is known of each.
const side = (title, facts, tone) => h("section", { class: `card side whole-side ${tone}` }, h("h2", {}, title), h("dl", { class: "facts" }, Object.entries(facts).map(([label, value]) => [h("dt", {}, label), h("dd", {}, shown(value))])));

// The same field on both sides: where each can be told apart, the officer chooses field by field.
function option(chosen, label, choice, words, value) {
  const content = [h("span", { class: "side-name" }, words), h("b", {}, shown(value))];
  if (!chosen) return h("div", { class: `side-line ${choice}` }, content);
  return h("label", { class: `side-line ${choice}` }, h("input", { type: "radio", name: `side-${label}`, value: choice, checked: choice === chosen.get(label).choice, onchange: () => { chosen.get(label).choice = choice; } }), content);
}

// label → { field, choice }: which of the officer's changes stands behind each label; null when that is not certain.
function choosable(op) {
  if (op.kind !== "premises" || !op.result?.conflict || !isFieldByField(op.result.conflict)) return null;
  const changes = Object.entries(op.body.changes ?? {});
  const found = Object.entries(op.result.conflict.yours).map(([label, value]) => [label, changes.filter(([, { to }]) => String(to ?? "") === value)]);
  if (found.length < 2 || found.some(([, fits]) => fits.length !== 1)) return null;
  return new Map(found.map(([label, [[field]]]) => [label, { field, choice: "mine" }]));
}

const shown = (value) => (value == null || value === "" ? h("span", { class: "faint" }, t("empty")) : valueWords(value));

function ways(op, chosen) {
  const offered = op.result?.conflict?.choices ?? [{ choice: "mine", label: op.result?.code === "photo" ? t("Send it without this photo") : t("Send it once more") }];
  const known = offered.filter(({ choice }) => choice !== "drop" && !(chosen && ["mine", "theirs"].includes(choice)));
  return [
    chosen && h("button", { class: "btn big wide primary", type: "button", onclick: () => decideByField(op, chosen) }, t("Save as chosen above")),
    ...known.map(({ choice, label }, n) => h("button", { class: `btn big wide ${n === 0 && !chosen ? "primary" : ""}`, type: "button", onclick: () => decide(op, choice) }, label)),
    h("button", { class: "btn big wide danger", type: "button", onclick: () => discard(op) }, offered.find(({ choice }) => choice === "drop")?.label ?? t("Set my record aside")),
  ];
}

async function decideByField(op, chosen) {
  const theirs = [...chosen.values()].filter(({ choice }) => choice === "theirs").map(({ field }) => field);
  if (theirs.length === chosen.size) return decide(op, "theirs");
  const changes = Object.fromEntries(Object.entries(op.body.changes).filter(([field]) => !theirs.includes(field)));
  return decide(op, "mine", theirs.length ? { changes } : null);
}

async function decide(op, choice, body = null) {
  await outbox.decide(op, choice, body);
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
