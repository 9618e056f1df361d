// The own figures, each with how it was computed; what is not right can be objected to.
import { h, icon, outbox, screen, sheet, signals, store, t, toast } from "../core/app.js";
import { live } from "../parts/live.js";
import { textField } from "../parts/text.js";
import { top } from "../ui/top.js";

const STATES = { asked: () => t("Objection sent"), upheld: () => t("Objection upheld"), refused: () => t("Objection not upheld") };

screen("/statistics", async () => {
  const node = h("section", { class: "page figures" });
  const draw = live(node, sections);
  const stops = ["outbox", "work"].map((name) => signals.on(name, draw));
  node.leave = () => stops.forEach((stop) => stop());
  return node;
}, { tab: "me" });

const periodKey = (period) => (typeof period === "string" ? period : `${period?.since ?? ""}/${period?.until ?? ""}`);

function sections() {
  const { statistics } = store.part("me");
  return [
    top(t("My figures"), { otherwise: "/me" }),
    statistics.length > 0 && h("p", { class: "muted" }, periodWords(statistics[0].period)),
    statistics.length ? h("ul", { class: "cards" }, statistics.map((figure) => h("li", { class: "card figure" }, figureCard(figure)))) : h("div", { class: "empty" }, icon("chart-bar"), h("b", {}, t("No figures yet.")), h("p", {}, t("They come with the next synchronising, from the second day on."))),
    h("p", { class: "muted small" }, t("Volume alone is never good or bad work. Nothing is added up into a mark, and only you and your station see these figures.")),
  ];
}

const periodWords = (period) => {
  const [since, until] = periodKey(period).split(/\/|\.\./);
  return until ? t("{since} to {until}", { since, until }) : since;
};

const sentHere = (figure) => outbox.about("figure", figure.code).some((op) => op.kind === "appeal" && periodKey(op.body.period) === periodKey(figure.period) && op.state !== "refused");

function figureCard(figure) {
  const told = store.part("me").appeals.find((one) => one.figure === figure.code && (!one.period || periodKey(one.period) === periodKey(figure.period)));
  const state = told?.state ?? figure.appeal ?? "";
  return [
    h("div", { class: "figure-head" }, h("span", {}, figure.label), h("b", { class: "num" }, figure.value)),
    h("details", { class: "standard" }, h("summary", { "data-key": `how-${figure.code}` }, t("How it is computed")), h("p", {}, figure.how)),
    state && STATES[state] ? h("p", { class: `message ${state === "upheld" ? "ok" : ""}` }, icon("message-report"), h("span", {}, STATES[state](), told?.answer && `：${told.answer}`))
      : sentHere(figure) ? h("p", { class: "message" }, icon("message-report"), h("span", {}, t("Objection written; it is sent when there is a network.")))
        : h("button", { class: "btn", type: "button", "data-key": `appeal-${figure.code}`, onclick: () => object(figure) }, icon("message-report"), t("Object to this figure")),
  ];
}

async function object(figure) {
  let reason = "";
  const answer = await sheet({
    title: t("Object to “{label}: {value}”", { label: figure.label, value: figure.value }),
    body: h("div", { class: "stack" }, h("p", {}, t("Say what is wrong. Somebody above your station decides and answers; nobody decides about themselves.")), textField({ id: "reason", label: t("What is wrong?"), isRequired: true, rows: 3, most: 500, change: (words) => { reason = words; } })),
    acts: [{ label: t("Send the objection"), value: "send", tone: "primary" }, { label: t("Cancel"), value: "" }],
  });
  if (answer !== "send") return;
  if (reason.trim().length < 2) return void toast(t("Say in a few words what is wrong."), { tone: "warn" });
  await outbox.add("appeal", { figure: figure.code, period: figure.period, reason: reason.trim() }, { title: figure.label });
  toast(t("The objection is saved."), { tone: "ok" });
}
