// Large type, dark theme, copying, going back, dates.
import { on, ready } from "../dom.js";
import { fullDate, language, t } from "../words.js";
import { toast } from "./toast.js";

ready("[data-device]", (button) => {
  const { device, value } = button.dataset;
  const set = document.documentElement.dataset;
  button.setAttribute("aria-pressed", set[device] === value);
  button.addEventListener("click", () => {
    if (set[device] === value) delete set[device];
    else set[device] = value;
    try {
      // Read before the first paint by static/device.js: plain text, not JSON.
      if (set[device]) localStorage.setItem(`gongzhi-${device}`, set[device]);
      else localStorage.removeItem(`gongzhi-${device}`);
    } catch {
      // Private browsing: the choice holds for this page.
    }
    for (const same of document.querySelectorAll(`[data-device="${device}"]`)) same.setAttribute("aria-pressed", set[device] === same.dataset.value);
    document.dispatchEvent(new CustomEvent("look-changed"));
  });
});

on("click", "[data-copy]", async (_event, button) => {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    toast(t("Copied: {text}", { text }), { tone: "ok" });
  } catch {
    toast(t("Copy it by hand: {text}", { text }));
  }
});
on("click", "[data-back]", () => (history.length > 1 ? history.back() : location.assign("/")));
on("click", "[data-reload]", () => location.reload());
on("click", "[data-print]", () => print());

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];
function ago(at) {
  const seconds = (at - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
ready("time[datetime]", (time) => {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.valueOf()) || !/T/.test(time.dateTime)) return;
  time.title ||= fullDate.format(at);
  if (time.hasAttribute("data-ago")) time.textContent = ago(at);
});
