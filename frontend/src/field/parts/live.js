// A part of a screen that is drawn again when something changes, without taking the focus away.
import { fill } from "../core/app.js";

export function live(element, make) {
  const draw = () => {
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    fill(element, make());
    if (held) element.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  };
  draw();
  return draw;
}
