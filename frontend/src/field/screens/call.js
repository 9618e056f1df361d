// What dispatch asks of this officer: verify, check, visit again, or come at once. Accept it, do it, or refuse with a reason.
import { go, h, icon, link, outbox, place, say, screen, sheet, shownMoment, signals, store, t, toast } from "../core/app.js";
import { changing, keeper } from "../parts/draft.js";
import { live } from "../parts/live.js";
import { photoRow } from "../parts/photos.js";
import { textField } from "../parts/text.js";
import { stateOf } from "../rules/calls.js";
import { clock } from "../ui/clock.js";
import { top } from "../ui/top.js";

const KINDS = {
  verify: { title: say("Verify on site"), asks: say("Is it as reported?") },
  check: { title: say("Check the result"), asks: say("Has it been put right?") },
  revisit: { title: say("Visit again"), asks: say("Look whether it is in order now.") },
  urgent: { title: say("Urgent call"), asks: say("Come as fast as is safe.") },
};
const STAGES = { report: say("As reported"), hand_in: say("After handling"), verify: say("When verified"), check: say("When checked"), fail_check: say("When checked") };

screen("/call/:id", async ({ id }) => {
  const call = store.find("calls", id);
  if (!call) return gone();
  const name = `call:${id}`;
  const kept = store.draft(name);
  const photos = kept ? await store.draftPhotos(name) : [];
  return calling({ call, name, said: { id: crypto.randomUUID(), verdict: "", note: "", ...kept, photos } });
}, { tab: "today" });

const gone = () => h("section", { class: "page" }, h("h1", {}, t("Call")), h("div", { class: "empty" }, icon("circle-check"), h("b", {}, t("This call is not open any more.")), h("p", {}, t("It is done, was withdrawn, or went to somebody else.")), link("/", { class: "btn" }, t("To today"))));

function calling({ call, name, said }) {
  const draft = keeper(name);
  const node = h("section", { class: `page call-page ${call.kind}` });
  const kind = KINDS[call.kind] ?? KINDS.verify;
  const keep = () => {
    const { photos, ...value } = said;
    draft.keep(value, photos);
  };
  const { put, quiet } = changing({ said, keep, draw: () => draw() });
  const premises = store.find("premises", call.premises || call.matter?.premises);

  const draw = live(node, () => [
    top(t(kind.title), { side: call.due_at && clock(call.due_at) }),
    call.kind === "urgent" && stateOf(call) === "sent" && h("div", { class: "alarm", role: "alert" }, icon("urgent"), h("b", {}, call.words || call.matter?.title)),
    call.words && (call.kind === "urgent" ? stateOf(call) !== "sent" : !call.matter || call.kind === "revisit") && h("p", { class: "call-words" }, call.words),
    call.matter && matterCard(call.matter),
    premises && h("a", { class: "premises-link", href: `#/premises/${encodeURIComponent(premises.code)}` }, h("span", { class: "door-main" }, h("b", {}, premises.name), h("span", { class: "door-where" }, premises.address)), icon("chevron-right")),
    ...next(),
  ]);

  function next() {
    const state = stateOf(call);
    if (state === "done") return [h("div", { class: "message ok" }, icon("circle-check"), h("span", {}, t("Done. Your answer is in the outbox or sent already."))), link("/", { class: "btn primary big wide" }, t("To today"))];
    if (state === "refused") return [h("div", { class: "message" }, icon("arrow-forward-up"), h("span", {}, t("Refused with a reason. Dispatch asks somebody else."))), link("/", { class: "btn primary big wide" }, t("To today"))];
    if (state === "sent") return [h("div", { class: "stack" }, h("button", { class: "btn big wide primary", type: "button", "data-key": "accept", onclick: () => answer("accept") }, icon("check"), call.kind === "urgent" ? t("I am on my way") : t("Accept")), h("button", { class: "btn big wide", type: "button", "data-key": "refuse", onclick: refuse }, t("Refuse, with a reason")))];
    return doing();
  }

  function doing() {
    if (call.kind === "revisit" && premises) return [link(`/visit/${encodeURIComponent(premises.code)}?call=${call.id}`, { class: "btn primary big wide" }, icon("checklist"), t("To the check-list")), refuseLink()];
    const moves = movesOf(call);
    if (!moves.length) return [h("p", { class: "muted" }, t("Write what you found; the centre goes on from there.")), words({ isRequired: true, purpose: "verify" }), call.matter && photos(), saveButton(() => note()), refuseLink()];
    return [
      h("h2", {}, t(kind.asks)),
      h("div", { class: "verdicts two", role: "group", "aria-label": t(kind.asks) }, moves.map((one) => h("button", { class: `verdict ${one.tone}`, type: "button", "data-key": one.key, "aria-pressed": String(said.verdict === one.key), onclick: () => put({ verdict: one.key }) }, icon(one.icon), one.words))),
      said.verdict && [photos(), words({ isRequired: isNoteNeeded(said.verdict), purpose: said.verdict === "fail_check" ? "check" : call.kind === "check" ? "check" : "verify" }), saveButton(move)],
      refuseLink(),
    ];
  }
  const photos = () => h("div", { class: "field" }, h("span", { class: "field-label" }, t("Photos from the spot")), photoRow({ photos: said.photos, most: store.part("me").photo.most, words: t(kind.title), change: (taken) => put({ photos: taken }) }));
  const words = ({ isRequired, purpose }) => textField({ id: "note", label: said.verdict === "fail_check" ? t("What is still not right?") : t("What you found"), value: said.note, purpose, isRequired, rows: 3, most: 2000, change: (text) => quiet({ note: text }) });
  const saveButton = (act) => h("button", { class: "btn primary big wide", type: "button", "data-key": "save", onclick: act }, t("Save"));
  const refuseLink = () => h("button", { class: "btn quiet wide", type: "button", "data-key": "refuse", onclick: refuse }, t("I cannot do it after all: give it back with a reason"));

  async function answer(choice, reason = "") {
    await outbox.add("call", { call: call.id, answer: choice, reason }, { place: await place({ wait: 3000 }), title: titleOf(call) });
    toast(choice === "accept" ? t("Accepted.") : t("Given back with your reason."), { tone: "ok" });
    if (choice === "accept") draw();
    else go("/", { replace: true });
  }

  async function refuse() {
    let reason = "";
    const choice = await sheet({
      title: t("Why not?"),
      body: h("div", { class: "stack" }, h("p", {}, t("Dispatch sees the reason and asks somebody else.")), textField({ id: "reason", label: t("Reason"), purpose: "refuse", isRequired: true, rows: 2, change: (text) => { reason = text; } })),
      acts: [{ label: t("Give it back"), value: "yes", tone: "primary" }, { label: t("Cancel"), value: "" }],
    });
    if (choice !== "yes") return;
    if (!reason.trim()) return void toast(t("Choose or write a reason."), { tone: "warn" });
    await answer("refuse", reason.trim());
  }

  async function move() {
    const { key, move: verb, values } = movesOf(call).find((one) => one.key === said.verdict);
    const text = said.note.trim();
    if (isNoteNeeded(key) && !text) return toast(t("Say in a few words what you found."), { tone: "warn" });
    return save("move", { number: call.matter.number, version: call.matter.version, move: verb, values: { ...values, ...(key === "fail_check" ? { reason: text } : { note: text }) }, call: call.id });
  }
  async function note() {
    const text = said.note.trim();
    if (!text) return toast(t("Say in a few words what you found."), { tone: "warn" });
    // A call that dispatch sent by hand ends by the officer's word; others end when their matter moves on.
    if (call.matter && !["urgent", "revisit"].includes(call.kind)) return save("move", { number: call.matter.number, version: call.matter.version, move: "note", values: { note: text }, call: call.id });
    return save("call", { call: call.id, answer: "done", reason: text });
  }
  async function save(verb, body) {
    await draft.flush();
    await draft.settle();
    await outbox.add(verb, body, { id: said.id, photos: said.photos, place: await place({ wait: 6000 }), title: titleOf(call), draft: name });
    draft.leave();
    toast(t("Saved on this device. It is sent by itself when there is a network."), { tone: "ok" });
    go("/", { replace: true });
  }

  const stop = signals.on("outbox", draw);
  node.leave = () => {
    stop();
    draft.leave();
  };
  return node;
}

const titleOf = ({ kind, matter, words }) => matter?.title || words || t((KINDS[kind] ?? KINDS.verify).title);

const isNoteNeeded = (verdict) => verdict !== "pass_check";

const MOVES = () => ({
  verify: [{ key: "yes", move: "verify", tone: "pass", icon: "check", words: t("It is as reported"), values: { is_true: "yes" } }, { key: "no", move: "verify", tone: "fail", icon: "x", words: t("It is not so"), values: { is_true: "no" } }],
  check: [{ key: "pass_check", move: "pass_check", tone: "pass", icon: "check", words: t("Passed"), values: {} }, { key: "fail_check", move: "fail_check", tone: "fail", icon: "x", words: t("Not passed"), values: {} }],
});
// Which answers are possible: what the matter's state allows, as the server told it.
function movesOf({ kind, matter }) {
  const all = MOVES();
  const mine = all[kind] ?? [...all.verify, ...all.check];
  return matter ? mine.filter(({ move }) => matter.moves.includes(move)) : [];
}

function matterCard(matter) {
  const before = matter.photos.filter(({ stage }) => stage !== "hand_in");
  const after = matter.photos.filter(({ stage }) => stage === "hand_in");
  const item = store.find("items", matter.item_id);
  return h("section", { class: "card matter" },
    h("div", { class: "card-body stack" },
      h("div", { class: "door-tags" }, h("span", { class: "tag civic" }, matter.state_label), h("span", { class: "muted small num" }, matter.number)),
      h("b", {}, matter.title),
      moreThanTitle(matter) && h("p", {}, moreThanTitle(matter)),
      h("p", { class: "where" }, icon("map-pin"), h("span", {}, matter.address || t("See the map"))),
      matter.lon != null && link(`/map?lon=${matter.lon}&lat=${matter.lat}`, { class: "btn" }, icon("map-2"), t("On the map")),
      h("p", { class: "muted small" }, t("Reported {when}", { when: shownMoment(matter.reported_at) })),
      item?.standards?.length > 0 && h("details", { class: "standard" }, h("summary", {}, t("Standard of “{item}”", { item: item.name })), h("dl", { class: "facts" }, item.standards.map((one) => [h("dt", {}, t("Counts as a fault")), h("dd", {}, one.when_counts), h("dt", {}, t("Is put right when")), h("dd", {}, one.when_done)]))),
      after.length ? h("div", { class: "beside" }, column(t("As reported"), before), column(t("After handling"), after)) : before.length > 0 && column(t("Photos"), before)));
}

// The title is often how the text begins: nobody reads the same words twice.
const moreThanTitle = ({ title, text }) => (text?.startsWith(title) ? text.slice(title.length).replace(/^[\s。，；、.,;]+/u, "") : text);

const column = (title, photos) => h("div", { class: "stack" }, h("h3", { class: "small-head" }, title), photos.length ? photos.map(picture) : h("p", { class: "muted small" }, t("No photo")));

// The small picture is on the device; the large one comes when there is a network.
function picture(photo, n) {
  const words = t("{stage}, photo {n}", { stage: t(STAGES[photo.stage] ?? STAGES.report), n: n + 1 });
  const image = h("img", { alt: words, loading: "lazy" });
  const button = h("button", { class: "shot wide", type: "button", onclick: () => large(photo, words, image.src) }, image);
  store.picture(photo.thumb).then((address) => {
    if (address) image.src = address;
    else button.replaceChildren(h("span", { class: "muted small" }, t("This photo is not on the device yet.")));
  });
  return button;
}

async function large(photo, words, thumb) {
  const image = h("img", { class: "large-photo", src: thumb, alt: words });
  store.picture(photo.url).then((address) => { if (address) image.src = address; });
  await sheet({ title: words, body: image });
}
