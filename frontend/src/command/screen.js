// The big screen: pages of tiles that take turns, true to the second, read from across a hall.
import { kept } from "../dom.js";
import { t } from "../words.js";
import { Alarms } from "./alarm.js";
import { placer, read } from "./board.js";
import { fetchJson, Live, stateWords, timeOf } from "./live.js";
import { drawTile } from "./wall.js";

const EVERY = 20000; // ms between two looks at what no figure tells

export class Screen {
  constructor(root) {
    this.root = root;
    this.settings = read("command-settings");
    this.board = read("command-board");
    this.layout = read("screen-layout");
    Object.assign(this, { tiles: new Map(), news: [], late: [], at: 0, isHeld: false });
  }

  start() {
    this.names = new Map(read("area-names") ?? []);
    this.place = placer(this.names, this.settings.area);
    this.pages = this.layout.pages.map((page, n) => this.pageOf(page, n));
    this.root.querySelector("[data-pages]").replaceChildren(...this.pages);
    this.alarms = new Alarms(this.settings, { banner: this.root.querySelector(".cmd-alarm"), lists: () => this.root.querySelectorAll("[data-alarms]"), button: this.root.querySelector("[data-alarm-sound]") });
    this.alarms.start();
    this.live = new Live({ area: this.settings.board, live: this.settings.live, poll: this.settings.poll });
    this.live.addEventListener("tile", ({ detail }) => { this.tiles.set(detail.code, detail); this.fill(detail.code); });
    this.live.addEventListener("news", ({ detail }) => this.takeNews(detail));
    this.live.addEventListener("state", ({ detail }) => this.tellState(detail));
    this.live.begin(this.board);
    this.tick();
    setInterval(() => this.tick(), 1000);
    this.listen();
    this.go(0);
    this.loadLate();
    setInterval(() => this.loadLate(), EVERY);
  }

  pageOf({ tiles }, n) {
    const page = Object.assign(document.createElement("section"), { className: "wall-page" });
    page.setAttribute("aria-label", t("Page {n}", { n: n + 1 }));
    for (const { code, x, y, w, h } of tiles) {
      const slot = Object.assign(document.createElement("div"), { className: `wall-tile is-${code}` });
      slot.dataset.code = code;
      slot.style.cssText = `grid-area:${y + 1}/${x + 1}/span ${h}/span ${w};--w:${w};--h:${h}`;
      page.append(slot);
    }
    return page;
  }

  fill(code) {
    for (const slot of this.root.querySelectorAll(`.wall-tile[data-code="${code}"]`)) {
      drawTile(slot, this.board.definitions[code], { tile: this.tiles.get(code), news: this.news, late: this.late, lateAt: this.lateAt, asOf: this.live?.asOf, settings: this.settings, place: this.place });
    }
  }

  takeNews({ lines, isAnew }) {
    this.news = [...(isAnew ? [] : this.news), ...lines].slice(-40);
    this.fill("ticker");
    if (!isAnew && lines.some((line) => line.is_urgent)) this.alarms.soon();
  }

  async loadLate() {
    if (!this.root.querySelector("[data-code=late]")) return;
    try {
      this.late = (await fetchJson(`/command/late.json?area=${this.settings.area}`)).rows;
      this.lateAt = new Date().toISOString();
      this.fill("late");
    } catch { /* the state of the connection is told in the title */ }
  }

  // A figure that did not change is true up to the last word of the stream: every tile says so.
  tellState(detail) {
    this.state = stateWords(detail);
    for (const part of this.root.querySelectorAll(".wall-as-of[data-figure]")) part.textContent = t("as of {at}", { at: timeOf(detail.asOf) });
    for (const part of this.root.querySelectorAll("[data-live-state]")) {
      const [words, tone] = this.state;
      if (part.textContent !== words) part.textContent = words;
      part.className = `cmd-state ${tone}`;
    }
  }

  tick() {
    const zone = document.querySelector("meta[name=time-zone]")?.content;
    const words = new Intl.DateTimeFormat(t("en-GB"), { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: zone }).format(new Date());
    for (const clock of this.root.querySelectorAll("[data-now]")) clock.textContent = words;
  }

  go(n) {
    clearTimeout(this.turn);
    this.at = (n + this.pages.length) % this.pages.length;
    this.pages.forEach((page, i) => { page.hidden = i !== this.at; });
    for (const slot of this.pages[this.at].children) this.fill(slot.dataset.code);
    this.alarms.show();
    if (this.state) this.tellStateAgain();
    this.tick();
    const dots = this.root.querySelector("[data-dots]");
    dots.textContent = this.pages.length > 1 ? `${this.at + 1} / ${this.pages.length}${this.isHeld ? ` · ${t("held")}` : ""}` : "";
    if (this.pages.length > 1 && !this.isHeld) this.turn = setTimeout(() => this.go(this.at + 1), this.layout.pages[this.at].seconds * 1000);
  }

  tellStateAgain() {
    for (const part of this.root.querySelectorAll("[data-live-state]")) { [part.textContent] = this.state; part.className = `cmd-state ${this.state[1]}`; }
  }

  listen() {
    const acts = {
      ArrowRight: () => this.go(this.at + 1), ArrowLeft: () => this.go(this.at - 1), PageDown: () => this.go(this.at + 1), PageUp: () => this.go(this.at - 1),
      " ": () => this.hold(), f: () => this.full(), Escape: () => { if (!document.fullscreenElement) location.assign("/command/screens"); },
    };
    document.addEventListener("keydown", (event) => {
      if (event.target.closest("input, button, a") && event.key === " ") return;
      const act = acts[event.key] ?? (/^[1-9]$/.test(event.key) && Number(event.key) <= this.pages.length ? () => this.go(Number(event.key) - 1) : null);
      if (!act) return;
      event.preventDefault();
      act();
    });
    this.root.querySelector("[data-full]")?.addEventListener("click", () => this.full());
    this.root.querySelector("[data-hold]")?.addEventListener("click", () => this.hold());
    this.root.querySelector("[data-next]")?.addEventListener("click", () => this.go(this.at + 1));
    // A hall's pointer goes away when nobody moves it.
    let rest;
    const show = () => { this.root.classList.remove("quiet"); clearTimeout(rest); rest = setTimeout(() => this.root.classList.add("quiet"), 4000); };
    addEventListener("pointermove", show);
    addEventListener("keydown", show);
    show();
  }

  hold() {
    this.isHeld = !this.isHeld;
    this.root.querySelector("[data-hold]")?.setAttribute("aria-pressed", String(this.isHeld));
    this.go(this.at);
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => undefined);
    kept.set("screen-full", true);
  }
}
