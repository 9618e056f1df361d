// What is known of premises, and what of it is not so: corrections are sent field by field.
import { go, h, icon, link, outbox, place, screen, shownDay, store, t, toast } from "../core/app.js";
import { keeper } from "../parts/draft.js";
import { live } from "../parts/live.js";
import { classWords, gradeWords, kindWords, STATUS_CODES, statusWords, visitOf } from "../parts/premises.js";
import { top } from "../ui/top.js";
import { pathOf } from "./scan.js";

screen("/premises/:code", async ({ code }) => {
  const premises = store.find("premises", code);
  if (!premises) return h("section", { class: "page" }, h("h1", {}, code), h("div", { class: "empty" }, icon("map-search"), h("b", {}, t("These premises are not on this device.")), link("/patrol", { class: "btn" }, t("To the list"))));
  return shown(withCorrections(premises));
}, { tab: "patrol" });

// What was corrected here already, but not yet known to the server.
function withCorrections(premises) {
  const waiting = outbox.about("code", premises.code).filter((op) => op.kind === "premises" && ["waiting", "deciding"].includes(op.state));
  const changes = Object.assign({}, ...waiting.map((op) => Object.fromEntries(Object.entries(op.body.changes).map(([field, { to }]) => [field, to]))));
  return { ...premises, ...changes, waits: waiting.length > 0 };
}

const fact = (words, value) => value && [h("dt", {}, words), h("dd", {}, value)];

function shown(premises) {
  const near = store.part("work").near.filter((row) => row.premises === premises.code || (premises.lon != null && row.lon === premises.lon && row.lat === premises.lat));
  return h("section", { class: "page" },
    top(premises.name || premises.code, { otherwise: "/patrol" }),
    premises.waits && h("div", { class: "message" }, icon("clock"), h("span", {}, t("Your correction waits to be sent."))),
    h("div", { class: "card" }, h("div", { class: "card-body" }, h("dl", { class: "facts" },
      fact(t("Address"), premises.address), fact(t("Kind"), kindWords(premises.kind)), fact(t("Class"), classWords(premises)), fact(t("Grade"), gradeWords(premises)), fact(t("Status"), statusWords(premises.status)),
      fact(t("Code"), h("span", { class: "num" }, premises.code)), fact(t("Last visit"), premises.last_on ? shownDay(premises.last_on) : t("Never visited")), fact(t("Due"), premises.due_on && shownDay(premises.due_on))))),
    h("div", { class: "stack" },
      link(pathOf(premises.code), { class: "btn primary big wide" }, icon("checklist"), visitOf(premises.code) ? t("Visited today") : t("Visit these premises")),
      link(`/report?premises=${encodeURIComponent(premises.code)}`, { class: "btn big wide" }, icon("camera"), t("Report something here")),
      premises.lon != null && link(`/map?lon=${premises.lon}&lat=${premises.lat}`, { class: "btn big wide" }, icon("map-2"), t("On the map")),
      link(`/premises/${encodeURIComponent(premises.code)}/correct`, { class: "btn big wide" }, icon("pencil"), t("Something here is not so"))),
    near.length > 0 && h("section", { class: "part" }, h("h2", {}, t("Open matters here")), h("ul", { class: "plain-list" }, near.map((row) => h("li", { class: "same-line" }, h("div", {}, h("b", {}, row.title), h("small", { class: "muted" }, row.state_label)))))));
}

screen("/premises/:code/correct", async ({ code }) => {
  const known = store.find("premises", code);
  return known ? correcting(known) : go("/patrol", { replace: true }) ?? h("section", {});
}, { tab: "patrol" });

function correcting(premises) {
  const name = `premises:${premises.code}`;
  const now = withCorrections(premises);
  const said = { name: now.name, address: now.address, status: now.status, klass: now.klass, ...store.draft(name) };
  const draft = keeper(name);
  const classes = store.part("lists").classes?.[premises.kind] ?? [];
  const form = h("div", { class: "stack wide-gap" });
  const put = (news, isQuiet = false) => {
    Object.assign(said, news);
    draft.keep(said);
    if (!isQuiet) draw();
  };
  const input = (field, label, most) => {
    const element = h("input", { id: field, value: said[field] ?? "", maxlength: most, autocomplete: "off" });
    element.addEventListener("input", () => put({ [field]: element.value }, true));
    return h("div", { class: "field" }, h("label", { for: field }, label), element);
  };
  const chips = (field, label, rows) => h("div", { class: "field", role: "group", "aria-label": label }, h("span", { class: "field-label" }, label), h("div", { class: "chips" }, rows.map(([code, words]) => h("button", { class: "chip", type: "button", "data-key": `${field}-${code}`, "aria-pressed": String(said[field] === code), onclick: () => put({ [field]: code }) }, words))));
  const draw = live(form, () => [
    input("name", t("Name"), 120), input("address", t("Address"), 240),
    chips("status", t("Status"), STATUS_CODES.map((code) => [code, statusWords(code)])),
    classes.length > 0 && chips("klass", t("Class"), classes.map(({ code, name: words }) => [code, words])),
    premises.grade && h("p", { class: "muted small" }, t("{grade}. The grade is set by the station from the visits; it is not corrected here.", { grade: gradeWords(premises) })),
  ]);

  async function save(event) {
    const changes = Object.fromEntries(["name", "address", "status", "klass"].filter((field) => String(said[field] ?? "").trim() !== String(now[field] ?? "")).map((field) => [field, { from: now[field] ?? "", to: String(said[field] ?? "").trim() }]));
    if (!Object.keys(changes).length) return toast(t("Nothing was changed."), { tone: "warn" });
    if (changes.name?.to === "" || changes.address?.to === "") return toast(t("Name and address cannot be empty."), { tone: "warn" });
    event.target.closest("button")?.setAttribute("aria-busy", "true");
    await draft.flush();
    await draft.settle();
    await outbox.add("premises", { code: premises.code, base_changed_at: premises.changed_at, changes }, { place: await place({ wait: 4000 }), title: premises.name, draft: name });
    draft.leave();
    toast(t("Correction saved. If somebody else changed the same, both are shown to you."), { tone: "ok" });
    return go(`/premises/${encodeURIComponent(premises.code)}`, { replace: true });
  }

  const node = h("section", { class: "page" },
    top(t("Correct the facts"), { otherwise: `/premises/${encodeURIComponent(premises.code)}` }),
    h("p", { class: "muted" }, t("About the place only: who lives or works here is none of this list.")),
    form,
    h("button", { class: "btn primary big wide", type: "button", onclick: save }, t("Save the correction")));
  node.leave = () => draft.leave();
  return node;
}
