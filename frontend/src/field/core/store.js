// The officer's data: sealed in the database, open in memory once the key is there. Screens read here, never the database.
import { db } from "./db.js";
import { openBytes, seal, sealBytes, unseal } from "./seal.js";
import { signals } from "./signals.js";

// What stands there before the first download: screens need no special case for an empty device.
const NOTHING = {
  me: { user: { id: 0, name: "" }, posting: "", city: "", grids: [], language: "", wipe_after_days: 7, photo: { longest_px: 1600, quality: 0.8, most: 6 }, emergency: [], shift: null, substitutes_for: [], statistics: [], appeals: [] },
  catalogue: { items: [] },
  lists: { lists: [], classes: {}, grades: [] },
  areas: { areas: [] },
  premises: { columns: [], rows: [] },
  work: { tasks: [], calls: [], near: [], as_of: null },
  words: { templates: [] },
};
export const PARTS = Object.keys(NOTHING);
const MOST_RECENT = 12;

const parts = new Map(); // name → { value or bytes, etag, size }: bytes become a value when somebody first asks
const derived = new Map(); // what is computed from parts, until they change
const kept = new Map(); // favourites, recent items, drafts
const shown = new Map(); // address of a picture → address of its opened blob

export const store = {
  part: (name) => (parts.has(name) ? valueOf(parts.get(name)) : NOTHING[name]),
  etag: (name) => parts.get(name)?.etag ?? "",
  isEmpty: () => !parts.has("me"),
  isWhole: () => PARTS.every((name) => parts.has(name)),
  weight: () => [...parts.values()].reduce((sum, part) => sum + part.size, 0),

  // find("items", 12), find("premises", "DG…"), find("lists", code), find("tasks" | "calls" | "areas" | "near", id)
  find: (kind, id) => (kind === "premises" ? premisesAt(String(id)) : (indexOf(kind).get(String(id)) ?? null)),
  all: (kind) => [...indexOf(kind).values()],
  premises: () => store.all("premises"),

  favourites: () => (kept.get("favourites") ?? []).map((id) => store.find("items", id)).filter(Boolean),
  recent: () => (kept.get("recent") ?? []).map((id) => store.find("items", id)).filter(Boolean),
  isFavourite: (id) => (kept.get("favourites") ?? []).includes(id),
  favour: (id) => {
    const now = kept.get("favourites") ?? [];
    return keep("favourites", now.includes(id) ? now.filter((one) => one !== id) : [id, ...now]);
  },
  used: (id) => keep("recent", [id, ...(kept.get("recent") ?? []).filter((one) => one !== id)].slice(0, MOST_RECENT)),

  // What is being written survives a killed app: keepDraft("report", {…}, [{ id, name, blob }]).
  draft: (name) => kept.get(`draft/${name}`)?.value ?? null,
  drafts: () => [...kept.keys()].filter((key) => key.startsWith("draft/")).map((key) => key.slice(6)),
  draftPhotos,
  keepDraft,
  dropDraft: (name) => forgetDraft(name, true),
  draftRows: (name) => [`draft/${name}`, ...(kept.get(`draft/${name}`)?.photos ?? []).map((one) => `draft/${name}/${one.id}`)],
  forgetDraft: (name) => forgetDraft(name, false),

  kept: (name) => kept.get(name) ?? null,
  keep,
  picture,
};

const KEYS = {
  items: () => store.part("catalogue").items,
  lists: () => store.part("lists").lists,
  areas: () => store.part("areas").areas,
  tasks: () => store.part("work").tasks,
  calls: () => store.part("work").calls,
  near: () => store.part("work").near,
  premises: () => store.part("premises").rows.map(premisesOf),
};
const premisesOf = (row) => Object.fromEntries(store.part("premises").columns.map((column, n) => [column, row[n]]));

// One of twenty thousand: the others need not become objects for it.
function premisesAt(code) {
  if (!derived.has("rows")) {
    const { columns, rows } = store.part("premises");
    const at = columns.indexOf("code");
    derived.set("rows", new Map(rows.map((row) => [String(row[at]), row])));
  }
  const row = derived.get("rows").get(code);
  return row ? premisesOf(row) : null;
}

function valueOf(part) {
  part.value ??= JSON.parse(new TextDecoder().decode(part.bytes));
  part.bytes = null;
  return part.value;
}
const keyOf = (row) => String(row.id ?? row.code ?? row.path ?? row.number);

function indexOf(kind) {
  if (!derived.has(kind)) derived.set(kind, new Map(KEYS[kind]().map((row) => [keyOf(row), row])));
  return derived.get(kind);
}

export async function openStore() {
  const [partRows, keptRows] = await Promise.all([db.all("parts"), db.all("kept")]);
  await Promise.all([
    ...partRows.map(async (row) => parts.set(row.id, { bytes: await openBytes("parts", row), etag: row.etag, size: row.sealed.byteLength })),
    ...keptRows.filter((row) => row.id.split("/").length < 3).map(async (row) => kept.set(row.id, await unseal("kept", row))),
  ]);
  derived.clear();
}

export function closeStore() {
  for (const memory of [parts, derived, kept]) memory.clear();
  for (const address of shown.values()) URL.revokeObjectURL(address);
  shown.clear();
}

export async function putParts(news) {
  const rows = await Promise.all(news.map(async ({ name, etag, value }) => ({ ...(await seal("parts", name, value)), etag })));
  // In memory first: a full device still works with today's list, it only cannot keep it.
  news.forEach(({ name, etag, value }, n) => parts.set(name, { value, etag, size: rows[n].sealed.byteLength }));
  derived.clear();
  signals.send("work", news.map(({ name }) => name));
  await db.write({ parts: rows });
}

// Lets the downloaded data go, and nothing of what the officer wrote.
export async function dropParts() {
  parts.clear();
  derived.clear();
  await db.clear("parts", "pictures");
}

async function keep(name, value) {
  kept.set(name, value);
  await db.put("kept", await seal("kept", name, value));
}

async function keepDraft(name, value, photos = []) {
  const id = `draft/${name}`;
  const before = new Set((kept.get(id)?.photos ?? []).map((one) => one.id));
  const now = { value, photos: photos.map(({ id: photo, name: words }) => ({ id: photo, name: words })), at: Date.now() };
  const fresh = photos.filter((one) => !before.has(one.id));
  const rows = await Promise.all(fresh.map(async (one) => ({ ...(await sealBytes("kept", `${id}/${one.id}`, await one.blob.arrayBuffer())), type: one.blob.type })));
  const left = [...before].filter((one) => !photos.some((photo) => photo.id === one)).map((one) => `${id}/${one}`);
  kept.set(id, now);
  await db.write({ kept: [await seal("kept", id, now), ...rows] }, { kept: left });
}

async function draftPhotos(name) {
  const id = `draft/${name}`;
  const found = await Promise.all((kept.get(id)?.photos ?? []).map(async (one) => {
    const row = await db.get("kept", `${id}/${one.id}`);
    return row && { ...one, blob: new Blob([await openBytes("kept", row)], { type: row.type }) };
  }));
  return found.filter(Boolean);
}

async function forgetDraft(name, inDatabaseToo) {
  const rows = store.draftRows(name);
  kept.delete(`draft/${name}`);
  if (inDatabaseToo) await db.drop("kept", ...rows);
}

// A picture of a matter, for an <img>: from the device when it is there, else from the server, and kept sealed.
async function picture(address) {
  if (shown.has(address)) return shown.get(address);
  const row = await db.get("pictures", address);
  const blob = row ? new Blob([await openBytes("pictures", row)], { type: row.type }) : await fetchPicture(address);
  if (!blob) return null;
  shown.set(address, URL.createObjectURL(blob));
  return shown.get(address);
}

async function fetchPicture(address) {
  const answer = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(20000) }).catch(() => null);
  if (!answer?.ok) return null;
  const blob = await answer.blob();
  await db.put("pictures", { ...(await sealBytes("pictures", address, await blob.arrayBuffer())), type: blob.type });
  return blob;
}

// Fetches the small pictures of all calls ahead of need, and lets those go which no call shows any more.
export async function fetchPictures(most = 120) {
  const wanted = store.part("work").calls.flatMap((call) => call.matter?.photos ?? []).map((photo) => photo.thumb).slice(0, most);
  const there = new Set(await db.ids("pictures"));
  for (const address of wanted) if (!there.has(address)) await fetchPicture(address);
  const gone = [...there].filter((address) => !wanted.includes(address));
  if (gone.length) await db.drop("pictures", ...gone);
}
