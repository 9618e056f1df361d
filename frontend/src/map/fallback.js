// No WebGL: the points as a list; a place by position or by numbers.
import { make } from "../dom.js";
import { t } from "../words.js";
import { geojson } from "./fetched.js";
import { inputsOf } from "./inputs.js";
import { locate } from "./position.js";

const row = ({ properties }) => make("li", {}, make("div", { class: "item" },
  make("a", { class: "item-title", href: properties.url ?? "#" }, properties.title ?? ""),
  make("span", { class: `clock ${properties.state ?? "ok"}` }, make("span", { class: "ring", "aria-hidden": "true" }), make("b", {}, properties.words ?? ""))));

// Inputs that a page hides become visible: without a map they are the way to choose a place.
function numbers(box) {
  const names = ["Longitude", "Latitude"];
  const inputs = inputsOf(box);
  const fields = names.map((_name, i) => {
    const field = make("input", { inputmode: "decimal", value: inputs[i]?.value ?? "" });
    inputs[i].addEventListener("change", () => { field.value = inputs[i].value; }); // a photo may know the place
    field.addEventListener("change", () => { inputs[i].value = field.value; inputs[i].dispatchEvent(new Event("change", { bubbles: true })); });
    return field;
  });
  const use = make("button", { type: "button", class: "btn", onclick: async () => {
    const place = await locate();
    if (!place) return;
    [place.lon, place.lat].forEach((value, i) => { fields[i].value = value.toFixed(6); fields[i].dispatchEvent(new Event("change")); });
    box.dispatchEvent(new CustomEvent("place-picked", { bubbles: true, detail: place }));
  } }, t("Use my position"));
  return make("div", { class: "fields" }, ...fields.map((field, i) => make("label", { class: "field" }, t(names[i]), field)), use);
}

export async function fallBack(box, why) {
  const shown = make("div", { class: "map-fallback stack tight" }, make("p", { class: "muted" }, why));
  box.replaceChildren(shown);
  if (box.hasAttribute("data-pick")) return shown.append(numbers(box));
  if (box.dataset.lon) shown.append(make("p", {}, `${t("Longitude")} ${box.dataset.lon}，${t("Latitude")} ${box.dataset.lat}`));
  if (!box.dataset.points) return undefined;
  try {
    const { features } = await geojson(box.dataset.points);
    shown.append(features.length ? make("ul", { class: "rows" }, ...features.slice(0, 200).map(row)) : make("p", {}, t("Nothing here.")));
  } catch {
    shown.append(make("p", {}, t("The map could not be loaded. Try again in a moment.")));
  }
  return undefined;
}
