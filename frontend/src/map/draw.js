// Puts a map into one [data-map] element.
import maplibre from "./library.js";
import { make } from "../dom.js";
import { language, t } from "../words.js";
import { geojson } from "./fetched.js";
import { Areas } from "./areas.js";
import { Cells } from "./cells.js";
import { Pin } from "./pin.js";
import { entryOf, Points, STATES } from "./points.js";
import { locate } from "./position.js";
import { colours, fontFamily, style } from "./style.js";

const LOCALE = { "NavigationControl.ZoomIn": t("Zoom in"), "NavigationControl.ZoomOut": t("Zoom out"), "Map.Title": t("Map"), "Marker.Title": t("Place"), "Popup.Close": t("Close") };
const control = (element) => ({ onAdd: () => element, onRemove: () => element.remove() });

function legend(box) {
  const words = make("div", { class: "map-words" });
  // Stops on a way are no matters: their page says itself what the colours mean.
  if (box.dataset.points && !box.dataset.lines) {
    const c = colours();
    const shades = { late: c["late-fill"], warn: c["warn-fill"], ok: c["ok-fill"], paused: c["calm-fill"] };
    for (const [state, shade] of Object.entries(shades)) words.append(make("span", {}, make("i", { style: `background:${shade}` }), t(STATES[state])));
  }
  if (box.dataset.words) words.append(make("span", {}, box.dataset.words));
  if (box.hasAttribute("data-pick")) words.append(make("span", {}, t("Move the pin to the place, or tap the map.")));
  return words.childNodes.length ? words : null;
}

// The same points as words, for whoever cannot use the picture.
function listOf(box) {
  const list = make("ul", {});
  const panel = make("details", { class: "map-list" }, make("summary", { class: "btn small" }, t("{n} here", { n: 0 })), list);
  box.addEventListener("points-shown", ({ detail }) => {
    panel.firstChild.textContent = t("{n} here", { n: detail.length.toLocaleString(language) });
    list.replaceChildren(...detail.slice(0, 200).map(entryOf));
  });
  return panel;
}

function positionButton(map, pin) {
  const button = make("button", { type: "button", title: t("Use my position"), "aria-label": t("Use my position"), class: "map-locate" });
  button.innerHTML = '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="4"/><circle cx="12" cy="12" r="8"/><path d="M12 1v3M12 20v3M1 12h3M20 12h3"/></svg>';
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    const place = await locate();
    button.removeAttribute("aria-busy");
    if (!place) return;
    map.jumpTo({ center: [place.lon, place.lat], zoom: 16 });
    pin.choose(place.lon, place.lat, place.accuracy);
  });
  return make("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" }, button);
}

// Which part of the world the map opens with: as asked, else the area, the pin, the whole city.
function view(box, { areas, points, pin, strong }) {
  const asked = box.dataset.fit ?? "";
  const given = asked.split(",").map(Number);
  if (given.length === 4 && given.every(Number.isFinite)) return given;
  const choices = { points: () => points?.bounds(), areas: () => areas?.bounds(), pin: () => pin?.bounds() };
  return choices[asked]?.() ?? strong ?? pin?.bounds() ?? areas?.bounds() ?? points?.bounds() ?? null;
}

const fit = (map, bounds) => bounds && map.fitBounds([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], { padding: 36, maxZoom: 15, animate: false });

function created(box) {
  const map = new maplibre.Map({
    container: box, style: style({ tiles: box.dataset.tiles }), localIdeographFontFamily: fontFamily(), locale: LOCALE, attributionControl: false,
    center: [113.75, 23.02], zoom: 9, minZoom: 4, maxZoom: 19, dragRotate: false, pitchWithRotate: false, rollEnabled: false, touchPitch: false, fadeDuration: 0,
    scrollZoom: box.matches(".full, .tall"),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation?.();
  // A small map lets the page scroll past, until somebody starts to use it.
  map.once("click", () => map.scrollZoom.enable());
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  return map;
}

const loaded = (map) => new Promise((done) => (map.loaded() ? done() : map.once("load", done)));

export async function draw(box) {
  box.replaceChildren();
  const map = created(box);
  await loaded(map);
  const pin = box.dataset.lon || box.hasAttribute("data-pick") ? new Pin(map, box) : null;
  const areas = box.dataset.areas ? new Areas(map, box.dataset.areas) : null;
  const points = box.dataset.points ? new Points(map, box) : null;
  pin?.start();
  if (pin?.isPick) map.addControl(control(positionButton(map, pin)), "top-right");
  await areas?.start();
  const cells = box.dataset.cells ? new Cells(map, box) : null;
  cells?.start();
  const strong = box.dataset.area ? await areas?.strengthen(box.dataset.area) : null;
  if (points && box.dataset.fit !== "points") fit(map, view(box, { areas, pin, strong }));
  const words = legend(box);
  if (words) box.append(words);
  if (points) box.append(listOf(box));
  await points?.start();
  if (box.dataset.lines) map.getSource("ways").setData(await geojson(box.dataset.lines));
  if (!points || box.dataset.fit === "points") fit(map, strong ?? cells?.bounds() ?? view(box, { areas, points, pin, strong }));
  await areas?.come();
  document.addEventListener("look-changed", () => repaint(map, box));
  box.dispatchEvent(new CustomEvent("map-drawn", { bubbles: true, detail: { map } }));
}

function repaint(map, box) {
  for (const { id, paint } of style({ tiles: box.dataset.tiles }).layers) {
    for (const [name, value] of Object.entries(paint ?? {})) map.setPaintProperty(id, name, value);
  }
}
