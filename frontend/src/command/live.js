// One area's figures and news, kept true: by the stream where there is one, else by asking every few seconds.
// Nothing is shown twice and nothing is left out: after every break the news since the last number is fetched.
import { t, zone } from "../words.js";

const TRIES = 3; // broken streams in a row before the screen asks by itself
const SILENT = 40000; // ms without a word from the stream before it is checked
const GRACE = 6000; // ms a stream may take to come back by itself

export class Live extends EventTarget {
  constructor({ area, live, poll, get = fetchJson, Source = globalThis.EventSource }) {
    super();
    Object.assign(this, { area, live, every: poll * 1000, get, Source, seq: 0, asOf: null, breaks: 0, state: "" });
    this.versions = new Map();
    this.waiting = [];
  }

  // What the page came with: {tiles, news, seq, as_of}.
  begin({ tiles = [], news = [], seq = 0, as_of: asOf = null }) {
    this.seq = seq;
    this.asOf = asOf;
    for (const tile of tiles) this.takeTile(tile);
    this.emit("news", { lines: news, isAnew: true });
    this.open();
  }

  open() {
    if (!this.live || !this.Source) return this.ask();
    this.say(this.breaks ? "again" : "opening");
    const source = new this.Source(`${this.live}/stream?area=${encodeURIComponent(this.area)}`, { withCredentials: true });
    this.source = source;
    this.isCaughtUp = false;
    source.onopen = () => this.opened();
    source.addEventListener("tile", (event) => { this.watch(); this.takeTile(JSON.parse(event.data)); });
    source.addEventListener("news", (event) => { this.watch(); this.takeNews([JSON.parse(event.data)]); });
    source.addEventListener("beat", (event) => { this.watch(); this.beaten(JSON.parse(event.data)); });
    source.addEventListener("reset", () => this.anew());
    source.onerror = () => this.interrupted(source);
    return undefined;
  }

  // Up to where everything is true, although nothing happened.
  beaten({ seq, as_of: asOf }) {
    if (this.isCaughtUp) this.seq = Math.max(this.seq, seq);
    this.told(asOf);
  }

  // A stream ends now and then by plan and comes back by itself: only a longer break is told.
  interrupted(source) {
    clearTimeout(this.grace);
    if (source.readyState === 2) this.broken(source);
    else this.grace = setTimeout(() => { if (source.readyState !== 1) this.broken(source); }, GRACE);
  }

  opened() {
    this.breaks = 0;
    clearTimeout(this.timer);
    clearTimeout(this.grace);
    this.say("live");
    this.watch();
    this.catchUp().catch(() => this.broken(this.source));
  }

  broken(source) {
    if (source !== this.source) return;
    source.close();
    this.breaks += 1;
    for (const timer of [this.silence, this.grace, this.again]) clearTimeout(timer);
    if (this.breaks < TRIES) this.say("again");
    this.ask();
    const pause = Math.min(1000 * 2 ** this.breaks, 60000) * (0.75 + Math.random() / 2);
    this.again = setTimeout(() => { if (!this.isClosed) this.open(); }, pause);
  }

  // A stream may be cut without anybody being told: a quiet one is checked by asking once.
  watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.catchUp().then(() => this.watch(), () => this.broken(this.source)), SILENT);
  }

  get isOpen() {
    return this.source?.readyState === 1;
  }

  async ask() {
    clearTimeout(this.timer);
    try {
      await this.refresh();
      if (!this.isOpen && (!this.live || this.breaks >= TRIES)) this.say("asking");
    } catch {
      if (!this.isOpen) this.say("stale");
    }
    if (!this.isClosed && !this.isOpen) this.timer = setTimeout(() => this.ask(), document.hidden ? this.every * 6 : this.every);
  }

  async refresh() {
    const [board] = await Promise.all([this.get(`/command/tiles.json?area=${this.area}`), this.catchUp()]);
    for (const tile of board.tiles) this.takeTile(tile);
    this.told(board.as_of);
  }

  async catchUp() {
    const said = await this.get(`/command/news.json?area=${this.area}&after=${this.seq}`);
    if (said.reset) return this.anew(said);
    this.isCaughtUp = true;
    const held = [...said.news, ...this.waiting.splice(0)].sort((a, b) => a.seq - b.seq);
    this.pass(held);
    this.seq = Math.max(this.seq, said.seq);
    this.told(said.as_of);
    if (said.news.length && said.seq > (said.news.at(-1)?.seq ?? 0)) return undefined;
    return said.news.length >= 200 ? this.catchUp() : undefined;
  }

  async anew(said) {
    const [board, latest] = await Promise.all([this.get(`/command/tiles.json?area=${this.area}`), said ?? this.get(`/command/news.json?area=${this.area}`)]);
    for (const tile of board.tiles) this.takeTile(tile);
    this.seq = latest.seq;
    this.waiting = [];
    this.isCaughtUp = true;
    this.emit("news", { lines: latest.news, isAnew: true });
    this.told(latest.as_of);
  }

  takeTile(tile) {
    if ((this.versions.get(tile.code) ?? -1) >= tile.version) return;
    this.versions.set(tile.code, tile.version);
    if (!this.asOf || tile.as_of > this.asOf) this.told(tile.as_of);
    this.emit("tile", tile);
  }

  takeNews(lines) {
    if (this.source && !this.isCaughtUp) this.waiting.push(...lines);
    else this.pass(lines);
  }

  pass(lines) {
    const fresh = lines.filter(({ seq }, n) => seq > this.seq && lines.findIndex((one) => one.seq === seq) === n);
    if (!fresh.length) return;
    this.seq = fresh.at(-1).seq;
    this.emit("news", { lines: fresh, isAnew: false });
  }

  told(asOf) {
    if (!asOf) return;
    this.asOf = asOf;
    this.emit("state", { state: this.state, asOf });
  }

  say(state) {
    this.state = state;
    this.emit("state", { state, asOf: this.asOf });
  }

  emit(type, detail) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  close() {
    this.isClosed = true;
    this.source?.close();
    for (const timer of [this.timer, this.silence, this.again, this.grace]) clearTimeout(timer);
  }
}

export async function fetchJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: zone });
export const timeOf = (iso) => (iso ? clock.format(new Date(iso)) : "–");

// What the pill says: is it true now, and if not, as of when.
export function stateWords({ state, asOf }) {
  const at = timeOf(asOf);
  const words = {
    live: [t("Live"), "ok"], asking: [t("As of {at}", { at }), "ok"], opening: [t("Connecting"), ""],
    again: [t("Reconnecting · as of {at}", { at }), "warn"], stale: [t("No connection · as of {at}", { at }), "late"],
  };
  return words[state] ?? ["", ""];
}
