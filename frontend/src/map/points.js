// Matters on the map: grouped from afar, one by one from near, with their clock in words.
import maplibre from "./library.js";
import { geojson } from "./fetched.js";
import { boundsOf } from "./shapes.js";
import { make } from "../dom.js";
import { t } from "../words.js";

export const STATES = { late: "Overdue", warn: "Due soon", ok: "In time", paused: "Paused", done: "Done" };

// One matter in a popup or a list: title as link, clock in words.
export function entryOf({ properties }) {
  const state = STATES[properties.state] ? properties.state : "ok";
  const title = properties.url ? make("a", { href: properties.url }, properties.title ?? "") : make("b", {}, properties.title ?? "");
  return make("li", {}, title, make("div", { class: `clock ${state}` }, make("span", { class: "ring", "aria-hidden": "true" }), make("b", {}, properties.words || t(STATES[state]))),
    properties.number ? make("span", { class: "small faint" }, ` ${properties.number}`) : null);
}

export class Points {
  constructor(map, box) {
    Object.assign(this, { map, box, features: [], address: box.dataset.points });
  }

  async start() {
    if (this.box.hasAttribute("data-points-bbox")) {
      this.map.on("moveend", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.load(), 200); });
    }
    await this.load();
    this.map.on("click", "point", (event) => this.tell(event.lngLat, event.features));
    this.map.on("click", "cluster", (event) => this.open(event.features[0]));
    for (const layer of ["point", "cluster"]) {
      this.map.on("mouseenter", layer, () => { this.map.getCanvas().style.cursor = "pointer"; });
      this.map.on("mouseleave", layer, () => { this.map.getCanvas().style.cursor = ""; });
    }
    this.box.addEventListener("points-changed", ({ detail }) => { this.address = detail?.address ?? this.address; this.load(); });
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    const query = this.box.hasAttribute("data-points-bbox")
      ? { bbox: this.map.getBounds().toArray().flat().map((n) => n.toFixed(5)).join(","), zoom: Math.round(this.map.getZoom()) }
      : {};
    try {
      const { features } = await geojson(this.address, query, this.request.signal);
      this.features = features.filter(({ geometry }) => geometry);
      this.map.getSource("points").setData({ type: "FeatureCollection", features: this.features });
      this.box.dispatchEvent(new CustomEvent("points-shown", { detail: this.features }));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  async open(cluster) {
    const source = this.map.getSource("points");
    const { cluster_id: id, point_count: count } = cluster.properties;
    const zoom = await source.getClusterExpansionZoom(id);
    const center = cluster.geometry.coordinates;
    if (zoom > 15.9 || this.map.getZoom() > 15) this.tell(center, await source.getClusterLeaves(id, Math.min(count, 12), 0), count);
    else this.map.easeTo({ center, zoom: zoom + 0.3, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350 });
  }

  tell(at, features, count = features.length) {
    const list = make("ul", { class: "map-entries" }, ...features.map(entryOf));
    if (count > features.length) list.append(make("li", { class: "faint small" }, t("{n} here", { n: count })));
    new maplibre.Popup({ offset: 12, maxWidth: "300px", focusAfterOpen: true }).setLngLat(at).setDOMContent(list).addTo(this.map);
  }

  bounds() {
    return boundsOf(this.features);
  }
}
