// A photo that knows where and when it was taken fills in the place, whether the map is drawn yet or cannot be drawn at all.
import { zone } from "../words.js";
import { inputsOf, write } from "../map/inputs.js";

document.addEventListener("place-suggested", (event) => {
  const box = event.target.closest("form")?.querySelector("[data-map][data-pick]");
  const inputs = box ? inputsOf(box) : [];
  if (!inputs.length || inputs.some((input) => !input || input.value)) return;
  event.preventDefault();
  write(inputs, [event.detail.lon, event.detail.lat]);
});

// As a datetime-local field writes it, in the city's zone.
export function localMinute(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).formatToParts(moment);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}`;
}

document.addEventListener("file-received", ({ target, detail }) => {
  const field = target.closest("form")?.querySelector("[data-photo-time]");
  const taken = detail.taken_at ? new Date(detail.taken_at) : null;
  if (!field || field.value || !taken || Number.isNaN(taken.valueOf()) || taken > Date.now()) return;
  field.value = localMinute(taken);
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
