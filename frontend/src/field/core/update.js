// The service worker, and how a new version takes over without costing a form.
import { signals } from "./signals.js";

let waiting = null;
let agreed = false;
const holders = new Set();

export const update = { isReady: () => waiting != null, isHeld: () => holders.size > 0, take, hold };

// A screen with something half written holds the change-over until it lets go.
function hold() {
  const holder = {};
  holders.add(holder);
  return () => {
    holders.delete(holder);
    if (agreed) take();
  };
}

function take() {
  agreed = true;
  if (!waiting || update.isHeld()) return false;
  waiting.postMessage("take over");
  return true;
}

export async function start() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (agreed) location.reload(); });
  navigator.serviceWorker.addEventListener("message", ({ data }) => signals.send(data));
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field" });
  const found = (worker) => {
    waiting = worker;
    signals.send("update");
    if (agreed) take();
  };
  // At a start nothing is half written yet: a version that came during the last shift takes over now.
  if (registration.waiting && navigator.serviceWorker.controller) {
    waiting = registration.waiting;
    if (take()) return;
  }
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) found(coming);
    });
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && navigator.onLine) look(registration); });
  setTimeout(() => { registration.active?.postMessage("fetch the rest"); }, 8000);
}

const look = (registration) => registration.update().catch(() => signals.send("network"));

// Where the browser can, it wakes the worker when the network is back, even with the app closed.
export async function wakeWhenOnline() {
  const registration = await navigator.serviceWorker?.getRegistration("/field");
  await registration?.sync?.register("outbox").catch(() => null); // not every browser, not every setting allows it
}
