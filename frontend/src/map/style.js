// Our own map: colours from the tokens, no tile, glyph or sprite server.
const NAMES = ["paper", "ink", "ink-2", "ink-3", "line-2", "civic", "ok-fill", "warn-fill", "late-fill", "calm-fill", "map-land", "map-line", "map-water"];

export function colours() {
  const read = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, read.getPropertyValue(`--${name}`).trim()]));
}
// The map draws letters on a canvas: one quoted family list, as in the page.
export const fontFamily = () => getComputedStyle(document.documentElement).getPropertyValue("--font").trim();

export const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Noto Sans SC Variable"];
const LEVELS = [
  { level: 1, border: 1.5, from: 0, to: 24, labels: [0, 12.2], size: 13 },
  { level: 2, border: 1, from: 11.2, to: 24, labels: [11.8, 14.2], size: 12 },
  { level: 3, border: 0.7, from: 13.4, to: 24, labels: [13.9, 24], size: 12 },
];

export const stateColour = (c) => ["match", ["get", "state"], "late", c["late-fill"], "warn", c["warn-fill"], "paused", c["calm-fill"], "done", c["calm-fill"], c["ok-fill"]];
const worstColour = (c) => ["match", ["get", "worst"], 3, c["late-fill"], 2, c["warn-fill"], c.civic];
const toneColour = (c) => ["match", ["coalesce", ["get", "tone"], ""], "late", c["late-fill"], "warn", c["warn-fill"], "ok", c["ok-fill"], c["map-land"]];

function areaLayers(c) {
  const shapes = LEVELS.flatMap(({ level, border, from, to }) => [
    { id: `fill-${level}`, type: "fill", source: `areas-${level}`, minzoom: from, maxzoom: to, paint: { "fill-color": toneColour(c), "fill-opacity": ["case", ["boolean", ["feature-state", "hover"], false], 0.55, ...(level === 1 ? [0.95] : [["has", "tone"], 0.62, 0.12])] } },
    { id: `line-${level}`, type: "line", source: `areas-${level}`, minzoom: from, maxzoom: to, layout: { "line-join": "round" }, paint: { "line-color": c["map-line"], "line-width": ["interpolate", ["linear"], ["zoom"], 8, border * 0.7, 12, border * 1.3, 15, border * 1.8] } },
  ]);
  const strong = { id: "line-strong", type: "line", source: "strong", paint: { "line-color": c.civic, "line-width": 2, "line-dasharray": [3, 2] } };
  const ground = { id: "fill-strong", type: "fill", source: "strong", paint: { "fill-color": c.civic, "fill-opacity": 0.09 } };
  return [...shapes, ground, strong];
}

const labelLayers = (c) => LEVELS.map(({ level, labels: [from, to], size }) => ({
  id: `label-${level}`, type: "symbol", source: `labels-${level}`, minzoom: from, maxzoom: to,
  layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 8, size - 1, 14, size + 2], "text-padding": 6, "text-max-width": 7, "text-line-height": 1.25, "text-anchor": "center" },
  paint: { "text-color": level === 1 ? c["ink-2"] : c["ink-3"], "text-halo-color": c["map-land"], "text-halo-width": 1.6 },
}));

// Two ways through the same stops: the one before dashed and quiet, the better one on top.
const wayLayers = (c) => [
  { id: "way-before", type: "line", source: "ways", filter: ["==", ["get", "way"], "before"], layout: { "line-join": "round" }, paint: { "line-color": c["ink-3"], "line-width": 2, "line-dasharray": [2, 2] } },
  { id: "way-after", type: "line", source: "ways", filter: ["==", ["get", "way"], "after"], layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": c.civic, "line-width": 3.5, "line-opacity": 0.9 } },
];

const pointLayers = (c) => [
  { id: "cluster", type: "circle", source: "points", filter: ["has", "point_count"], paint: { "circle-color": worstColour(c), "circle-opacity": 0.92, "circle-radius": ["step", ["get", "point_count"], 13, 10, 16, 100, 20, 1000, 25], "circle-stroke-width": 3, "circle-stroke-color": c.paper, "circle-stroke-opacity": 0.85 } },
  { id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 12.5, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": ["match", ["get", "worst"], 2, "#241500", "#ffffff"] } },
  { id: "point", type: "circle", source: "points", filter: ["!", ["has", "point_count"]], paint: { "circle-color": stateColour(c), "circle-radius": ["match", ["get", "state"], "late", 8.5, "warn", 8, 6.5], "circle-stroke-width": 2.5, "circle-stroke-color": c.paper } },
  // The state stands there as a sign, too: colour alone would leave some people out.
  { id: "point-sign", type: "symbol", source: "points", filter: ["all", ["!", ["has", "point_count"]], ["in", ["get", "state"], ["literal", ["late", "warn", "paused", "done"]]]], layout: { "text-field": ["match", ["get", "state"], "late", "!", "warn", "!", "paused", "=", "✓"], "text-rotate": ["match", ["get", "state"], "paused", 90, 0], "text-font": FONT, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": ["match", ["get", "state"], "warn", "#241500", "#ffffff"] } },
];

export function style({ tiles }) {
  const c = colours();
  const areas = () => ({ type: "geojson", data: EMPTY, promoteId: "path" });
  const sources = { strong: areas(), ways: { type: "geojson", data: EMPTY }, points: { type: "geojson", data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 15, clusterProperties: { worst: ["max", ["match", ["get", "state"], "late", 3, "warn", 2, 1]] } } };
  for (const { level } of LEVELS) Object.assign(sources, { [`areas-${level}`]: areas(), [`labels-${level}`]: { type: "geojson", data: EMPTY } });
  const layers = [{ id: "water", type: "background", paint: { "background-color": c["map-water"] } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push(...areaLayers(c), ...labelLayers(c), ...wayLayers(c), ...pointLayers(c));
  if (tiles) for (const layer of layers) if (layer.id === "fill-1") layer.paint["fill-opacity"] = 0.08;
  return { version: 8, sources, layers };
}
