// The time slider: how long a window, and which day it ends on. The map shows how dense reports were.
const DAY = 86400000;
const iso = (ms) => new Date(ms).toISOString().slice(0, 10);
const short = (day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;

export class Period {
  constructor(root, map) {
    this.panel = root.querySelector("[data-mode-panel=period]");
    this.map = map;
    if (!this.panel) return;
    this.range = this.panel.querySelector("input[type=range]");
    this.words = this.panel.querySelector("[data-period-words]");
    this.list = this.panel.querySelector("[data-period-list]");
    this.today = Date.parse(this.panel.dataset.today);
    this.range.addEventListener("input", () => this.moved());
    for (const choice of this.panel.querySelectorAll("input[name=window]")) choice.addEventListener("change", () => this.moved());
  }

  get days() {
    return Number(this.panel.querySelector("input[name=window]:checked").value);
  }

  // The slider counts days back from today; its right end is today.
  get bounds() {
    const until = this.today - (Number(this.range.max) - Number(this.range.value)) * DAY;
    return [iso(until - (this.days - 1) * DAY), iso(until)];
  }

  moved() {
    const [since, until] = this.bounds;
    const year = until.slice(0, 4);
    const said = since === until ? `${year} · ${short(until)}` : `${since.slice(0, 4) === year ? year : since.slice(0, 4)} · ${short(since)} – ${since.slice(0, 4) === year ? "" : `${year} · `}${short(until)}`;
    this.words.textContent = said;
    this.range.setAttribute("aria-valuetext", said);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.map.setPeriod(since, until), 180);
    this.show();
  }

  show() {
    if (!this.panel) return;
    const [since, until] = this.bounds;
    this.list.href = `/desk/all?area=${this.map.settings.area}&since=${since}&until=${until}`;
  }

  active(isOn) {
    if (isOn) this.moved();
  }
}
