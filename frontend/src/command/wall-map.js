// The map on a wall: the area with its open matters, without controls; it looks again by itself.
import "maplibre-gl/dist/maplibre-gl.css";
import "../styles/map.css";

import maplibre from "../map/library.js";
import { Areas } from "../map/areas.js";
import { fontFamily, style } from "../map/style.js";
import { make } from "../dom.js";
import { t } from "../words.js";
import { layers, MODES, sources } from "./layers.js";
import { timeOf } from "./live.js";

const EVERY = 10000;

export class WallMap {
  constructor(box, settings) {
    Object.assign(this, { box, settings });
  }

  async start() {
    const map = new maplibre.Map({ container: this.box, style: style({}), localIdeographFontFamily: fontFamily(), attributionControl: false, interactive: false, center: [113.75, 23.02], zoom: 9, fadeDuration: 0 });
    await new Promise((done) => (map.loaded() ? done() : map.once("load", done)));
    const url = (kind) => `${location.origin}/command/map/${kind}/{z}/{x}/{y}.mvt`;
    const { matters } = sources({ matters: url("matters"), density: "", premises: "" });
    map.addSource("matters", matters);
    for (const layer of layers()) if (MODES.now.includes(layer.id)) map.addLayer(layer);
    this.enlarge(map);
    const areas = new Areas(map, "/map/areas.geojson");
    await areas.start();
    const box = await areas.strengthen(this.settings.area);
    if (!this.settings.level) map.getSource("strong").setData({ type: "FeatureCollection", features: [] });
    const bounds = this.settings.level ? box : areas.bounds();
    if (bounds) map.fitBounds([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], { padding: 30, animate: false });
    const words = make("p", { class: "wall-legend" });
    this.box.append(words);
    const tell = () => words.replaceChildren(make("span", { class: "late" }, t("Overdue")), make("span", { class: "warn" }, t("Due soon")), make("span", { class: "civic" }, t("In time")), make("small", {}, t("as of {at}", { at: timeOf(new Date().toISOString()) })));
    tell();
    setInterval(() => { if (!this.box.closest("[hidden]")) { map.refreshTiles("matters"); tell(); } }, EVERY);
    new ResizeObserver(() => map.resize()).observe(this.box);
  }

  // Names and circles in the measure of the wall: readable from across the hall.
  enlarge(map) {
    const u = innerHeight / 1080;
    for (const level of [1, 2, 3]) map.setLayoutProperty(`label-${level}`, "text-size", 24 * u);
    map.setPaintProperty("cells", "circle-radius", ["interpolate", ["linear"], ["sqrt", ["get", "open"]], 1, 9 * u, 4, 18 * u, 12, 32 * u, 40, 52 * u]);
    map.setLayoutProperty("cells-count", "text-size", 24 * u);
    map.setPaintProperty("points", "circle-radius", 13 * u);
    map.setLayoutProperty("points-sign", "text-size", 20 * u);
    map.setLayoutProperty("points-title", "visibility", "none");
  }
}
