// Whether the officer is on shift: what the server knows, and what was done here since.
import { outbox } from "../core/outbox.js";
import { store } from "../core/store.js";

export function shiftNow() {
  const told = store.part("me").shift;
  const mine = outbox.list().filter((op) => op.kind === "shift" && op.state !== "refused" && (op.state !== "done" || Date.parse(op.made_at) > Date.parse(told?.started_at ?? 0))).at(-1);
  if (mine) return { state: mine.body.deed === "start" ? "on" : "off", at: mine.made_at };
  return { state: told?.state ?? "off", at: told?.started_at ?? null };
}
