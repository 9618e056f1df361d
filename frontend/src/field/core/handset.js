// What this device may still show, and how everything on it comes to its end.
import { db } from "./db.js";
import { send } from "./net.js";
import { closeOutbox, outbox } from "./outbox.js";
import { destroyKey } from "./seal.js";
import { signals } from "./signals.js";
import { closeStore, dropParts } from "./store.js";

const HOUR = 3600000;
const DAY = 24 * HOUR;
const WARN_DAYS = 2;

// After so many days without the office the downloaded data goes; what the officer wrote waits sealed
// as long again for a network, then everything goes. The clock is only believed forwards.
export async function age(now = Date.now()) {
  const contact = await db.get("plain", "contact");
  if (!contact) return { days: 0, left: Infinity, isStale: false, isOver: false };
  const seen = Math.max(now, contact.seen);
  if (seen - contact.seen > HOUR) await db.put("plain", { ...contact, seen });
  const days = (seen - contact.at) / DAY;
  const most = contact.wipe_after_days;
  return { days, left: most - days, isNearEnd: most - days <= WARN_DAYS, isStale: days > most, isOver: days > 2 * most };
}

// The key goes first: should anything break after that, what is left can be read by nobody.
export async function wipe() {
  await destroyKey();
  closeStore();
  closeOutbox();
  await db.clear("parts", "ops", "photos", "kept", "pictures", "plain");
  signals.send("wiped");
}

export const handset = { left: null }; // days, once there are few

export async function expire(now = Date.now()) {
  const { isStale, isOver, isNearEnd, left } = await age(now);
  handset.left = isNearEnd && !isStale ? Math.max(1, Math.ceil(left)) : null;
  if (isOver || (isStale && !outbox.count())) await wipe();
  else if (isStale) await dropParts();
  return isStale;
}

// The device's own sign-out works without a network; the session on the server ends when there is one.
const OWED = "gongzhi-field-sign-out-owed";

export async function signOut() {
  localStorage.setItem(OWED, "1");
  await wipe();
  await sayWiped();
  await payOwed();
}

// Ends the session of whoever is signed in, and nothing on the device.
export function endSession() {
  localStorage.setItem(OWED, "1");
  return payOwed();
}

// The list of handsets at the office shows that this one holds nothing any more.
export const sayWiped = () => send("handsets/wiped", { method: "POST", json: {} }).catch((trouble) => trouble);

export async function payOwed() {
  if (!localStorage.getItem(OWED)) return true;
  const token = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="))?.slice(10) ?? "";
  const answer = await fetch("/sign-out", { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual", credentials: "same-origin" }).catch(() => null);
  if (!answer || answer.status === 403) return false;
  localStorage.removeItem(OWED);
  return true;
}

export async function room() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return { usage, quota, isPersistent: (await navigator.storage?.persisted?.()) ?? false };
}

// Asks the browser not to clear us away when the device runs short.
export const askToStay = () => navigator.storage?.persist?.().catch(() => false);
