// Towns at once; villages and grids of what is in view, when the map comes close. Each is fetched once.
import { glyphsFor } from "../glyphs.js";
import { geojson } from "./fetched.js";
import { anchor, boundsOf, overlaps } from "./shapes.js";

const STEPS = [{ level: 2, zoom: 11.2, most: 6 }, { level: 3, zoom: 13.4, most: 12 }];

export class Areas {
  constructor(map, address) {
    Object.assign(this, { map, address, known: { 1: [], 2: [], 3: [] }, asked: new Set() });
  }

  async start() {
    await this.fetch(1, "");
    this.map.on("moveend", () => this.come());
    this.hover();
  }

  async fetch(level, within) {
    const key = `${level} ${within}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const { features } = await geojson(this.address, { level, within });
      for (const feature of features) {
        feature.properties.path ??= `${within}${feature.properties.name}`;
        feature.box = boundsOf([feature]);
      }
      await glyphsFor(features.map(({ properties }) => properties.name).join(""));
      this.known[level].push(...features.filter((feature) => feature.box));
      this.show(level);
    } catch (error) {
      this.asked.delete(key); // asked again at the next move
      if (level === 1) throw error;
    }
  }

  show(level) {
    const features = this.known[level];
    const labels = features.map(({ geometry, properties }) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: anchor(geometry) } }));
    this.map.getSource(`areas-${level}`).setData({ type: "FeatureCollection", features });
    this.map.getSource(`labels-${level}`).setData({ type: "FeatureCollection", features: labels });
  }

  async come() {
    const view = this.map.getBounds().toArray().flat();
    for (const { level, zoom, most } of STEPS) {
      if (this.map.getZoom() < zoom) return;
      const parents = this.known[level - 1].filter(({ box }) => overlaps(box, view)).slice(0, most);
      await Promise.all(parents.map(({ properties }) => this.fetch(level, properties.path)));
    }
  }

  hover() {
    let over = null;
    const set = (feature, isOver) => feature && this.map.setFeatureState({ source: feature.source, id: feature.id }, { hover: isOver });
    this.map.on("mousemove", (event) => {
      const found = this.map.queryRenderedFeatures(event.point, { layers: ["fill-3", "fill-2", "fill-1"] })[0] ?? null;
      if (found?.id === over?.id && found?.source === over?.source) return;
      set(over, false);
      set(found, true);
      over = found;
      this.map.getCanvas().style.cursor = found?.properties.url ? "pointer" : "";
    });
    // An area that has a page opens it, unless a point lies on top.
    this.map.on("click", ({ point }) => {
      const layers = ["point", "cluster", "fill-3", "fill-2", "fill-1"];
      const [first] = this.map.queryRenderedFeatures(point, { layers });
      if (first?.layer.id.startsWith("fill") && first.properties.url) location.assign(first.properties.url);
    });
  }

  // Strengthens the border of one area: "441900/004/012/03/" lies within its own parents.
  async strengthen(path) {
    const parts = path.split("/").filter(Boolean);
    const level = parts.length - 1;
    for (let step = 2; step <= level; step += 1) await this.fetch(step, `${parts.slice(0, step).join("/")}/`);
    const found = this.known[Math.max(level, 1)]?.find(({ properties }) => properties.path === path);
    if (found) this.map.getSource("strong").setData({ type: "FeatureCollection", features: [found] });
    return found?.box;
  }

  bounds() {
    return boundsOf(this.known[1]);
  }
}
