// Where it is: the device's position with its accuracy, a pin on the map, or known premises. Asked once, never followed.
import { fill, h, icon, place, sheet, store, t, toast } from "../core/app.js";
import { isWithin } from "../rules/areas.js";
import { foundPremises } from "../rules/search.js";

const ROUGH = 60; // metres from which an accuracy is too rough to find a thing again

export function wordsOf(where) {
  if (!where || where.lon == null) return t("No place yet");
  if (where.by === "premises") return where.address || where.name;
  if (where.by === "map") return t("By the pin on the map");
  return t("By the device's position, accurate to about {n} m", { n: Math.round(where.accuracy_m ?? 0) });
}

export async function positionNow(wait = 8000) {
  const found = await place({ wait });
  if (found) return { ...found, by: "device" };
  toast(place.trouble, { tone: "warn", stays: 8000 });
  return null;
}

export function placeField({ where, address, change, say }) {
  const isRough = where?.by === "device" && (where.accuracy_m ?? 0) > ROUGH;
  const byDevice = async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    const found = await positionNow();
    button.removeAttribute("aria-busy");
    if (found) change({ ...found, premises: "" });
  };
  const byMap = async () => {
    const { pickOnMap } = await import("./pick-on-map.js");
    const found = await pickOnMap(where);
    if (found) change({ ...found, by: "map", premises: "" });
  };
  const byPremises = async () => {
    const found = await pickPremises();
    if (found) change({ lon: found.lon, lat: found.lat, accuracy_m: null, by: "premises", premises: found.code, name: found.name, address: found.address || found.name });
  };
  const input = h("input", { id: "address", value: address, maxlength: 200, placeholder: t("For example: by the bus stop, opposite No. 12"), autocomplete: "off" });
  input.addEventListener("input", () => say(input.value));
  return h("div", { class: "stack" },
    h("p", { class: `where${where?.lon == null ? " none" : ""}`, role: "status" }, icon("map-pin"), h("span", {}, wordsOf(where))),
    isRough && h("p", { class: "message warn" }, icon("alert-triangle"), h("span", {}, t("That is rough. Set the pin on the map, so that it is found again."))),
    isWithin(store.part("areas").areas, where) === false && h("p", { class: "message warn" }, icon("alert-triangle"), h("span", {}, t("This place is outside your grids: the centre may not take it from you. Check the pin, or tell the officer of that grid."))),
    h("div", { class: "three-ways" },
      h("button", { class: "btn", type: "button", "data-key": "by-device", onclick: byDevice }, icon("current-location"), t("My position")),
      h("button", { class: "btn", type: "button", "data-key": "by-map", onclick: byMap }, icon("map-2"), t("Map")),
      h("button", { class: "btn", type: "button", "data-key": "by-premises", onclick: byPremises }, icon("building-store"), t("Premises"))),
    h("div", { class: "field" }, h("label", { for: "address" }, t("Address in words"), h("span", { class: "optional" }, t("if you like"))), input));
}

// One of the premises on the device, by a few letters.
export function pickPremises(title = t("Which premises?")) {
  return sheet({
    title,
    wide: true,
    body: (choose) => {
      const list = h("ul", { class: "plain-list" });
      const input = h("input", { type: "search", "aria-label": t("Name, address or code"), placeholder: t("Name, address or code"), autocomplete: "off" });
      const draw = () => {
        const asked = input.value.trim();
        const rows = asked ? foundPremises(store.premises(), asked, 30) : [];
        fill(list, asked && !rows.length ? h("li", { class: "muted" }, t("Nothing fits. Try a part of the name or the number of the house.")) : rows.map((row) => h("li", {}, h("button", { class: "pick-line", type: "button", onclick: () => choose(row) }, h("b", {}, row.name), h("small", {}, row.address)))));
      };
      input.addEventListener("input", draw);
      draw();
      return h("div", { class: "stack" }, h("div", { class: "field" }, input), list);
    },
  });
}
