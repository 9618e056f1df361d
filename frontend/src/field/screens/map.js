// The own grids: premises by how pressing they are, open matters, the own pin on request. Everything is on the device.
import { fill, go, h, icon, outbox, place, screen, say, sheet, shownDistance, shownMoment, signals, store, t, toast } from "../core/app.js";
import { live } from "../parts/live.js";
import { drawMap, hasMap, NoMap } from "../parts/map.js";
import { premisesLine, stateOf } from "../parts/premises.js";
import { textField } from "../parts/text.js";
import { metresBetween } from "../rules/order.js";
import { pathOf } from "./scan.js";

const LEGEND = [["overdue", say("Overdue")], ["today", say("Due today")], ["visited", say("Visited")], ["plain", say("Not due")]];
const layers = { premises: true, matters: true };

const tasksByCode = () => new Map(store.part("work").tasks.map((task) => [task.premises, task]));
function points() {
  const tasks = tasksByCode();
  return store.premises().map((row) => ({ ...row, state: stateOf(row, tasks.get(row.code)) }));
}

screen("/map", async ({ query }) => {
  const shown = query.get("lon") ? { lon: Number(query.get("lon")), lat: Number(query.get("lat")) } : null;
  return hasMap() ? onMap(shown) : asList(t("This device cannot draw the map; here is the list."), shown);
}, { tab: "map" });

function onMap(shown) {
  const box = h("div", { class: "map-box", role: "application", "aria-label": t("Map of your grids. The same content stands in the list below the button “List”.") });
  const frame = h("div", { class: "map-frame" }, box);
  const said = h("p", { class: "unseen", role: "status" });
  const node = h("section", { class: "page map-page" }, h("h1", { class: "unseen" }, t("Map")), frame, said);
  let map = null;
  let tools = null;
  let pin = null;
  let isOver = false;

  const here = async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    const found = await place();
    button.removeAttribute("aria-busy");
    if (!found) return toast(place.trouble, { tone: "warn", stays: 8000 });
    pin?.remove();
    pin = tools.mark(map, found, h("div", { class: "my-pin" }, icon("current-location")));
    said.textContent = t("Accurate to about {n} m", { n: found.accuracy_m });
    return toast(said.textContent);
  };
  const toggle = (name) => (event) => {
    layers[name] = !layers[name];
    event.currentTarget.setAttribute("aria-pressed", String(layers[name]));
    tools?.show(map, name, layers[name]);
  };
  const list = () => fill(node, ...asList("", shown).childNodes);

  const start = async () => {
    const matters = store.part("work").near;
    map = await drawMap(box, { centre: shown, premises: points(), matters, tap: tapped });
    if (isOver) return map.remove();
    tools = await import("../parts/map-drawn.js");
    for (const [name, isOn] of Object.entries(layers)) if (!isOn) tools.show(map, name, false);
    if (shown) pin = tools.mark(map, shown, h("div", { class: "my-pin there" }, icon("map-pin")));
    frame.append(
      h("div", { class: "map-layers", role: "group", "aria-label": t("What is shown") },
        h("button", { class: "chip", type: "button", "aria-pressed": String(layers.premises), onclick: toggle("premises") }, t("Premises")),
        h("button", { class: "chip", type: "button", "aria-pressed": String(layers.matters), onclick: toggle("matters") }, t("Matters")),
        h("button", { class: "chip", type: "button", onclick: list }, icon("list"), t("List"))),
      h("button", { class: "btn square big map-here", type: "button", "aria-label": t("Show where I am"), onclick: here }, icon("current-location")),
      h("div", { class: "map-legend" }, LEGEND.map(([state, words]) => h("span", {}, h("i", { class: `dot ${state}` }), t(words))), h("span", {}, h("i", { class: "dot matter" }, "件"), t("Open matter"))));
    return undefined;
  };
  start().catch((error) => {
    if (!(error instanceof NoMap)) throw error;
    fill(node, ...asList(t("The map is not on this device yet; it comes with the next network. Here is the list."), shown).childNodes);
  });

  const stop = signals.on("outbox", () => { if (tools) tools.setPremises(map, points()); });
  node.leave = () => {
    isOver = true;
    stop();
    map?.remove();
  };
  return node;
}

async function tapped(found) {
  if (!found.length) return;
  const [only] = found;
  if (found.length === 1 && only.code) return openPremises(only.code);
  if (found.length === 1) return openMatter(only.number);
  const chosen = await sheet({ title: t("{n} here", { n: found.length }), body: (choose) => h("ul", { class: "plain-list" }, found.map((one) => h("li", {}, h("button", { class: "pick-line", type: "button", onclick: () => choose(one) }, h("b", {}, one.name ?? one.title), h("small", {}, one.code ? t("Premises") : t("Open matter")))))) });
  if (chosen?.code) await openPremises(chosen.code);
  else if (chosen) await openMatter(chosen.number);
}

async function openPremises(code) {
  const row = store.find("premises", code);
  const task = tasksByCode().get(code) ?? null;
  const answer = await sheet({ title: row.name, body: h("div", { class: "stack" }, h("p", {}, row.address), task?.why && h("p", { class: "muted" }, task.why)), acts: [{ label: t("Visit these premises"), value: pathOf(code), tone: "primary" }, { label: t("Facts"), value: `/premises/${encodeURIComponent(code)}` }, { label: t("Report something here"), value: `/report?premises=${encodeURIComponent(code)}` }] });
  if (answer) go(answer);
}

// An open matter nearby: what is known of it here, and words and photos can be added.
async function openMatter(number) {
  const row = store.find("near", number);
  if (!row) return;
  const item = store.find("items", row.item_id);
  const answer = await sheet({ title: row.title, body: h("dl", { class: "facts" }, [[t("State"), row.state_label], [t("Item"), item?.name], [t("Number"), row.number], [t("Reported"), shownMoment(row.reported_at)]].filter(([, value]) => value).map(([words, value]) => [h("dt", {}, words), h("dd", {}, value)])), acts: [{ label: t("Add words to it"), value: "join", tone: "primary" }] });
  if (answer === "join") await addWords(row);
}

async function addWords(row) {
  let text = "";
  const answer = await sheet({ title: t("Add words to it"), body: textField({ id: "join-text", label: t("What is new"), purpose: "report", isRequired: true, rows: 3, change: (words) => { text = words; } }), acts: [{ label: t("Save"), value: "save", tone: "primary" }, { label: t("Cancel"), value: "" }] });
  if (answer !== "save") return;
  if (!text.trim()) return void toast(t("Nothing was written."), { tone: "warn" });
  await outbox.add("join", { number: row.number, text: text.trim() }, { place: await place({ wait: 4000 }), title: row.title });
  toast(t("Saved on this device. It is sent by itself when there is a network."), { tone: "ok" });
}

// The same content in words: where there is no map, and for whoever cannot use the picture.
function asList(why, shown) {
  const list = h("div", { class: "stack" });
  const here = shown ?? place.last();
  live(list, () => {
    const tasks = tasksByCode();
    const far = (row) => metresBetween(here, row);
    const byNear = (one, other) => (far(one) ?? 1e9) - (far(other) ?? 1e9);
    const rank = { urgent: 0, overdue: 1, today: 2, plain: 3, visited: 4 };
    const rows = points().sort((one, other) => (here ? byNear(one, other) : rank[one.state] - rank[other.state])).slice(0, 60);
    const matters = [...store.part("work").near].sort(here ? byNear : () => 0).slice(0, 30);
    return [
      matters.length > 0 && h("section", { class: "part" }, h("h2", {}, t("Open matters")), h("ul", { class: "plain-list" }, matters.map((row) => h("li", {}, h("button", { class: "pick-line", type: "button", onclick: () => openMatter(row.number) }, h("b", {}, row.title), h("small", {}, [row.state_label, here && shownDistance(far(row))].filter(Boolean).join(" · "))))))),
      h("section", { class: "part" }, h("h2", {}, t("Premises")), h("ul", { class: "doors" }, rows.map((row) => h("li", {}, premisesLine(row, { task: tasks.get(row.code) ?? null, metres: here ? far(row) : null, path: pathOf(row.code), done: row.state === "visited" ? t("Visited") : null }))))),
    ];
  });
  return h("section", { class: "page" }, h("h1", {}, t("Map")), why && h("div", { class: "message" }, icon("map-off"), h("span", {}, why)), list);
}
