// A short sentence above the bottom bar; screen readers hear it.
import { h } from "../core/h.js";

export function toast(text, { tone = "", stays = 4500, action = null } = {}) {
  const box = document.querySelector("[data-toasts]");
  const close = () => note.remove();
  const note = h("div", { class: `note ${tone}` }, h("span", {}, text), action && h("button", { class: "btn small", type: "button", onclick: () => { close(); action.act(); } }, action.label));
  for (const old of [...box.children].slice(0, -1)) old.remove(); // two at most
  box.append(note);
  setTimeout(close, action ? stays * 2 : stays);
  return close;
}
