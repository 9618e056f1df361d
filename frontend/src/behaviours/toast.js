// Short sentences at the foot of the page; on top of dialogs, read aloud, gone after a while.
import { make } from "../dom.js";
import { t } from "../words.js";

export function toast(text, { tone = "", stays = tone === "late" ? 12000 : 6000, action } = {}) {
  const box = document.querySelector(".toasts");
  if (!box || !text) return;
  for (const old of box.children) if (old.dataset.text === text) old.remove();
  const note = make("div", { class: `toast ${tone}`, "data-text": text }, make("div", {}, text));
  const end = () => {
    note.remove();
    if (!box.children.length && box.matches(":popover-open")) box.hidePopover();
  };
  if (action) note.append(make("button", { type: "button", onclick: () => { end(); action.act(); } }, action.label));
  note.append(make("button", { type: "button", "aria-label": t("Close"), onclick: end, style: "text-decoration:none" }, "×"));
  // Shown anew each time: the last shown lies above an open dialog.
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover?.();
  box.append(note);
  let timer = setTimeout(end, stays);
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("pointerleave", () => { timer = setTimeout(end, 3000); });
}

document.addEventListener("toast", (event) => toast(event.detail.text, { tone: event.detail.tone }));
