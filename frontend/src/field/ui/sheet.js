// A sheet that slides up from below: a question with its answers, or a small form. Focus stays in it and comes back.
import { h, icon } from "../core/h.js";
import { t } from "../core/words.js";

// sheet({ title, body: Node|text, acts: [{ label, value, tone }] }) → the chosen value, or null when it was closed.
export function sheet({ title, body = "", acts = [], wide = false }) {
  return new Promise((done) => {
    const id = `sheet-${crypto.randomUUID().slice(0, 8)}`;
    const dialog = h(
      "dialog",
      { class: `sheet${wide ? " wide" : ""}`, "aria-labelledby": id },
      h("div", { class: "sheet-head" }, h("h2", { id, tabindex: "-1", autofocus: true }, title), h("button", { class: "btn quiet square", type: "button", "aria-label": t("Close"), onclick: () => dialog.close("") }, icon("x"))),
      h("div", { class: "sheet-body" }, typeof body === "function" ? body((value) => end(value)) : typeof body === "string" ? body && h("p", {}, body) : body),
      acts.length > 0 && h("div", { class: "sheet-acts" }, acts.map(({ label, value, tone = "" }) => h("button", { class: `btn big wide ${tone}`, type: "button", onclick: () => end(value) }, label))),
    );
    let answer = null;
    const end = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(answer);
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const ask = ({ title, body, yes, tone = "primary", no = t("Cancel") }) =>
  sheet({ title, body, acts: [{ label: yes, value: true, tone }, { label: no, value: false }] }).then(Boolean);
