// A field for words that asks for as little typing as may be: ready sentences, speech, the rest by hand.
import { h, icon, language, store, t, toast } from "../core/app.js";
import { canListen, listen } from "../device/voice.js";

const TROUBLE = {
  denied: () => t("You have not allowed this app to use the microphone. Allow it in the settings of the browser, or use the microphone of the keyboard."),
  none: () => t("This browser cannot listen. Use the microphone of the keyboard."),
  offline: () => t("Speech needs a network in this browser. Use the microphone of the keyboard."),
  nothing: () => t("Nothing was heard. Try again closer to the microphone."),
};

export async function heard(button, hear) {
  if (!canListen()) return toast(TROUBLE[navigator.onLine ? "none" : "offline"](), { tone: "warn" });
  button.setAttribute("aria-pressed", "true");
  const { text, trouble } = await listen(language, hear).done;
  button.setAttribute("aria-pressed", "false");
  if (trouble) toast(TROUBLE[trouble](), { tone: "warn" });
  return text;
}

export const templatesFor = (purpose) => store.part("words").templates.filter((one) => one.for === purpose).map((one) => one.text);

export function textField({ id, label, value = "", change, purpose = "", rows = 3, hint = "", isRequired = false, most = 500 }) {
  const area = h("textarea", { id, rows, maxlength: most, value, required: isRequired, "aria-describedby": hint ? `${id}-hint` : null });
  area.addEventListener("input", () => change(area.value));
  const put = (words) => {
    area.value = area.value.trim() ? `${area.value.trim().replace(/[。，；]?$/, "，")}${words}` : words;
    change(area.value);
  };
  const ear = h("button", { class: "btn square", type: "button", "aria-label": t("Speak instead of typing"), "aria-pressed": "false" }, icon("microphone"));
  ear.addEventListener("click", async () => {
    const words = await heard(ear, () => {});
    if (words) put(words);
  });
  const ready = purpose ? templatesFor(purpose) : [];
  return h("div", { class: "field said-field" },
    h("label", { for: id }, label, isRequired ? h("span", { class: "must" }, t("needed")) : h("span", { class: "optional" }, t("if you like"))),
    ready.length > 0 && h("div", { class: "chips", role: "group", "aria-label": t("Ready sentences") }, ready.slice(0, 12).map((words) => h("button", { class: "chip", type: "button", onclick: () => put(words) }, words))),
    h("div", { class: "with-ear" }, area, ear),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint));
}
