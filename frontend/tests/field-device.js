// A device for the tests: a database, a cookie, a lock; everything the core asks a browser for.
import "fake-indexeddb/auto";

import { Server } from "./field-server.js";

globalThis.document = { documentElement: { lang: "zh-Hans" }, querySelector: () => null, cookie: "csrftoken=abc" };
const held = new Set();
const locks = {
  async request(name, options, act) {
    if (held.has(name)) return act(null);
    held.add(name);
    try {
      return await act({ name });
    } finally {
      held.delete(name);
    }
  },
};
const storage = new Map();
globalThis.localStorage = { getItem: (name) => storage.get(name) ?? null, setItem: (name, value) => storage.set(name, value), removeItem: (name) => storage.delete(name) };
Object.defineProperty(globalThis, "navigator", { value: { locks, onLine: true, userAgent: "Mozilla/5.0 (Linux; Android 14; KB2000) Chrome" }, configurable: true });
globalThis.BroadcastChannel = undefined; // it would keep the process awake

export const core = {
  db: await import("../src/field/core/db.js"),
  seal: await import("../src/field/core/seal.js"),
  store: await import("../src/field/core/store.js"),
  outbox: await import("../src/field/core/outbox.js"),
  sync: await import("../src/field/core/sync.js"),
  handset: await import("../src/field/core/handset.js"),
  signals: (await import("../src/field/core/signals.js")).signals,
};
export const { outbox } = core.outbox;
export const { store } = core.store;

// A device that has just been set up, with its server.
export async function aDevice() {
  const server = new Server();
  globalThis.fetch = server.fetch;
  await core.handset.wipe();
  Object.assign(core.sync.state, { running: false, trouble: "", session: "in", skew: 0, words: "" });
  await core.seal.makeKey();
  return server;
}

// The app is killed and opened again: what was only in memory is gone.
export async function killAndOpen() {
  core.store.closeStore();
  core.outbox.closeOutbox();
  await core.seal.unlock();
  await core.store.openStore();
  await core.outbox.openOutbox();
}

// One pass over the network; what it plans for later does not hold the test.
export async function sync() {
  await core.sync.syncNow();
  core.sync.rest();
}

export const aPhoto = (size = 1000) => ({ blob: new Blob([new Uint8Array(size).map((_, n) => n % 251)], { type: "image/jpeg" }), name: "占道.jpg" });
