// <button data-sets="id of a field" data-value="…">: chooses a value somebody could choose by hand, and says so.
import { on } from "../dom.js";

on("click", "[data-sets]", (_event, button) => {
  const field = document.getElementById(button.dataset.sets);
  if (!field) return;
  const value = button.dataset.value;
  if (field.options && ![...field.options].some((option) => option.value === value)) {
    field.append(new Option(button.textContent.trim(), value));
  }
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
