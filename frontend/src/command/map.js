// The map that is the page: open matters now, a period's density, a day played back; it flies where the page drills.
import "maplibre-gl/dist/maplibre-gl.css";
import "../styles/map.css";

import maplibre from "../map/library.js";
import { Areas } from "../map/areas.js";
import { fontFamily, style } from "../map/style.js";
import { make } from "../dom.js";
import { glyphsFor } from "../glyphs.js";
import { t } from "../words.js";
import { layers, MODES, SENSORS, sources } from "./layers.js";
import { fetchJson } from "./live.js";
import { Period } from "./period.js";
import { Playback } from "./playback.js";
import { clockOf, told } from "./tiles.js";

const LOCALE = { "NavigationControl.ZoomIn": t("Zoom in"), "NavigationControl.ZoomOut": t("Zoom out"), "Map.Title": t("Map"), "Popup.Close": t("Close") };
const CLOCKS = { late: "Overdue", warn: "Due soon", ok: "In time", paused: "Paused" };
const FRESH = 5000;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const address = (kind, query = {}) => {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return `${location.origin}/command/map/${kind}/{z}/{x}/{y}.mvt${asked.size ? `?${asked}` : ""}`;
};

export class CommandMap {
  constructor(root, box, settings, go) {
    Object.assign(this, { root, box, settings, go, mode: "now", chosen: {} });
  }

  async start() {
    this.box.replaceChildren();
    await glyphsFor(t("{here} of {officers} on shift", { here: "0123456789", officers: "" }) + t("last record {at}", { at: ":" }) + t("no record today") + t("Sensors"));
    const map = new maplibre.Map({
      container: this.box, style: style({ tiles: this.box.dataset.tiles }), localIdeographFontFamily: fontFamily(), locale: LOCALE, attributionControl: false,
      center: [113.75, 23.02], zoom: 9, minZoom: 6, maxZoom: 19, dragRotate: false, pitchWithRotate: false, rollEnabled: false, touchPitch: false, fadeDuration: 0,
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibre.ScaleControl({ maxWidth: 110 }), "top-right");
    await new Promise((done) => (map.loaded() ? done() : map.once("load", done)));
    const urls = { matters: address("matters"), density: address("density"), premises: address("premises"), sensors: address("matters", { sensor: "1" }) };
    for (const [name, source] of Object.entries(sources(urls))) map.addSource(name, source);
    for (const layer of layers()) map.addLayer(layer);
    this.areas = new Areas(map, "/map/areas.geojson");
    await this.areas.start();
    this.period = new Period(this.root, this);
    this.playback = new Playback(this.root, this);
    this.listen();
    this.show(this.settings, true);
    this.box.dispatchEvent(new CustomEvent("map-drawn", { bubbles: true, detail: { map } }));
  }

  listen() {
    const { map, root } = this;
    map.on("click", (event) => this.clicked(event));
    map.on("mousemove", ({ point }) => { map.getCanvas().style.cursor = this.under(point).length ? "pointer" : ""; });
    root.addEventListener("register-changed", () => this.refresh());
    for (const chip of root.querySelectorAll("[data-layer]")) chip.addEventListener("change", () => this.toggle(chip.dataset.layer, chip.checked));
    for (const choice of root.querySelectorAll("[data-choice]")) choice.addEventListener("change", () => this.choose());
    for (const button of root.querySelectorAll("[data-mode]")) button.addEventListener("click", () => this.setMode(button.dataset.mode));
    document.addEventListener("keydown", (event) => this.byKey(event));
    this.timer = setInterval(() => { if (!document.hidden) this.refresh(); }, 30000);
  }

  byKey({ key, target }) {
    if (target.closest("input, select, textarea, button, [role=dialog]")) return;
    const above = document.querySelector("#command-crumbs li:nth-last-child(2) a");
    if (key === "Backspace" && above) this.go(above.getAttribute("href"));
  }

  // The page is about another area now.
  async show(settings, isFirst = false) {
    this.settings = settings;
    const box = await this.areas.strengthen(settings.area);
    const bounds = settings.level ? box : this.areas.bounds();
    if (bounds) this.map.fitBounds([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], { padding: this.room(), maxZoom: 16.5, animate: !isFirst && !still(), duration: 900 });
    if (!settings.level) this.map.getSource("strong").setData({ type: "FeatureCollection", features: [] });
    this.period.show();
    this.playback.show();
    await this.loadShift();
  }

  // Panels lie over the map: what is looked at stays between them.
  room() {
    const wide = (name) => { const part = document.getElementById(name); return part && getComputedStyle(part).position === "absolute" ? part.offsetWidth + 28 : 24; };
    return { top: 70, bottom: 120, left: wide("command-left"), right: wide("command-right") };
  }

  under(point) {
    return this.map.queryRenderedFeatures([[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]], { layers: ["points", "sensors-points", "cells", "premises", "density"].filter((id) => this.map.getLayoutProperty(id, "visibility") !== "none") });
  }

  clicked({ point, lngLat }) {
    const found = this.under(point);
    const matters = found.filter(({ layer }) => layer.id === "points" || layer.id === "sensors-points");
    if (matters.length) return this.tell(lngLat, matters);
    const [first] = found;
    if (first?.layer.id === "premises") return this.popup(lngLat, make("a", { href: `/setup/premises/${first.properties.code}` }, first.properties.name));
    if (first?.layer.id === "cells") return this.tellCell(lngLat, first.properties);
    const area = this.map.queryRenderedFeatures(point, { layers: ["fill-3", "fill-2", "fill-1"] })[0];
    if (first?.layer.id === "density") return this.popup(lngLat, make("p", {}, t("{n} reports here in this period", { n: told(first.properties.n) })));
    return area ? this.drill(area.properties) : undefined;
  }

  // One level at a time, into the branch that was clicked.
  drill({ path }) {
    const parts = path.split("/").filter(Boolean);
    const here = this.settings.area.split("/").filter(Boolean);
    const inside = path.startsWith(this.settings.area);
    const target = inside ? parts.slice(0, here.length + 1) : parts;
    const wanted = `${target.join("/")}/`;
    if (wanted !== this.settings.area) this.go(`/command/${wanted}`);
  }

  tell(at, features) {
    const once = new Map(features.map(({ properties }) => [properties.number, properties]));
    const rows = [...once.values()].slice(0, 12).map((row) => make("li", {}, make("a", { href: `/desk/matters/${row.number}` }, row.title),
      make("div", { class: `clock ${row.clock}` }, make("span", { class: "ring", "aria-hidden": "true" }), make("b", {}, `${row.label} · ${t(CLOCKS[row.clock])}`)), make("span", { class: "small faint" }, row.number)));
    this.popup(at, make("ul", { class: "map-entries" }, ...rows));
  }

  tellCell(at, { open, late, soon }) {
    const closer = make("button", { type: "button", class: "btn small", onclick: () => this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom() + 2, 13.2), animate: !still() }) }, t("Closer"));
    this.popup(at, make("div", { class: "stack tight" }, make("b", {}, t("{n} open here", { n: told(open) })), make("span", {}, t("{late} overdue, {soon} due soon", { late: told(late), soon: told(soon) })), closer));
  }

  popup(at, content) {
    new maplibre.Popup({ offset: 10, maxWidth: "300px", focusAfterOpen: true }).setLngLat(at).setDOMContent(content).addTo(this.map);
  }

  toggle(name, isOn) {
    const ids = { shift: ["shift"], premises: ["premises", "premises-name"], sensors: SENSORS }[name] ?? [];
    for (const id of ids) this.visible(id, isOn);
    // The layer says the areas' names itself, so that neither hides the other.
    if (name === "shift") for (const level of [1, 2, 3]) this.visible(`label-${level}`, !isOn);
    if (name === "premises" && isOn && this.map.getZoom() < 16) this.root.querySelector("[data-map-said]").textContent = t("Premises show from close by: zoom in.");
    else this.root.querySelector("[data-map-said]").textContent = "";
  }

  visible(id, isOn) {
    this.map.setLayoutProperty(id, "visibility", isOn ? "visible" : "none");
  }

  setMode(mode) {
    this.mode = mode;
    for (const button of this.root.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    for (const panel of this.root.querySelectorAll("[data-mode-panel]")) panel.hidden = panel.dataset.modePanel !== mode;
    for (const [name, ids] of Object.entries(MODES)) for (const id of ids) this.visible(id, name === mode);
    this.period.active(mode === "period");
    this.playback.active(mode === "day");
    if (mode === "now") this.refresh();
  }

  choose() {
    const of = (name) => this.root.querySelector(`[data-choice="${name}"]`);
    this.chosen = { clock: of("clock")?.value ?? "", state: of("state")?.value ?? "", urgent: of("urgent")?.checked ? "1" : "", sensor: of("sensor")?.checked ? "1" : "" };
    this.map.getSource("matters").setTiles([address("matters", this.chosen)]);
  }

  setPeriod(since, until) {
    this.map.getSource("density").setTiles([address("density", { since, until })]);
  }

  // What changed is asked for again; the browser answers unchanged tiles from its own store.
  refresh() {
    if (this.mode !== "now" || this.isResting) return;
    this.isResting = true;
    setTimeout(() => { this.isResting = false; }, FRESH);
    this.map.refreshTiles("matters");
    if (this.root.querySelector("[data-layer=sensors]")?.checked) this.map.refreshTiles("sensors");
    this.loadShift();
  }

  async loadShift() {
    const chip = this.root.querySelector("[data-layer=shift]");
    if (!chip) return;
    try {
      const { rows } = await fetchJson(`/command/below.json?area=${this.settings.area}`);
      const features = rows.filter(({ lon, officers }) => lon != null && officers != null).map((row) => ({
        type: "Feature", geometry: { type: "Point", coordinates: [row.lon, row.lat] },
        properties: { here: row.on_shift, words: `${row.name}\n${t("{here} of {officers} on shift", { here: row.on_shift, officers: row.officers })}\n${row.worked_at ? t("last record {at}", { at: clockOf(row.worked_at) }) : t("no record today")}` },
      }));
      this.map.getSource("shift").setData({ type: "FeatureCollection", features });
    } catch { /* the state of the connection is told beside the clock */ }
  }
}
