// Where a call stands, with what was said on this device and may not be known to the server yet.
import { outbox } from "../core/outbox.js";

const answerOf = (call) => outbox.about("call", call.id).filter((op) => op.kind === "call" && op.state !== "refused").at(-1)?.body.answer ?? "";
const deedOf = (call) => outbox.about("call", call.id).filter((op) => ["move", "visit"].includes(op.kind)).at(-1) ?? null;

// "sent", "accepted", "refused" or "done"
export const stateOf = (call) => (deedOf(call) ? "done" : { accept: "accepted", refuse: "refused", done: "done" }[answerOf(call)] ?? call.state);
