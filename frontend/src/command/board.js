// The live board beside the map: counters, rankings, what is overdue, what is happening, alarms.
import { ready } from "../dom.js";
import { t } from "../words.js";
import { Alarms } from "./alarm.js";
import { fetchJson, Live, stateWords } from "./live.js";
import { bars, figure, lateRow, newsRow } from "./tiles.js";

const MOST_NEWS = 60;
export const read = (id, root = document) => JSON.parse(root.getElementById(id)?.textContent || "null");

// The place a line of the ticker tells: what everybody on this page knows is left out.
export function placer(names, area) {
  return (line) => {
    const depth = area.split("/").filter(Boolean).length;
    const path = `${line.area_path.split("/").filter(Boolean).slice(0, depth + 1).join("/")}/`;
    const name = names.get(path) ?? "";
    return name ? `${name} · ` : "";
  };
}

class Board {
  constructor(root) {
    this.root = root;
    this.alarms = null;
    this.open(read("command-settings"), read("command-board"));
    this.tick();
  }

  open(settings, board) {
    this.live?.close();
    this.alarms?.stop();
    Object.assign(this, { settings, definitions: board.definitions });
    this.names = new Map([...document.querySelectorAll("[data-below] [data-path]")].map((row) => [row.dataset.path, row.dataset.name]));
    this.place = placer(this.names, settings.board);
    this.alarms = new Alarms(settings, {
      banner: document.querySelector(".cmd-alarm"), lists: () => document.querySelectorAll("[data-alarms]"), button: document.querySelector("[data-alarm-sound]"),
    });
    this.alarms.start();
    const live = new Live({ area: settings.board, live: settings.live, poll: settings.poll });
    live.addEventListener("tile", ({ detail }) => this.showTile(detail));
    live.addEventListener("news", ({ detail }) => this.showNews(detail));
    live.addEventListener("state", ({ detail }) => this.showState(detail));
    this.live = live;
    for (const slot of document.querySelectorAll("[data-tile]")) this.draw(slot, null);
    live.begin(board);
  }

  draw(slot, payload) {
    const definition = this.definitions[slot.dataset.tile];
    if (!definition) return slot.remove();
    slot.title = definition.meaning;
    return slot.replaceChildren(slot.dataset.look === "bars" ? bars(definition, payload, 7) : figure(definition, payload));
  }

  showTile({ code, payload, as_of: asOf }) {
    for (const slot of document.querySelectorAll(`[data-tile="${code}"]`)) { this.draw(slot, payload); slot.dataset.asOf = asOf; }
    if (code === "overdue") this.loadLate();
    if (code === "open" || code === "overdue") this.root.dispatchEvent(new CustomEvent("register-changed"));
  }

  async loadLate() {
    const list = document.querySelector("[data-late]");
    if (!list) return;
    clearTimeout(this.lateTimer);
    this.lateTimer = setTimeout(async () => {
      try {
        const { rows } = await fetchJson(`/command/late.json?area=${this.settings.area}`);
        list.replaceChildren(...rows.map(lateRow));
      } catch { /* the state of the connection is told beside the clock */ }
    }, 600);
  }

  showNews({ lines, isAnew }) {
    const list = document.querySelector("[data-news]");
    if (!list) return;
    if (isAnew) list.replaceChildren();
    for (const line of lines) list.prepend(newsRow(line, this.place));
    while (list.children.length > MOST_NEWS) list.lastChild.remove();
    document.querySelector("[data-news-empty]").hidden = list.children.length > 0;
    if (!isAnew && lines.some((line) => line.is_urgent)) this.alarms.soon();
  }

  showState(detail) {
    const pill = document.querySelector("[data-live-state]");
    const [words, tone] = stateWords(detail);
    if (!pill || !words) return;
    if (pill.textContent !== words) pill.textContent = words;
    pill.className = `cmd-state ${tone}`;
  }

  tick() {
    const clock = document.querySelector("[data-now]");
    const zone = document.querySelector("meta[name=time-zone]")?.content;
    const words = new Intl.DateTimeFormat(t("en-GB"), { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: zone });
    const tell = () => { if (clock) clock.textContent = words.format(new Date()); };
    tell();
    setInterval(tell, 1000);
  }
}

ready("[data-command]", async (root) => {
  const board = new Board(root);
  const map = root.querySelector("[data-command-map]");
  const { start } = await import("./drill.js");
  start(root, map, board);
});
