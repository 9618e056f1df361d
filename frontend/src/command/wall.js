// A tile on the wall: the same figures as on the board, larger, each with the time it is true at.
import { make } from "../dom.js";
import { t } from "../words.js";
import { timeOf } from "./live.js";
import { bars, figure, hours, newsRow } from "./tiles.js";

const rowsFor = (slot, each) => Math.max(2, Math.floor(Number(slot.style.getPropertyValue("--h")) * each));

const stamp = (iso, isFigure) => make("small", { class: "wall-as-of", "data-figure": isFigure }, t("as of {at}", { at: timeOf(iso) }));

function framed(slot, definition, mark, ...content) {
  slot.replaceChildren(make("header", {}, make("h2", {}, definition.title), mark), ...content.filter(Boolean));
}

function number(slot, definition, { tile, asOf }) {
  slot.replaceChildren(figure(definition, tile?.payload), tile ? stamp(asOf ?? tile.as_of, true) : "");
}
const figureMark = ({ tile, asOf }) => (tile ? stamp(asOf ?? tile.as_of, true) : null);

const DRAW = {
  figure: number,
  rate: number,
  bars: (slot, definition, facts) => framed(slot, definition, figureMark(facts), bars(definition, facts.tile?.payload, rowsFor(slot, 1.9) - 1)),
  hours: (slot, definition, facts) => framed(slot, definition, figureMark(facts), hours(definition, facts.tile?.payload)),
  ticker: (slot, definition, { news, place }) => framed(slot, definition, news.length ? stamp(news.at(-1).at) : null, make("ul", { class: "cmd-news" }, ...news.slice(-rowsFor(slot, 2)).reverse().map((line) => newsRow(line, place))), news.length ? null : make("p", { class: "faint" }, t("Nothing has happened yet."))),
  late: (slot, definition, { late, lateAt }) => framed(slot, definition, lateAt ? stamp(lateAt) : null, make("ol", { class: "wall-late" }, ...late.slice(0, rowsFor(slot, 1.25)).map((row) => make("li", {}, make("a", { href: row.href }, make("b", { class: "clip" }, row.title), make("em", {}, row.words), make("small", { class: "clip" }, [row.place, row.party].filter(Boolean).join(" · ")))))), late.length ? null : make("p", { class: "faint" }, t("Nothing is overdue."))),
  alarms: (slot, definition) => {
    if (!slot.querySelector("[data-alarms]")) framed(slot, definition, null, make("ul", { class: "cmd-alarms", "data-alarms": "" }));
  },
  title: (slot, _definition, { settings }) => {
    if (slot.firstChild) return;
    slot.append(make("h1", {}, settings.title), make("span", { class: "cmd-state", "data-live-state": "" }), make("time", { "data-now": "" }));
  },
  map: async (slot, definition, { settings }) => {
    if (slot.firstChild || slot.closest("[hidden]")) return;
    const box = make("div", { class: "wall-map" });
    slot.append(make("h2", { class: "unseen" }, definition.title), box);
    try {
      const { WallMap } = await import("./wall-map.js");
      await new WallMap(box, settings).start();
    } catch (error) {
      console.warn(error.message);
      box.replaceChildren(make("p", { class: "muted" }, t("This device cannot draw the map; here is the list.")));
    }
  },
};

export function drawTile(slot, definition, facts) {
  if (!definition) return slot.replaceChildren(make("p", { class: "faint" }, t("This tile is no longer offered.")));
  return DRAW[definition.look](slot, definition, facts);
}

// In the composer a tile shows what it is, not what it says.
export const preview = (definition) => make("div", { class: "wall-preview" }, make("b", {}, definition.title), make("small", { class: "clip-2" }, definition.meaning));
