// Anything else: the camera first, then what it is, where it is, and as few words as may be.
import { go, h, icon, link, outbox, place, screen, sheet, shownDistance, shownMoment, store, t, toast } from "../core/app.js";
import { takePhotos } from "../parts/camera.js";
import { changing, keeper } from "../parts/draft.js";
import { chosenItem, itemPicker } from "../parts/item.js";
import { live } from "../parts/live.js";
import { photoRow } from "../parts/photos.js";
import { placeField, positionNow } from "../parts/place.js";
import { isAnswered, questionFields } from "../parts/questions.js";
import { textField } from "../parts/text.js";
import { likelySame } from "../rules/nearby.js";
import { top } from "../ui/top.js";

const factsOf = ({ taken_at = null, lon = null, lat = null, from = "" }) => ({ taken_at, lon, lat, from });
const EMPTY = { item_id: null, text: "", where: null, address: "", answers: {}, isUrgent: false, isFixed: false, isNew: false };

async function begun(name, premises) {
  const kept = store.draft(name);
  const at = premises && { lon: premises.lon, lat: premises.lat, accuracy_m: null, by: "premises", premises: premises.code, name: premises.name, address: premises.address };
  if (!kept) return { ...EMPTY, id: crypto.randomUUID(), where: at, address: premises?.address ?? "", photos: [], after: [] };
  const photos = (await store.draftPhotos(name)).map((photo) => ({ ...photo, ...kept.facts?.[photo.id] }));
  return { ...EMPTY, ...kept, photos: photos.filter(({ id }) => !kept.after.includes(id)), after: photos.filter(({ id }) => kept.after.includes(id)), isResumed: true };
}

const written = ({ photos, after, isResumed: _, ...rest }) => ({ ...rest, after: after.map(({ id }) => id), facts: Object.fromEntries([...photos, ...after].map((photo) => [photo.id, factsOf(photo)])) });

const mayOpenCamera = async () => {
  const state = await navigator.permissions?.query({ name: "camera" }).catch(() => null); // not every browser tells of the camera
  return state?.state === "granted";
};

screen("/report", async ({ query }) => {
  const premises = query.get("premises") ? store.find("premises", query.get("premises")) : null;
  const name = premises ? `report:${premises.code}` : "report";
  const said = await begun(name, premises);
  return reporting({ name, said, premises, preset: query.get("item"), startsCamera: !said.isResumed && (await mayOpenCamera()) });
}, { tab: "report" });

function reporting({ name, said, premises, preset, startsCamera }) {
  const draft = keeper(name);
  const { most } = store.part("me").photo;
  if (preset && !said.item_id) said.item_id = store.find("items", preset)?.id ?? null;
  const asked = { text: "" };
  const body = h("div", { class: "stack wide-gap" });
  const foot = h("div", { class: "foot-bar" });
  const item = () => (said.item_id == null ? null : store.find("items", said.item_id));
  const keep = () => draft.keep(written(said), [...said.photos, ...said.after]);
  const { put, quiet } = changing({ said, keep, draw: () => draw() });

  // The record is being made: this is the moment to ask where.
  const photosChanged = async (photos) => {
    put({ photos });
    if (said.where || !photos.length) return;
    const taken = photos.find((photo) => photo.lon != null && photo.from !== "camera");
    if (taken) return put({ where: { lon: taken.lon, lat: taken.lat, accuracy_m: 30, by: "device" } });
    const where = await positionNow();
    if (where && !said.where) put({ where });
  };
  const first = async () => {
    const taken = await takePhotos({ words: t("Report"), most: most - said.photos.length, quick: false });
    if (taken.length) await photosChanged([...said.photos, ...taken]); // a camera that was only closed begins no report
  };

  const sections = () => [
    part("1", t("Photos"), said.photos.length ? photoRow({ photos: said.photos, most, words: t("Photos"), change: photosChanged }) : h("button", { class: "camera-first", type: "button", "data-key": "first", onclick: first }, icon("camera"), h("b", {}, t("Take photos")), h("small", {}, t("One from near, one from further off"))), needs()),
    part("2", t("What is it?"), item() ? chosenItem(item(), { change: () => put({ item_id: null, answers: {}, isNew: false }), star: async () => { await store.favour(item().id); draw(); } }) : itemPicker((chosen) => put({ item_id: chosen.id, answers: {}, isNew: false, isFixed: false }), asked)),
    item()?.emergency && emergency(item().emergency),
    part("3", t("Where is it?"), placeField({ where: said.where, address: said.address, change: (where) => put({ where, address: where.address ?? said.address, isNew: false }), say: (address) => quiet({ address }) })),
    doubles(),
    item() && part("4", t("What is there to say?"), questionFields(item().questions ?? [], said.answers, (id, value) => put({ answers: { ...said.answers, [id]: value } })), textField({ id: "text", label: t("In words"), value: said.text, purpose: "report", rows: 3, most: 2000, change: (text) => quiet({ text }) })),
    item() && h("div", { class: "stack" },
      item().self_handled && fixed(),
      h("label", { class: "switch tall" }, h("input", { type: "checkbox", role: "switch", checked: said.isUrgent, "data-key": "urgent", onchange: (event) => put({ isUrgent: event.target.checked }) }), h("span", {}, t("Urgent: somebody may come to harm soon")))),
  ];
  const part = (n, title, ...content) => h("section", { class: "part" }, h("h2", {}, h("span", { class: "part-n", "aria-hidden": "true" }, n), title), content);
  const needs = () => item()?.report_photos > said.photos.length && h("p", { class: "muted small" }, t("This item asks for {n} photos.", { n: item().report_photos }));

  const fixed = () => h("div", { class: "stack" },
    h("button", { class: "btn wide", type: "button", "data-key": "fixed", "aria-pressed": String(said.isFixed), onclick: async () => {
      if (said.isFixed) return put({ isFixed: false });
      const after = await takePhotos({ words: t("After it was put right"), most: 1 });
      return after.length ? put({ isFixed: true, after }) : toast(t("“Put right on the spot” needs a photo of the result."), { tone: "warn" });
    } }, icon("tool"), said.isFixed ? t("It was not put right after all") : t("Put right on the spot: photo of the result")),
    said.isFixed && h("div", { class: "field" }, h("span", { class: "field-label" }, t("After")), photoRow({ photos: said.after, most, words: t("After it was put right"), key: "after", small: true, change: (after) => put({ after }) })));

  function doubles() {
    const rows = likelySame({ item_id: said.item_id, ...said.where }, store.part("work").near, outbox.list()).filter(({ op }) => op !== said.id);
    if (!rows.length) return null;
    if (said.isNew) return h("p", { class: "muted" }, icon("check"), t("Another thing than the ones nearby."), " ", h("button", { class: "btn link", type: "button", "data-key": "look-again", onclick: () => put({ isNew: false }) }, t("Look again")));
    return h("section", { class: "part same" }, h("h2", {}, icon("copy"), t("Is it one of these?")),
      h("ul", { class: "plain-list" }, rows.slice(0, 5).map((row) => h("li", { class: "same-line" },
        h("div", {}, h("b", {}, row.title), h("small", { class: "muted" }, [row.state_label ?? t("Waits on this device"), shownDistance(row.metres), shownMoment(row.reported_at)].join(" · "))),
        row.number && h("button", { class: "btn", type: "button", "data-key": `join-${row.number}`, onclick: () => join(row) }, t("It is this one"))))),
      h("button", { class: "btn wide", type: "button", "data-key": "is-new", onclick: () => put({ isNew: true }) }, t("No, it is another thing")));
  }

  async function join(row) {
    await draft.flush();
    await draft.settle();
    await outbox.add("join", { number: row.number, text: said.text || item()?.name || "" }, { id: said.id, photos: said.photos, place: deviceOf(said.where) ?? (await place({ wait: 4000 })), title: row.title, draft: name });
    draft.leave();
    toast(t("Your photos and words are added to “{title}”.", { title: row.title }), { tone: "ok" });
    go(premises ? `/visit/${encodeURIComponent(premises.code)}` : "/", { replace: true });
  }

  const missing = () => {
    if (!item()) return [t("Say what it is about."), ".part #item"];
    if (said.where?.lon == null) return [t("Say where it is: position, map or premises."), "[data-key=by-device]"];
    const [question] = (item().questions ?? []).filter((one) => !isAnswered(one, said.answers));
    if (question) return [t("Please answer: {question}", { question: question.text }), `[data-key^="question-${question.id}"], [aria-labelledby="question-${question.id}"]`];
    return null;
  };

  async function save(event) {
    const problem = missing();
    if (problem) {
      toast(problem[0], { tone: "warn" });
      const at = body.querySelector(problem[1]);
      at?.scrollIntoView({ block: "center" });
      at?.focus({ preventScroll: true });
      return;
    }
    const need = item().report_photos ?? 0;
    if (said.photos.length < Math.min(1, need) && !(await goesWithoutPhoto())) return;
    event.target.closest("button")?.setAttribute("aria-busy", "true");
    await draft.flush();
    await draft.settle();
    await store.used(item().id);
    const { where } = said;
    const near = likelySame({ item_id: said.item_id, ...where }, store.part("work").near);
    const text = said.text.trim() || item().name;
    await outbox.add("report", {
      item_id: item().id, text, lon: where.lon, lat: where.lat, accuracy_m: where.accuracy_m ?? null, address: said.address.trim(), premises: where.premises ?? "",
      answers: said.answers, self_handled: said.isFixed, is_new: near.length > 0 && said.isNew, urgent: said.isUrgent, photo_facts: said.photos.map(factsOf),
    }, { id: said.id, photos: said.photos, after_photos: said.isFixed ? said.after : [], place: deviceOf(where) ?? (await place({ wait: 4000 })), title: item().name, draft: name });
    draft.leave();
    await saved(text);
  }

  async function saved(text) {
    const answer = await sheet({
      title: t("Saved on this device"),
      body: h("div", { class: "stack" }, h("p", {}, h("b", {}, item().name), " ", text === item().name ? "" : text), h("p", { class: "muted" }, said.isFixed ? t("It is closed as settled on the spot once it has been sent.") : t("It is sent by itself when there is a network."))),
      acts: [{ label: t("Report another"), value: "again" }, { label: premises ? t("Back to the premises") : t("Done"), value: "", tone: "primary" }],
    });
    if (answer === "again") go("/report");
    else go(premises ? `/visit/${encodeURIComponent(premises.code)}` : "/", { replace: true });
  }

  const footOf = () => [
    h("span", { class: "foot-said" }, item()?.name ?? "", h("small", {}, said.photos.length ? t("{n} photos", { n: said.photos.length }) : t("No photo yet"))),
    h("button", { class: "btn big primary", type: "button", "data-key": "save", onclick: save }, said.isFixed ? t("Save, settled") : t("Save the report")),
  ];
  const drawBody = live(body, sections);
  const drawFoot = live(foot, footOf);
  function draw() {
    drawBody();
    drawFoot();
  }

  const discard = async () => {
    const isSure = await sheet({ title: t("Throw this report away?"), body: t("Photos and words of it are deleted from this device."), acts: [{ label: t("Throw away"), value: true, tone: "danger" }, { label: t("Go on writing"), value: false, tone: "primary" }] });
    if (!isSure) return;
    await draft.settle();
    await store.dropDraft(name);
    draft.leave();
    go("/", { replace: true });
  };
  const away = () => h("button", { class: "btn quiet", type: "button", onclick: discard }, icon("trash"), t("Throw away"));
  const node = h("section", { class: "page report" },
    premises ? top(t("Report"), { otherwise: `/visit/${encodeURIComponent(premises.code)}`, side: away() }) : h("header", { class: "top" }, h("h1", {}, t("Report")), away()),
    said.isResumed && h("div", { class: "message" }, icon("history"), h("span", {}, t("You had begun this report; it goes on where you were."))),
    body,
    !premises && link("/mediation", { class: "btn wide" }, icon("heart-handshake"), t("Two sides agreed on the spot: quick mediation record")),
    foot);
  node.leave = () => draft.leave();
  if (startsCamera) queueMicrotask(first);
  return node;
}

// The place of the record is where the officer stood; a pin on the map is where the thing is.
const deviceOf = (where) => (where?.by === "device" && where.at ? { lon: where.lon, lat: where.lat, accuracy_m: where.accuracy_m, at: where.at } : null);

// The numbers the notice itself names, large enough to be hit; without any, the first ones of the list.
function emergency(words) {
  const all = store.part("me").emergency;
  const named = all.filter(({ phone }) => words.includes(phone));
  const numbers = named.length ? named : all.slice(0, 3);
  return h("div", { class: "message late emergency", role: "alert" }, icon("alert-triangle"), h("div", { class: "stack" }, h("b", {}, words), numbers.length > 0 && h("div", { class: "chips" }, numbers.map((one) => h("a", { class: "chip late", href: `tel:${one.phone}` }, icon("phone"), `${one.phone} ${one.words.replace(/（.*$/, "")}`)))));
}
