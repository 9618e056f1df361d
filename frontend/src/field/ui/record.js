// How a record looks in the outbox: what it is, how far it has come, and its content in words.
import { h, icon, say, shownMoment, state, store, t } from "../core/app.js";
import { valueWords } from "../parts/premises.js";

const KINDS = {
  visit: { label: say("Visit"), icon: "home-check" },
  report: { label: say("Report"), icon: "camera" },
  join: { label: say("Addition to a matter"), icon: "message-plus" },
  move: { label: say("Matter"), icon: "arrow-right-circle" },
  call: { label: say("Answer to a call"), icon: "phone-check" },
  premises: { label: say("Correction of premises"), icon: "edit" },
  mediation: { label: say("Quick mediation"), icon: "users" },
  shift: { label: say("Shift"), icon: "clock" },
  appeal: { label: say("Objection to a figure"), icon: "flag" },
  decide: { label: say("Decision"), icon: "git-compare" },
};
export const kindOf = (op) => KINDS[op.kind] ?? { label: op.kind, icon: "file" };

export const photosOf = (op) => [...op.photos, ...op.after_photos];

// One sentence: where the record is and what it waits for.
export function standing(op) {
  if (!op.isKept && op.state === "waiting") return { tone: "late", icon: "alert-triangle", words: t("Only in memory: the device is full") };
  if (op.state === "done") return { tone: "ok", icon: "circle-check", words: op.result?.number ? t("Received · {number}", { number: op.result.number }) : t("Received") };
  if (op.state === "conflict") return { tone: "warn", icon: "git-compare", words: t("Changed on both sides: please decide") };
  if (op.state === "refused") return { tone: "late", icon: "alert-triangle", words: refusal(op) };
  if (op.state === "deciding") return { tone: "civic", icon: "cloud-upload", words: t("Your decision is on its way") };
  return waiting(op);
}

// What the server said; what only this device knows is said here.
export const refusal = (op) => (op.result?.code === "photo" && !op.words ? t("One photo of this record can no longer be read on this device.") : op.words || t("Not accepted"));

function waiting(op) {
  const photos = photosOf(op);
  const missing = photos.length - op.arrived.length;
  if (state.photo?.op === op.id) return { tone: "civic", icon: "cloud-upload", words: t("Photo {n} of {all} is on its way, {part} %", { n: op.arrived.length + 1, all: photos.length, part: Math.round(state.photo.part * 100) }) };
  if (op.words) return { tone: "calm", icon: "hourglass", words: op.words };
  if (state.trouble === "offline") return { tone: "calm", icon: "wifi-off", words: missing ? t("Waits for a network, with {n} photos", { n: missing }) : t("Waits for a network") };
  if (state.session !== "in") return { tone: "warn", icon: "login", words: t("Waits until you sign in") };
  return { tone: "calm", icon: "hourglass", words: missing ? t("{n} photos to send first", { n: missing }) : t("Waits to be sent") };
}

export function recordRow(op) {
  const kind = kindOf(op);
  const now = standing(op);
  return h(
    "a",
    { class: "record", href: op.state === "conflict" || op.state === "refused" ? `#/conflict/${op.id}` : `#/outbox/${op.id}` },
    h("span", { class: `record-icon ${now.tone}` }, icon(kind.icon)),
    h("span", { class: "record-body" }, h("b", { class: "clip-2" }, op.title || t(kind.label)), h("span", { class: "muted small" }, [op.title && t(kind.label), shownMoment(op.made_at)].filter(Boolean).join(" · ")), h("span", { class: `record-state ${now.tone}` }, icon(now.icon), h("span", {}, now.words))),
    icon("chevron-right"),
  );
}

const OUTCOMES = { visited: say("Visited"), nobody: say("Nobody there"), no_entry: say("No entry"), gone: say("No longer there") };
const ANSWERS = { accept: say("accepted"), refuse: say("refused"), done: say("done") };
const VERDICTS = { pass: say("fit"), fail: say("not fit"), na: say("not applicable") };
const yes = (value) => (value ? t("yes") : t("no"));

// What of a body a person can read, in order. Ids that mean nothing to people stay out.
const LINES = {
  text: { label: say("Words") },
  item_id: { label: say("Item"), show: (id) => store.find("items", id)?.name },
  premises: { label: say("Premises"), show: (code) => store.find("premises", code)?.name ?? code },
  code: { label: say("Premises"), show: (code) => store.find("premises", code)?.name ?? code },
  address: { label: say("Address") },
  outcome: { label: say("Outcome"), show: (value) => t(OUTCOMES[value] ?? value) },
  results: { label: say("Check-list"), show: resultsOf },
  number: { label: say("Matter") },
  move: { label: say("Deed"), show: (_move, body) => Object.values(body.values ?? {}).filter((value) => typeof value === "string" && value).join("；") },
  answer: { label: say("Answer"), show: (value) => t(ANSWERS[value] ?? value) },
  reason: { label: say("Reason") },
  deed: { label: say("Shift"), show: (value) => t(value === "start" ? say("begun") : say("ended")) },
  self_handled: { label: say("Settled on the spot"), show: (value) => value && yes(value) },
  changes: { label: say("Changes"), show: (changes) => Object.values(changes).map(({ from, to }) => `${from ? valueWords(from) : "—"} → ${to ? valueWords(to) : "—"}`).join("；") },
  parties: { label: say("Parties"), show: (rows) => rows.map((one) => [one.name, one.phone].filter(Boolean).join(" ")).join("；") },
  about: { label: say("About") },
  agreement: { label: say("Agreement") },
  done_by: { label: say("To be done by"), show: (value) => shownMoment(value) },
  figure: { label: say("Figure") },
  note: { label: say("Note") },
};

function resultsOf(results) {
  const count = (verdict) => results.filter((one) => one.verdict === verdict).length;
  return Object.keys(VERDICTS).filter(count).map((verdict) => t("{n} {verdict}", { n: count(verdict), verdict: t(VERDICTS[verdict]) })).join(" · ");
}

export function contentOf(op) {
  const rows = Object.entries(LINES)
    .filter(([name]) => op.body[name] != null && op.body[name] !== "" && op.body[name] !== false)
    .map(([name, { label, show }]) => [t(label), show ? show(op.body[name], op.body) : String(op.body[name])])
    .filter(([, value]) => value);
  rows.push([t("Made at"), shownMoment(op.made_at)]);
  if (op.place) rows.push([t("Position"), t("{lon}, {lat}, accurate to {n} m", { lon: op.place.lon.toFixed(5), lat: op.place.lat.toFixed(5), n: op.place.accuracy_m ?? "?" })]);
  return h("dl", { class: "facts" }, rows.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}
