// Which matters on the device are likely the same thing: the same item, near, still open.
import { metresBetween } from "./order.js";

export const METRES = 50;

// near: matters of the server; own: reports that still wait in the outbox; what the server has is among its matters. Nearest first.
export function likelySame({ item_id, lon, lat }, near, own = []) {
  if (!item_id || lon == null) return [];
  const here = { lon, lat };
  const waiting = own.filter(({ kind, state }) => kind === "report" && state !== "done").map(({ id, title, body, made_at }) => ({
    op: id, item_id: body.item_id, title: title || body.text, lon: body.lon, lat: body.lat, reported_at: made_at,
  }));
  return [...near, ...waiting]
    .filter((row) => String(row.item_id) === String(item_id))
    .map((row) => ({ ...row, metres: metresBetween(here, row) }))
    .filter((row) => row.metres != null && row.metres <= METRES)
    .sort((one, other) => one.metres - other.metres);
}
