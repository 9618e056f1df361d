// What the officer did, in order, until the server's receipt is here. Nothing leaves this list unseen.
//   waiting → done | conflict | refused;  conflict, refused → deciding → done
import { db, isFull } from "./db.js";
import { openBytes, seal, sealBytes, unseal } from "./seal.js";
import { signals } from "./signals.js";
import { store } from "./store.js";

const DAYS_KEPT = 3; // a finished record stays readable so long
const DAY = 86400000;

const ops = new Map(); // id → op, in the order they were made
const unkept = new Map(); // photo id → Blob, for records the device had no room for
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("gongzhi-field-outbox");

export const outbox = {
  list: () => [...ops.values()].sort((one, other) => one.n - other.n),
  get: (id) => ops.get(id) ?? null,
  count: () => outbox.list().filter((op) => !["done", "deciding"].includes(op.state)).length, // a decision counts for what it is about
  unsent: () => outbox.list().filter((op) => op.state === "waiting"),
  questions: () => outbox.list().filter((op) => op.state === "conflict" || op.state === "refused"),
  // Records about a task, a call, a matter or premises, made here and perhaps not yet known to the server.
  about: (what, id) => outbox.list().filter((op) => op.body[what] === id),
  hasRoom: () => outbox.list().every((op) => op.isKept),
  add,
  decide,
  blob,
  change,
  drop,
};

const allPhotos = (op) => [...op.photos, ...op.after_photos];

export async function openOutbox() {
  const before = [...ops.values()].filter((op) => op.isKept);
  const rows = await db.all("ops");
  const found = await Promise.all(rows.map((row) => unseal("ops", row)));
  const there = new Set(found.map((op) => op.id));
  for (const { id } of before) if (!there.has(id)) ops.delete(id);
  // The same object stays: whoever is sending it at this moment goes on with it.
  for (const op of found) ops.set(op.id, Object.assign(ops.get(op.id) ?? {}, op, { isKept: true }));
  signals.send("outbox");
}

export function closeOutbox() {
  ops.clear();
  unkept.clear();
}

tabs?.addEventListener("message", () => { openOutbox().catch(() => signals.send("storage")); });

// A caller that may be killed and do the same again brings the id along: what is here already is not added twice.
async function add(kind, body, { id = crypto.randomUUID(), photos = [], after_photos = [], place = null, title = "", draft = "", after = [] } = {}) {
  if (ops.has(id)) {
    if (draft) await store.dropDraft(draft);
    return ops.get(id);
  }
  const op = {
    id,
    n: outbox.list().reduce((most, one) => Math.max(most, one.n), 0) + 1,
    kind,
    title,
    made_at: withZone(new Date()),
    place,
    body,
    after, // records that must be known before this one
    photos: photos.map(described),
    after_photos: after_photos.map(described),
    arrived: [],
    state: "waiting",
    tries: 0,
    words: "",
    result: null,
  };
  const blobs = [...photos, ...after_photos].map((one) => one.blob);
  ops.set(op.id, op);
  allPhotos(op).forEach((photo, n) => unkept.set(photo.id, blobs[n]));
  await keepNew(op, draft);
  signals.send("outbox", op);
  signals.send("wanted");
  return op;
}

const described = ({ blob: { type, size }, name }) => ({ id: crypto.randomUUID(), name: name || "photo.jpg", type, size });

// The record and its photos, and the end of its draft, in one transaction: all of it survives a kill, or the draft does.
async function keepNew(op, draft) {
  try {
    const photos = await Promise.all(allPhotos(op).map(async (photo) => sealBytes("photos", photo.id, await unkept.get(photo.id).arrayBuffer())));
    const row = await seal("ops", op.id, plain(op));
    await db.write({ ops: [row], photos }, draft ? { kept: store.draftRows(draft) } : {});
    op.isKept = true;
    for (const photo of allPhotos(op)) unkept.delete(photo.id);
    if (draft) store.forgetDraft(draft);
    tabs?.postMessage("changed");
  } catch (error) {
    if (!isFull(error)) throw error;
    op.isKept = false;
    signals.send("storage", { full: true, op });
  }
}

const plain = ({ isKept: _isKept, ...op }) => op;

async function change(op, news) {
  Object.assign(op, news);
  if (ops.get(op.id) !== op) return;
  if (op.isKept) {
    await db.put("ops", await seal("ops", op.id, plain(op)));
    tabs?.postMessage("changed");
  } else if (op.state === "waiting") {
    await keepNew(op, "");
  }
  signals.send("outbox", op);
}

// Puts what the device had no room for into the database, once there is room again.
export async function keepUnkept() {
  for (const op of outbox.list()) if (!op.isKept && op.state === "waiting") await keepNew(op, "");
}

// The server has it: its photos need not stay here.
export async function finish(op, result) {
  Object.assign(op, { state: "done", result, words: result?.words ?? "", done_at: Date.now() });
  const ids = allPhotos(op).map((photo) => photo.id);
  for (const id of ids) unkept.delete(id);
  if (op.isKept) await db.write({ ops: [await seal("ops", op.id, plain(op))] }, { photos: ids });
  tabs?.postMessage("changed");
  signals.send("outbox", op);
}

async function drop(op) {
  ops.delete(op.id);
  await db.write({}, { ops: [op.id], photos: allPhotos(op).map((photo) => photo.id) });
  tabs?.postMessage("changed");
  signals.send("outbox");
}

// The officer has decided about a conflict or a refusal; the decision is a record like any other.
async function decide(op, choice, body = null, { photos = [], after_photos = [] } = {}) {
  if (neverArrived(op)) return decideHere(op, choice);
  const decision = await add("decide", { of: op.id, choice, ...(body && { body }) }, { title: op.title, photos, after_photos });
  await change(op, { state: "deciding", decision: decision.id });
  return decision;
}

// The server could not even read it, or one photo never got through: it has nothing to decide about.
const neverArrived = (op) => op.result?.code === "photo" || op.result?.at === "";

async function decideHere(op, choice) {
  if (choice === "drop") return finish(op, { ...op.result, state: "done", dropped: true });
  const stays = (photo) => photo.id !== op.result.photo;
  await change(op, { state: "waiting", words: "", result: null, photos: op.photos.filter(stays), after_photos: op.after_photos.filter(stays) });
  signals.send("wanted");
  return op;
}

async function blob(photo) {
  if (unkept.has(photo.id)) return unkept.get(photo.id);
  const row = await db.get("photos", photo.id);
  return row ? new Blob([await openBytes("photos", row)], { type: photo.type }) : null;
}

export async function forgetOld(now = Date.now()) {
  for (const op of outbox.list()) if (op.state === "done" && now - op.done_at > DAYS_KEPT * DAY) await drop(op);
}

// Lets all finished records go at once: what the officer chooses when the device is full.
export async function forgetDone() {
  for (const op of outbox.list()) if (op.state === "done") await drop(op);
}

export function withZone(date) {
  const minutes = -date.getTimezoneOffset();
  const two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * 60000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
