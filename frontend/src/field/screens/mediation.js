// Two sides agreed on the spot. The record says so in a minute and goes to the office for disputes.
import { go, h, icon, outbox, screen, store, t, toast } from "../core/app.js";
import { changing, keeper } from "../parts/draft.js";
import { live } from "../parts/live.js";
import { photoRow } from "../parts/photos.js";
import { placeField, positionNow } from "../parts/place.js";
import { today } from "../parts/premises.js";
import { textField } from "../parts/text.js";
import { laterDay } from "../rules/checklist.js";
import { top } from "../ui/top.js";

const NAME = "mediation";
const SUBJECTS = () => [t("Noise"), t("Water leak"), t("Rent or deposit"), t("Wages"), t("Neighbours"), t("Parking"), t("Shared space"), t("Pets"), t("Goods or service")];
const EMPTY = { where: null, address: "", parties: [{ name: "", phone: "" }, { name: "", phone: "" }], about: "", agreement: "", isAtOnce: true, done_by: "", signed: false };

screen("/mediation", async () => {
  const kept = store.draft(NAME);
  return recording({ id: crypto.randomUUID(), ...structuredClone(EMPTY), ...kept, photos: kept ? await store.draftPhotos(NAME) : [], isResumed: Boolean(kept) });
}, { tab: "report" });

function recording(said) {
  const draft = keeper(NAME);
  const keep = () => {
    const { photos, isResumed: _, ...value } = said;
    draft.keep(value, photos);
  };
  const { put, quiet } = changing({ said, keep, draw: () => draw() });
  const body = h("div", { class: "stack wide-gap" });
  const part = (n, title, ...content) => h("section", { class: "part" }, h("h2", {}, h("span", { class: "part-n", "aria-hidden": "true" }, n), title), content);

  const party = (one, n) => h("fieldset", { class: "party-row" }, h("legend", {}, t("Side {n}", { n: n + 1 })),
    field(`party-${n}-name`, t("Name or how they are called"), one.name, (name) => quietParty(n, { name }), { maxlength: 40 }),
    field(`party-${n}-phone`, t("Phone, if they want to be called"), one.phone, (phone) => quietParty(n, { phone }), { maxlength: 20, type: "tel" }),
    said.parties.length > 2 && h("button", { class: "btn quiet small", type: "button", "data-key": `drop-${n}`, onclick: () => put({ parties: said.parties.filter((_, other) => other !== n) }) }, t("Take this side out")));
  const quietParty = (n, news) => quiet({ parties: said.parties.map((one, other) => (other === n ? { ...one, ...news } : one)) });
  const field = (id, label, value, change, kind) => {
    const input = h("input", { id, value, autocomplete: "off", ...kind });
    input.addEventListener("input", () => change(input.value));
    return h("div", { class: "field" }, h("label", { for: id }, label), input);
  };
  const days = () => [[1, t("Tomorrow")], [3, t("In 3 days")], [7, t("In a week")], [30, t("In 30 days")]];

  const draw = live(body, () => [
    part("1", t("Who"), said.parties.map(party), said.parties.length < 4 && h("button", { class: "btn", type: "button", "data-key": "more", onclick: () => put({ parties: [...said.parties, { name: "", phone: "" }] }) }, icon("plus"), t("Another side"))),
    part("2", t("What about"), h("div", { class: "chips" }, SUBJECTS().map((words) => h("button", { class: "chip", type: "button", "data-key": `about-${words}`, "aria-pressed": String(said.about.startsWith(words)), onclick: () => put({ about: said.about.startsWith(words) ? "" : words }) }, words))), textField({ id: "about", label: t("In words"), value: said.about, isRequired: true, rows: 2, change: (about) => quiet({ about }) })),
    part("3", t("What they agreed"), textField({ id: "agreement", label: t("Agreement"), value: said.agreement, isRequired: true, rows: 3, most: 1000, change: (agreement) => quiet({ agreement }) }),
      h("div", { class: "verdicts two", role: "group", "aria-label": t("Kept when?") },
        h("button", { class: "verdict pass", type: "button", "data-key": "at-once", "aria-pressed": String(said.isAtOnce), onclick: () => put({ isAtOnce: true, done_by: "" }) }, icon("check"), t("Kept at once")),
        h("button", { class: "verdict na", type: "button", "data-key": "later", "aria-pressed": String(!said.isAtOnce), onclick: () => put({ isAtOnce: false, done_by: said.done_by || laterDay(today(), 3) }) }, icon("calendar"), t("By a day"))),
      !said.isAtOnce && h("div", { class: "stack" }, h("div", { class: "chips" }, days().map(([n, words]) => h("button", { class: "chip", type: "button", "data-key": `day-${n}`, "aria-pressed": String(said.done_by === laterDay(today(), n)), onclick: () => put({ done_by: laterDay(today(), n) }) }, words))), field("done-by", t("Day"), said.done_by, (day) => quiet({ done_by: day }), { type: "date", min: today() }))),
    part("4", t("Where"), placeField({ where: said.where, address: said.address, change: (where) => put({ where, address: where.address ?? said.address }), say: (address) => quiet({ address }) })),
    part("5", t("Signed paper"), photoRow({ photos: said.photos, most: store.part("me").photo.most, words: t("Signed paper"), change: (photos) => put({ photos, signed: photos.length > 0 || said.signed }) }),
      h("label", { class: "switch tall" }, h("input", { type: "checkbox", role: "switch", checked: said.signed, "data-key": "signed", onchange: (event) => put({ signed: event.target.checked }) }), h("span", {}, t("Both sides have signed")))),
  ]);

  function missing() {
    if (said.parties.filter(({ name }) => name.trim()).length < 2) return [t("Name both sides."), "#party-0-name"];
    if (!said.about.trim()) return [t("Say what it was about."), "#about"];
    if (!said.agreement.trim()) return [t("Write what they agreed."), "#agreement"];
    if (!said.isAtOnce && !said.done_by) return [t("Choose the day."), "#done-by"];
    return null;
  }

  async function save(event) {
    const problem = missing();
    if (problem) {
      toast(problem[0], { tone: "warn" });
      body.querySelector(problem[1])?.focus();
      return;
    }
    event.target.closest("button")?.setAttribute("aria-busy", "true");
    const where = said.where ?? (await positionNow(6000));
    if (!where) {
      event.target.closest("button")?.removeAttribute("aria-busy");
      body.querySelector("[data-key=by-device]")?.scrollIntoView({ block: "center" });
      return;
    }
    await draft.flush();
    await draft.settle();
    await outbox.add("mediation", {
      lon: where.lon, lat: where.lat, address: said.address.trim(), ...(where.premises && { premises: where.premises }),
      parties: said.parties.filter(({ name }) => name.trim()).map(({ name, phone }) => ({ name: name.trim(), phone: phone.trim() })), about: said.about.trim(), agreement: said.agreement.trim(), done_by: said.isAtOnce ? null : said.done_by, signed: said.signed,
    }, { id: said.id, photos: said.photos, place: where.by === "device" ? { lon: where.lon, lat: where.lat, accuracy_m: where.accuracy_m, at: where.at } : null, title: t("Quick mediation"), draft: NAME });
    draft.leave();
    toast(t("Saved. It goes to the office for disputes when there is a network."), { tone: "ok" });
    go("/", { replace: true });
  }

  const node = h("section", { class: "page" },
    top(t("Quick mediation"), { otherwise: "/report" }),
    h("div", { class: "message" }, icon("heart-handshake"), h("span", {}, t("For an oral agreement reached on the spot. The record is handed to the office for disputes; names and phones are stored encrypted, and only that office reads them."))),
    said.isResumed && h("div", { class: "message" }, icon("history"), h("span", {}, t("You had begun this record; it goes on where you were."))),
    body,
    h("button", { class: "btn primary big wide", type: "button", onclick: save }, t("Save and hand over")));
  node.leave = () => draft.leave();
  return node;
}
