// 待发: every record with where it stands. Nothing leaves this list unseen.
import { fill, go, h, icon, outbox, screen, shownMoment, signals, state, store, syncNow, t } from "../core/app.js";
import { contentOf, kindOf, photosOf, recordRow, standing } from "../ui/record.js";
import { signInPath } from "../ui/frame.js";
import { top } from "../ui/top.js";

screen("/outbox", async () => {
  const list = h("div", { class: "stack" });
  const draw = () => fill(list, parts());
  const node = h("section", { class: "page" }, top(t("Records to send"), { otherwise: "/me" }), list);
  const stops = ["outbox", "sync", "network"].map((name) => signals.on(name, draw));
  node.leave = () => stops.forEach((stop) => stop());
  draw();
  return node;
}, { tab: "me" });

function parts() {
  const shown = outbox.list().filter((op) => op.kind !== "decide");
  const asked = shown.filter((op) => ["conflict", "refused"].includes(op.state));
  const waiting = shown.filter((op) => ["waiting", "deciding"].includes(op.state));
  const done = shown.filter((op) => op.state === "done").reverse();
  if (!shown.length) return h("div", { class: "blank" }, icon("inbox", "big"), h("h2", {}, t("Nothing to send")), h("p", { class: "muted" }, t("What you record stands here until the server has confirmed it.")));
  return [way(waiting.length), section(t("Needs your decision"), asked), section(t("To be sent"), waiting), section(t("Received in the last three days"), done)];
}

const section = (title, rows) => rows.length > 0 && h("section", { class: "part" }, h("h2", {}, title, h("em", {}, rows.length)), h("ul", { class: "record-list card" }, rows.map((op) => h("li", {}, recordRow(op)))));

// What stands in the way of all of them, and the button that tries again.
function way(waiting) {
  if (!waiting) return null;
  const said = {
    offline: t("No network. Everything is sent by itself as soon as there is one."),
    signed_out: t("You were signed out. Everything is kept; sign in to send it."),
    other_person: t("Somebody else is signed in now. Records of {owner} are kept until {owner} signs in.", { owner: store.part("me").user.name }),
    busy: t("The server is busy. It is tried again by itself."),
    broken: t("The server does not answer well now. Your records are kept and sent again by themselves."),
    full: t("The device is full. Free some space and try again."),
    refused: state.words,
  }[state.trouble];
  return h(
    "div",
    { class: "way card" },
    h("p", { role: "status" }, state.running ? t("Sending…") : said || t("{n} records wait to be sent.", { n: waiting })),
    state.session === "out" ? h("a", { class: "btn primary", href: signInPath() }, t("Sign in")) : h("button", { class: "btn primary", type: "button", "aria-busy": state.running ? "true" : null, onclick: () => syncNow() }, icon("cloud-upload"), t("Send now")),
  );
}

screen("/outbox/:id", async ({ id }) => {
  const op = outbox.get(id);
  if (!op) return h("section", { class: "page" }, top(t("Record"), { otherwise: "/outbox" }), h("p", { class: "muted" }, t("This record is no longer on this device: the server has had it for more than three days.")));
  const body = h("div", { class: "stack" });
  const draw = (op) => fill(body, standingCard(op), op.result?.facts && factsOf(op), h("section", { class: "card" }, h("div", { class: "card-body" }, contentOf(op))), photos(op));
  const node = h("section", { class: "page" }, top(op.title || t(kindOf(op).label), { otherwise: "/outbox" }), body);
  const stops = ["outbox", "sync"].map((name) => signals.on(name, () => { if (["conflict", "refused"].includes(op.state)) go(`/conflict/${id}`, { replace: true }); else draw(op); }));
  node.leave = () => stops.forEach((stop) => stop());
  draw(op);
  return node;
}, { tab: "me" });

function standingCard(op) {
  const now = standing(op);
  return h(
    "div",
    { class: `message ${now.tone}` },
    icon(now.icon),
    h("div", {}, h("b", {}, now.words), op.state === "done" && op.words && h("p", {}, op.words), op.state === "done" && op.done_at && h("p", { class: "muted small" }, t("Confirmed by the server at {time}", { time: shownMoment(op.done_at) }))),
  );
}

function factsOf(op) {
  const { next_on: next } = op.result.facts;
  return next && h("p", { class: "muted" }, t("Next visit: {day}", { day: next }));
}

// Photos are shown as long as they are here; once the server has them, their number remains.
export function photos(op) {
  const all = photosOf(op);
  if (!all.length) return null;
  if (op.state === "done") return h("p", { class: "muted small" }, t("{n} photos are with the server.", { n: all.length }));
  const box = h("div", { class: "record-photos" });
  for (const photo of all) {
    outbox.blob(photo).then((blob) => {
      if (!blob) return;
      const src = URL.createObjectURL(blob);
      box.append(h("figure", {}, h("img", { src, alt: op.after_photos.includes(photo) ? t("after") : t("Photo"), onload: () => URL.revokeObjectURL(src) }), h("figcaption", {}, op.arrived.includes(photo.id) ? t("arrived") : t("to be sent"))));
    });
  }
  return box;
}
