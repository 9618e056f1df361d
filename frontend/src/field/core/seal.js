// Encryption at rest. One AES-GCM key per sign-in, which the browser keeps for us and never shows:
// whoever copies the device's files has only sealed rows, and once the key is gone nobody can open them.
import { db } from "./db.js";

const KEY = "day";
let key = null;
const windows = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("gongzhi-field-key");

export async function unlock() {
  key = (await db.get("keys", KEY))?.key ?? null;
  return key != null;
}

export async function makeKey() {
  if (await unlock()) return;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await db.put("keys", { id: KEY, key: made });
  key = made;
}

export async function destroyKey() {
  key = null;
  windows?.postMessage("gone");
  await db.clear("keys");
}

// A window that stays open while the officer signs out in another one still has all of it in memory.
export const whenGoneElsewhere = (act) => windows?.addEventListener("message", act);

export const isUnlocked = () => key != null;

// The officer signed out while something was still on its way to the device: it must not arrive there.
export class Locked extends Error {}

export function mustBeUnlocked() {
  if (!isUnlocked()) throw new Locked("signed out");
}

// A sealed row names its place, so that no row can be moved to where another one is expected.
const place = (store, id) => new TextEncoder().encode(`${store}/${id}`);

export async function sealBytes(store, id, bytes) {
  mustBeUnlocked();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: place(store, id) }, key, bytes);
  mustBeUnlocked(); // the emptying of the database, which comes after the key's end, has not begun yet
  return { id, iv, sealed };
}

export const openBytes = (store, row) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: place(store, row.id) }, key, row.sealed);

export const seal = (store, id, value) => sealBytes(store, id, new TextEncoder().encode(JSON.stringify(value)));

export const unseal = async (store, row) => JSON.parse(new TextDecoder().decode(await openBytes(store, row)));
