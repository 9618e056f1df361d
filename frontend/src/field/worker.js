// The service worker of /field. The server puts BUILD before it: { version, shell: [...], later: [...] }.
import { closeOutbox, openOutbox, outbox } from "./core/outbox.js";
import { unlock } from "./core/seal.js";
import { closeStore, openStore } from "./core/store.js";
import { rest, syncNow } from "./core/sync.js";

const { BUILD } = self;
const SHELL = `field-${BUILD.version}`;
const PAGE = "/field";

self.addEventListener("install", (event) => event.waitUntil(fetchShell()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
  if (data === "fetch the rest") fetchRest();
});

// Files with a hash in their name never change: what an older version has is copied, the rest is fetched.
async function fetchShell() {
  const cache = await caches.open(SHELL);
  await Promise.all(BUILD.shell.map(async (address) => {
    const kept = address === PAGE ? null : await caches.match(address);
    const answer = kept ?? (await fetch(address, { cache: address === PAGE ? "reload" : "default", credentials: "same-origin" }));
    if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }));
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith("field-") && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
}

// Map and decoder, at a quiet moment, one after the other; a broken network only means later.
async function fetchRest() {
  if (navigator.connection?.saveData) return;
  const cache = await caches.open(SHELL);
  for (const address of BUILD.later) {
    if (await cache.match(address)) continue;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    await cache.put(address, answer);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page());
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request, address.pathname));
});

async function page() {
  return (await (await caches.open(SHELL)).match(PAGE)) ?? fetch(PAGE);
}

async function file(request, path) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(path);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && path.startsWith("/static/assets/")) await cache.put(path, answer.clone());
  return answer;
}

// The browser wakes the worker when the network is back. An open app does the work itself; without one it is done here.
self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(wake());
});

async function wake() {
  const open = await self.clients.matchAll({ type: "window" });
  for (const client of open) client.postMessage("sync-now");
  if (open.length || !(await unlock())) return;
  await Promise.all([openStore(), openOutbox()]);
  await syncNow({ mayWait: true });
  rest();
  const left = outbox.unsent().length;
  closeStore();
  closeOutbox();
  if (left) throw new Error(`${left} records are not sent yet`); // the browser tries again later
}
