// One place: shown, or chosen by tap, by moving the pin, by position, by numbers, or from a photo.
import maplibre from "./library.js";
import { make } from "../dom.js";
import { t } from "../words.js";
import { inputsOf, numberIn, write } from "./inputs.js";

const isPlace = (lon, lat) => Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;

const picture = (state) => {
  const pin = make("div", { class: `pin ${state ?? ""}` });
  pin.innerHTML = '<svg viewBox="0 0 32 42" width="32" height="42" aria-hidden="true"><path d="M16 41S2 25.5 2 15.5a14 14 0 0 1 28 0C30 25.5 16 41 16 41Z" fill="currentColor" stroke="#fff" stroke-width="2.5"/><circle cx="16" cy="15.5" r="5" fill="#fff"/></svg>';
  return pin;
};

export class Pin {
  constructor(map, box) {
    const isPick = box.hasAttribute("data-pick");
    Object.assign(this, { map, box, isPick, inputs: isPick ? inputsOf(box) : [] });
    this.marker = new maplibre.Marker({ element: picture(box.dataset.state), anchor: "bottom", draggable: isPick });
  }

  start() {
    const typed = this.inputs.map((input) => numberIn(input?.value));
    const given = isPlace(...typed) ? typed : [numberIn(this.box.dataset.lon), numberIn(this.box.dataset.lat)];
    if (isPlace(...given)) this.put(...given);
    if (!this.isPick) return;
    this.map.getCanvas().style.cursor = "crosshair";
    this.map.on("click", ({ lngLat }) => this.choose(lngLat.lng, lngLat.lat));
    this.marker.on("dragend", () => { const { lng, lat } = this.marker.getLngLat(); this.choose(lng, lat); });
    for (const input of this.inputs) input?.addEventListener("change", () => this.follow());
    this.byKeys();
  }

  byKeys() {
    const element = this.marker.getElement();
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", t("Move the pin to the place, or tap the map."));
    element.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const here = this.map.project(this.marker.getLngLat());
      const { lng, lat } = this.map.unproject([here.x + step[0], here.y + step[1]]);
      this.choose(lng, lat);
    });
  }

  follow() {
    const [lon, lat] = this.inputs.map((input) => numberIn(input?.value));
    if (!isPlace(lon, lat) || this.isWriting) return;
    this.put(lon, lat);
    this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), 14) });
  }

  put(lon, lat) {
    this.marker.setLngLat([lon, lat]).addTo(this.map);
  }

  choose(lon, lat, accuracy = null) {
    this.put(lon, lat);
    this.isWriting = true;
    write(this.inputs, [lon, lat]);
    this.isWriting = false;
    this.box.dispatchEvent(new CustomEvent("place-picked", { bubbles: true, detail: { lon, lat, accuracy } }));
  }

  bounds() {
    const at = this.marker.getLngLat();
    return at ? [at.lng, at.lat, at.lng, at.lat] : null;
  }
}
