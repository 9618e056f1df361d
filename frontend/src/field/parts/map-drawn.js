// Draws the officer's own grids, premises by how pressing they are, and open matters. Everything comes from the device.
import "maplibre-gl/dist/maplibre-gl.css";

import maplibre from "../../map/library.js";
import { colours, EMPTY, fontFamily } from "../../map/style.js";
import { store, t } from "../core/app.js";

const FONT = ["Noto Sans SC Variable"];
const SIGNS = ["match", ["get", "state"], "overdue", "!", "urgent", "!", "visited", "✓", ""];

const feature = (lon, lat, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties });
const collection = (features) => ({ type: "FeatureCollection", features });

function areas() {
  return collection(store.part("areas").areas.filter((area) => area.geometry).map(({ path, name, geometry }) => ({ type: "Feature", geometry, properties: { path, name } })));
}

const STATES = (c) => ["match", ["get", "state"], "urgent", c["late-fill"], "overdue", c["late-fill"], "today", c["warn-fill"], "visited", c["ok-fill"], c["calm-fill"]];

function layers(c) {
  return [
    { id: "ground", type: "background", paint: { "background-color": c["map-water"] } },
    { id: "grid-fill", type: "fill", source: "areas", paint: { "fill-color": c["map-land"] } },
    { id: "grid-line", type: "line", source: "areas", paint: { "line-color": c.civic, "line-width": 2 } },
    { id: "grid-name", type: "symbol", source: "areas", layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13 }, paint: { "text-color": c["ink-2"], "text-halo-color": c["map-land"], "text-halo-width": 2 } },
    { id: "premises", type: "circle", source: "premises", paint: { "circle-color": STATES(c), "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 3.5, 16, ["match", ["get", "state"], "plain", 6, 9]], "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 0.7, 16, 2], "circle-stroke-color": c.paper }, layout: { "circle-sort-key": ["match", ["get", "state"], "plain", 0, "visited", 1, "today", 2, 3] } },
    { id: "premises-sign", type: "symbol", source: "premises", minzoom: 14.5, layout: { "text-field": SIGNS, "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#ffffff" } },
    { id: "premises-name", type: "symbol", source: "premises", minzoom: 16.5, layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-offset": [0, 1.2], "text-anchor": "top", "text-max-width": 8, "text-optional": true }, paint: { "text-color": c.ink, "text-halo-color": c["map-land"], "text-halo-width": 2 } },
    { id: "matters", type: "circle", source: "matters", paint: { "circle-color": c.civic, "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 5, 15, 11], "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 1, 15, 2], "circle-stroke-color": c.paper } },
    { id: "matters-sign", type: "symbol", source: "matters", minzoom: 14.5, layout: { "text-field": "件", "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#ffffff" } },
  ];
}

function boundsOf(found) {
  const box = new maplibre.LngLatBounds();
  const walk = (coordinates) => (typeof coordinates[0] === "number" ? box.extend(coordinates) : coordinates.forEach(walk));
  for (const one of found.features) walk(one.geometry.coordinates);
  return box.isEmpty() ? null : box;
}

export const premisesPoints = (rows) => collection(rows.filter((row) => row.lon != null).map((row) => feature(row.lon, row.lat, { code: row.code, name: row.name, state: row.state })));
export const matterPoints = (rows) => collection(rows.filter((row) => row.lon != null).map((row) => feature(row.lon, row.lat, { number: row.number, title: row.title })));

export async function draw(box, { centre = null, isPick = false, premises = [], matters = [], tap = () => {} } = {}) {
  const c = colours();
  const grids = areas();
  const sources = {
    areas: { type: "geojson", data: grids },
    premises: { type: "geojson", data: premises.length ? premisesPoints(premises) : EMPTY },
    matters: { type: "geojson", data: matters.length ? matterPoints(matters) : EMPTY },
  };
  const map = new maplibre.Map({
    container: box, style: { version: 8, sources, layers: layers(c) }, localIdeographFontFamily: fontFamily(), attributionControl: false,
    center: centre ? [centre.lon, centre.lat] : [113.75, 23.02], zoom: centre ? 17 : 13, minZoom: 9, maxZoom: 20, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0,
    locale: { "NavigationControl.ZoomIn": t("Zoom in"), "NavigationControl.ZoomOut": t("Zoom out"), "Map.Title": t("Map") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  if (!map.loaded()) await new Promise((done) => map.once("load", done));
  const bounds = boundsOf(grids) ?? boundsOf(premisesPoints(premises));
  if (!centre && bounds) map.fitBounds(bounds, { padding: 28, maxZoom: 17, animate: false });
  if (!isPick) map.on("click", ({ point }) => tap(found(map, point)));
  return map;
}

// A thumb in a glove is wide: everything within 18 pixels counts.
function found(map, { x, y }) {
  const near = map.queryRenderedFeatures([[x - 18, y - 18], [x + 18, y + 18]], { layers: ["premises", "matters"].filter((id) => map.getLayoutProperty(id, "visibility") !== "none") });
  const keys = new Set();
  return near.map(({ properties }) => properties).filter(({ code, number }) => !keys.has(code ?? number) && keys.add(code ?? number)).slice(0, 8);
}

export function show(map, group, isOn) {
  const ids = { premises: ["premises", "premises-sign", "premises-name"], matters: ["matters", "matters-sign"], grids: ["grid-fill", "grid-line", "grid-name"] }[group];
  for (const id of ids) map.setLayoutProperty(id, "visibility", isOn ? "visible" : "none");
}

export function setPremises(map, rows) {
  map.getSource("premises").setData(premisesPoints(rows));
}

export function mark(map, { lon, lat }, element) {
  const marker = new maplibre.Marker({ element, anchor: "bottom" }).setLngLat([lon, lat]).addTo(map);
  map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 16) });
  return marker;
}
