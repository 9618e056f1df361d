// The pin: the middle of the map is the place; the map is moved below it. Without a map, numbers may be typed.
import { h, icon, t, toast } from "../core/app.js";
import { drawMap, hasMap, NoMap } from "./map.js";

export function pickOnMap(start) {
  return new Promise((done) => {
    let answer = null;
    let map = null;
    const box = h("div", { class: "map-box", role: "application", "aria-label": t("Map. Move it until the pin stands at the place; arrow keys move it, too.") });
    const dialog = h("dialog", { class: "finder pin-finder", "aria-label": t("Set the pin") },
      h("div", { class: "finder-head" }, h("b", {}, t("Move the map below the pin")), h("button", { class: "btn quiet square", type: "button", "aria-label": t("Close"), onclick: () => dialog.close() }, icon("x"))),
      h("div", { class: "map-frame" }, box, h("span", { class: "centre-pin", "aria-hidden": "true" }, icon("map-pin"))),
      h("div", { class: "sheet-acts" }, h("button", { class: "btn big wide primary", type: "button", onclick: () => {
        const { lng, lat } = map?.getCenter() ?? {};
        if (lng == null) return toast(t("The map is not there yet."), { tone: "warn" });
        answer = { lon: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6, accuracy_m: null };
        return dialog.close();
      } }, t("It is here"))));
    dialog.addEventListener("close", () => {
      map?.remove();
      dialog.remove();
      done(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    if (!hasMap()) {
      dialog.close();
      toast(t("This device cannot draw the map. Use the position, or choose premises."), { tone: "warn" });
      return;
    }
    drawMap(box, { centre: start?.lon == null ? null : start, isPick: true }).then((drawn) => {
      map = drawn;
    }).catch((error) => {
      if (!(error instanceof NoMap)) throw error;
      dialog.close();
      toast(t("The map could not be loaded. Use the position, or choose premises."), { tone: "warn" });
    });
  });
}
