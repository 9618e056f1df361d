// Alarms of the desk: shown, heard where sound was allowed, acknowledged once.
import { kept, make, token } from "../dom.js";
import { toast } from "../behaviours/toast.js";
import { t } from "../words.js";
import { fetchJson } from "./live.js";
import { clockOf } from "./tiles.js";

const EVERY = 15000;
const SOUND = "alarm-sound";

// Two tones, no file: loud enough for a hall, off until somebody allowed it.
class Sound {
  constructor() {
    this.isWanted = kept.get(SOUND) === true;
  }

  async allow(isWanted) {
    this.isWanted = isWanted;
    kept.set(SOUND, isWanted);
    if (!isWanted) return this.stop();
    this.context ??= new AudioContext();
    await this.context.resume();
    this.tone(880, 0, 0.12);
    return undefined;
  }

  get isBlocked() {
    return this.isWanted && this.context?.state !== "running";
  }

  // A browser plays nothing before the first touch of the page.
  wake() {
    if (!this.isWanted) return;
    this.context ??= new AudioContext();
    this.context.resume();
  }

  start() {
    if (!this.isWanted || this.timer) return;
    this.ring();
    this.timer = setInterval(() => this.ring(), 3000);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }

  ring() {
    if (this.context?.state !== "running") return;
    for (const n of [0, 1, 2]) { this.tone(988, n * 0.42, 0.18); this.tone(740, n * 0.42 + 0.2, 0.18); }
  }

  tone(pitch, after, long) {
    const [tone, level] = [this.context.createOscillator(), this.context.createGain()];
    const at = this.context.currentTime + after;
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.0001, at);
    level.gain.exponentialRampToValueAtTime(0.35, at + 0.02);
    level.gain.exponentialRampToValueAtTime(0.0001, at + long);
    tone.connect(level).connect(this.context.destination);
    tone.start(at);
    tone.stop(at + long + 0.02);
  }
}

export class Alarms {
  constructor({ area, acknowledges }, { banner, lists, button }) {
    Object.assign(this, { area, acknowledges, banner, lists, button, rows: [], title: document.title });
    this.sound = new Sound();
    this.button?.addEventListener("click", () => this.switchSound());
    document.addEventListener("pointerdown", () => { this.sound.wake(); this.tellSound(); }, { once: true, capture: true });
    this.tellSound();
  }

  async switchSound() {
    await this.sound.allow(!this.sound.isWanted);
    this.tellSound();
    this.heard();
  }

  tellSound() {
    if (!this.button) return;
    const { isWanted } = this.sound;
    this.button.setAttribute("aria-pressed", String(isWanted));
    this.button.querySelector("[data-said]").textContent = isWanted ? t("Alarm sound on") : t("Alarm sound off");
  }

  start() {
    this.load();
    this.timer = setInterval(() => this.load(), EVERY);
  }

  stop() {
    clearInterval(this.timer);
    this.sound.stop();
    document.title = this.title;
  }

  // Urgent news came: its alarm is written a moment later.
  soon() {
    for (const wait of [800, 2500]) setTimeout(() => this.load(), wait);
  }

  async load() {
    try {
      const { rows } = await fetchJson(`/command/alarms.json?area=${this.area}`);
      this.rows = rows;
      this.show();
    } catch (error) {
      if (!this.rows.length) console.warn(error.message); // the state of the connection is told beside the clock
    }
  }

  show() {
    const waiting = this.rows.filter((row) => row.needs_answer);
    this.banner.hidden = !waiting.length;
    if (waiting.length) this.banner.replaceChildren(this.bannerOf(waiting));
    for (const list of this.lists()) {
      list.replaceChildren(...this.rows.map((row) => this.rowOf(row)));
      if (!this.rows.length) list.append(make("li", { class: "faint" }, t("No urgent alarm in the last 24 hours.")));
    }
    document.title = waiting.length ? `（${waiting.length}）${t("Alarm")} · ${this.title}` : this.title;
    this.heard();
  }

  heard() {
    if (this.rows.some((row) => row.needs_answer)) this.sound.start();
    else this.sound.stop();
  }

  bannerOf([first, ...more]) {
    return make("div", { class: "cmd-alarm-line" }, make("b", {}, t("Urgent")), make("a", { href: first.href }, `${first.place} · ${first.title}`),
      make("span", {}, first.face === "missed" ? first.words : clockOf(first.at)), more.length ? make("span", {}, t("and {n} more", { n: more.length })) : null, this.buttonOf(first));
  }

  rowOf(row) {
    return make("li", { class: row.face }, make("a", { href: row.href }, make("span", { class: "clip-2" }, row.title), make("small", {}, `${row.place} · ${row.state}`)),
      make("time", { datetime: row.at }, clockOf(row.at)), make("p", {}, row.words), this.buttonOf(row));
  }

  buttonOf(row) {
    if (!row.can_acknowledge) return null;
    return make("button", { type: "button", class: "btn small danger", onclick: (event) => this.acknowledge(row, event.target) }, t("Acknowledge"));
  }

  async acknowledge(row, button) {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    try {
      const answer = await fetch(`/command/alarms/${row.id}/acknowledge`, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      toast(t("Acknowledged for your desk."), { tone: "ok" });
    } catch {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      return toast(t("This did not arrive. Try again."), { tone: "late" });
    }
    return this.load();
  }
}
