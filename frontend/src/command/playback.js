// A day played back: its matters come in and are closed, an hour in about a second.
import { t } from "../words.js";
import { fetchJson } from "./live.js";
import { told } from "./tiles.js";

const STEP = 60; // ms between pictures
const SPEEDS = { 1: 1, 2: 3, 3: 8 }; // minutes of the day a picture
const hhmm = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

// What had come in and what had been closed by a minute of the day; the hours give the columns behind the slider.
export function sumsAt(rows, minute) {
  let [came, gone] = [0, 0];
  for (const row of rows) {
    if (row[2] <= minute) came += 1;
    if (row[3] >= 0 && row[3] <= minute) gone += 1;
  }
  return { came, gone, open: came - gone };
}

export class Playback {
  constructor(root, map) {
    this.panel = root.querySelector("[data-mode-panel=day]");
    this.map = map;
    if (!this.panel) return;
    const part = (name) => this.panel.querySelector(`[data-day-${name}]`);
    Object.assign(this, { date: part("date"), range: part("range"), play: part("play"), clock: part("clock"), sums: part("sums"), columns: part("columns"), list: part("list"), speed: part("speed"), rows: [] });
    this.date.addEventListener("change", () => this.load());
    this.range.addEventListener("input", () => { this.pause(); this.draw(); });
    this.play.addEventListener("click", () => (this.timer ? this.pause() : this.run()));
  }

  active(isOn) {
    if (isOn) this.load();
    else this.pause();
  }

  show() {
    if (this.panel && !this.panel.hidden) this.load();
  }

  async load() {
    this.pause();
    this.panel.setAttribute("aria-busy", "true");
    try {
      const said = await fetchJson(`/command/playback.json?area=${this.map.settings.area}&day=${this.date.value}`);
      this.rows = said.rows;
      this.until = said.until;
      this.list.href = said.href;
      this.map.map.getSource("day").setData({ type: "FeatureCollection", features: this.rows.map(([lon, lat, came, gone, urgent]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { came, gone: gone < 0 ? 9999 : gone, urgent } })) });
      this.drawColumns(said.hours);
      this.range.value = said.until;
      this.draw();
    } catch {
      this.sums.textContent = t("This day could not be loaded. Try again.");
    } finally {
      this.panel.removeAttribute("aria-busy");
    }
  }

  drawColumns(hours) {
    const top = Math.max(1, ...hours.flat());
    this.columns.innerHTML = hours.map(([came, gone]) => `<span><i style="--p:${(100 * came) / top}"></i><b style="--p:${(100 * gone) / top}"></b></span>`).join("");
  }

  run() {
    if (Number(this.range.value) >= this.until) this.range.value = 0;
    this.play.setAttribute("aria-pressed", "true");
    this.play.querySelector("[data-said]").textContent = t("Pause");
    this.timer = setInterval(() => {
      this.range.value = Math.min(Number(this.range.value) + SPEEDS[this.speed.value], this.until);
      this.draw();
      if (Number(this.range.value) >= this.until) this.pause();
    }, STEP);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.setAttribute("aria-pressed", "false");
    this.play.querySelector("[data-said]").textContent = t("Play");
  }

  draw() {
    const minute = Math.min(Number(this.range.value), this.until ?? 1440);
    const { map } = this.map;
    map.setFilter("day-open", ["all", ["<=", ["get", "came"], minute], [">", ["get", "gone"], minute]]);
    map.setFilter("day-closed", ["all", ["<=", ["get", "gone"], minute]]);
    const { came, gone, open } = sumsAt(this.rows, minute);
    this.clock.textContent = hhmm(Math.min(minute, 1439));
    this.range.setAttribute("aria-valuetext", hhmm(Math.min(minute, 1439)));
    this.sums.textContent = t("{came} came in, {gone} of them closed, {open} open", { came: told(came), gone: told(gone), open: told(open) });
  }
}
