// Clocks of unbroken time move by themselves; all others are worded by the server alone.
import { t } from "../words.js";

const MINUTE = 60000;

export function words(left) {
  const minutes = Math.max(1, Math.ceil(Math.abs(left) / MINUTE));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const end = left >= 0 ? "left" : "late";
  if (d) return t(`{d} days {h} h ${end}`, { d, h });
  if (h) return t(`{h} h {m} min ${end}`, { h, m });
  return t(`{m} min ${end}`, { m });
}

export function stateOf(left, whole) {
  if (left <= 0) return "late";
  return left / whole <= 0.25 ? "warn" : "ok";
}

function tick() {
  for (const clock of document.querySelectorAll(".clock[data-due][data-start]")) {
    if (clock.matches(".paused, .done")) continue;
    const [due, start] = [Date.parse(clock.dataset.due), Date.parse(clock.dataset.start)];
    if (Number.isNaN(due) || Number.isNaN(start) || due <= start) continue;
    const left = due - Date.now();
    clock.classList.remove("ok", "warn", "late");
    clock.classList.add(stateOf(left, due - start));
    clock.querySelector(".ring").style.setProperty("--p", Math.max(0, Math.min(100, (left / (due - start)) * 100)).toFixed(0));
    clock.querySelector("b").textContent = words(left);
  }
}

export function run() {
  setInterval(tick, 20000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
}
