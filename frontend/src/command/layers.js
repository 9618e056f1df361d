// What lies on the command map: open matters as circles or points, density as hexagons, premises, sensors, officers on shift, a day.
import { colours, EMPTY } from "../map/style.js";
import { t } from "../words.js";

const FONT = ["Noto Sans SC Variable"];
const SHADES = [0.24, 0.4, 0.58, 0.76, 0.95];
export const POINTS_FROM = 13;
const clockColour = (c) => ["match", ["get", "clock"], "late", c["late-fill"], "warn", c["warn-fill"], "paused", c["calm-fill"], c.civic];
const worst = (c) => ["case", [">", ["get", "late"], 0], c["late-fill"], [">", ["get", "soon"], 0], c["warn-fill"], c.civic];

const RING = { "circle-color": "rgba(0,0,0,0)", "circle-stroke-width": 2.5 };
const SENSOR_WORD = { visibility: "none", "text-font": FONT, "text-size": 11, "text-anchor": "bottom", "text-offset": [0, -1.1], "text-optional": true };
const halo = (c) => ({ "text-color": c.ink, "text-halo-color": c["map-land"], "text-halo-width": 1.6 });
export const SENSORS = ["sensors-cells", "sensors-count", "sensors-points", "sensors-name"];

export const vector = (url, maxzoom, minzoom = 0) => ({ type: "vector", tiles: [url], minzoom, maxzoom });

export function sources(urls) {
  return {
    density: vector(urls.density, 12), matters: vector(urls.matters, 18), premises: vector(urls.premises, 17, 16), sensors: vector(urls.sensors, 18),
    shift: { type: "geojson", data: EMPTY }, day: { type: "geojson", data: EMPTY },
  };
}

export function layers() {
  const c = colours();
  const dark = "#04101f";
  return [
    { id: "density", type: "fill", source: "density", "source-layer": "cells", layout: { visibility: "none" }, paint: { "fill-color": c["warn-fill"], "fill-opacity": ["match", ["get", "shade"], ...SHADES.flatMap((shade, n) => [n + 1, shade]), 0.1], "fill-outline-color": "rgba(0,0,0,0)" } },
    { id: "premises", type: "circle", source: "premises", "source-layer": "premises", minzoom: 16, layout: { visibility: "none" }, paint: { "circle-radius": 3.5, "circle-color": c["calm-fill"], "circle-stroke-width": 1, "circle-stroke-color": dark } },
    { id: "premises-name", type: "symbol", source: "premises", "source-layer": "premises", minzoom: 17.2, layout: { visibility: "none", "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-anchor": "top", "text-offset": [0, 0.5], "text-max-width": 8 }, paint: { "text-color": c["ink-3"], "text-halo-color": c["map-land"], "text-halo-width": 1.4 } },
    { id: "cells", type: "circle", source: "matters", "source-layer": "cells", maxzoom: POINTS_FROM, layout: { "circle-sort-key": ["get", "late"] }, paint: { "circle-color": worst(c), "circle-opacity": 0.82, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "open"]], 1, 5, 4, 11, 12, 20, 40, 34], "circle-stroke-width": 1.5, "circle-stroke-color": dark, "circle-stroke-opacity": 0.7 } },
    { id: "cells-count", type: "symbol", source: "matters", "source-layer": "cells", maxzoom: POINTS_FROM, filter: [">", ["get", "open"], 3], layout: { "text-field": ["to-string", ["get", "open"]], "text-font": FONT, "text-size": 12, "text-allow-overlap": false, "symbol-sort-key": ["-", ["get", "open"]] }, paint: { "text-color": ["case", [">", ["get", "late"], 0], "#2b0808", [">", ["get", "soon"], 0], "#2b1a00", "#031326"] } },
    { id: "urgent-ring", type: "circle", source: "matters", "source-layer": "points", minzoom: POINTS_FROM, filter: ["==", ["get", "urgent"], true], paint: { "circle-radius": 15, "circle-color": "rgba(0,0,0,0)", "circle-stroke-width": 2, "circle-stroke-color": c["late-fill"] } },
    { id: "points", type: "circle", source: "matters", "source-layer": "points", minzoom: POINTS_FROM, paint: { "circle-color": clockColour(c), "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 5, 16, 8.5], "circle-stroke-width": 1.5, "circle-stroke-color": dark } },
    // The clock stands there as a sign, too: colour alone would leave some people out.
    { id: "points-sign", type: "symbol", source: "matters", "source-layer": "points", minzoom: 14, filter: ["in", ["get", "clock"], ["literal", ["late", "warn", "paused"]]], layout: { "text-field": ["match", ["get", "clock"], "paused", "=", "!"], "text-rotate": ["match", ["get", "clock"], "paused", 90, 0], "text-font": FONT, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#1a0b00" } },
    { id: "points-title", type: "symbol", source: "matters", "source-layer": "points", minzoom: 15.4, layout: { "text-field": ["get", "title"], "text-font": FONT, "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-max-width": 9 }, paint: { "text-color": c.ink, "text-halo-color": c["map-land"], "text-halo-width": 1.6 } },
    // What sensors reported and is still open: a ring around it, and the word.
    { id: "sensors-cells", type: "circle", source: "sensors", "source-layer": "cells", maxzoom: POINTS_FROM, layout: { visibility: "none" }, paint: { ...RING, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "open"]], 1, 9, 4, 15, 12, 24, 40, 38], "circle-stroke-color": c.ink } },
    { id: "sensors-count", type: "symbol", source: "sensors", "source-layer": "cells", maxzoom: POINTS_FROM, layout: { ...SENSOR_WORD, "text-field": ["concat", t("Sensors"), " ", ["to-string", ["get", "open"]]] }, paint: halo(c) },
    { id: "sensors-points", type: "circle", source: "sensors", "source-layer": "points", minzoom: POINTS_FROM, layout: { visibility: "none" }, paint: { ...RING, "circle-radius": 11, "circle-stroke-color": c.ink } },
    { id: "sensors-name", type: "symbol", source: "sensors", "source-layer": "points", minzoom: POINTS_FROM, layout: { ...SENSOR_WORD, "text-field": t("Sensors") }, paint: halo(c) },
    { id: "day-open", type: "circle", source: "day", layout: { visibility: "none" }, paint: { "circle-color": ["case", ["==", ["get", "urgent"], 1], c["late-fill"], c.civic], "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 3.4, 13, 5.5, 16, 8], "circle-opacity": 0.9, "circle-stroke-width": 1, "circle-stroke-color": dark } },
    { id: "day-closed", type: "circle", source: "day", layout: { visibility: "none" }, paint: { "circle-color": c["ok-fill"], "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 2.6, 13, 4.5, 16, 7], "circle-opacity": 0.45 } },
    { id: "shift", type: "symbol", source: "shift", layout: { visibility: "none", "text-field": ["get", "words"], "text-font": FONT, "text-size": 12, "text-line-height": 1.3, "text-padding": 4, "symbol-sort-key": ["-", ["get", "here"]] }, paint: { "text-color": ["case", [">", ["get", "here"], 0], c["ok-fill"], c["ink-3"]], "text-halo-color": c["map-land"], "text-halo-width": 1.8 } },
  ];
}

export const MODES = {
  now: ["cells", "cells-count", "urgent-ring", "points", "points-sign", "points-title"],
  period: ["density"],
  day: ["day-open", "day-closed"],
};
