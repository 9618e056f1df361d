// The two hidden inputs a map writes a place into; they hold it also while no map is drawn.
export const inputsOf = (box) => [box.dataset.lonInput ?? "#id_lon", box.dataset.latInput ?? "#id_lat"].map((name) => (box.closest("form") ?? document).querySelector(name));
export const numberIn = (text) => (text === undefined || text === null || text.trim() === "" ? NaN : Number(text));

export function write(inputs, values) {
  values.forEach((value, i) => { if (inputs[i]) inputs[i].value = value.toFixed(6); });
  // Both are there before anybody hears of either.
  for (const input of inputs) {
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    input?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
