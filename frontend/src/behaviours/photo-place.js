// A photo that knows where it was taken fills in the place, whether the map is drawn yet or cannot be drawn at all.
import { inputsOf, write } from "../map/inputs.js";

document.addEventListener("place-suggested", (event) => {
  const box = event.target.closest("form")?.querySelector("[data-map][data-pick]");
  const inputs = box ? inputsOf(box) : [];
  if (!inputs.length || inputs.some((input) => !input || input.value)) return;
  event.preventDefault();
  write(inputs, [event.detail.lon, event.detail.lat]);
});
