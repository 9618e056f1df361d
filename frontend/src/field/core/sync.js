// Sends what waits and fetches what is new: one tab at a time, again and again, harmless when repeated.
// Knows no screens and no words: it runs in the service worker too.
import { db, isFull } from "./db.js";
import { answerOf, send, speakFor, Trouble } from "./net.js";
import { finish, forgetOld, keepUnkept, outbox } from "./outbox.js";
import { isUnlocked, mustBeUnlocked } from "./seal.js";
import { signals } from "./signals.js";
import { fetchPictures, PARTS, putParts, store } from "./store.js";
import { upload } from "./upload.js";

const MOST_AT_ONCE = 50;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 300000;
const USUAL_PAUSE = 120000; // news from dispatch is asked for so often while the app is open
const WHOLE_SKEW = 120; // seconds; more than this is told

// trouble: a Trouble's kind, or "full"; session: "in", "out", "other", "leaving" or "revoked"
export const state = { running: false, at: null, trouble: "", words: "", session: "in", skew: 0, done: 0, of: 0, photo: null, version: "" };

let timer = 0;
let tries = 0;
let again = false;

const tell = (news) => {
  Object.assign(state, news);
  signals.send("sync", state);
};

// Full jitter: a street full of officers whose network comes back at once does not knock at once.
export const pauseAfter = (failures, random = Math.random()) => Math.max(500, random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures));

export function plan(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => { syncNow(); }, pause);
}

export function rest() {
  clearTimeout(timer);
}

export async function syncNow({ mayWait = false } = {}) {
  if (!isUnlocked() || state.session === "revoked") return;
  if (state.running) {
    again = true;
    return;
  }
  clearTimeout(timer);
  if (navigator.onLine === false) return tell({ trouble: "offline" }); // the browser says when that changes
  await navigator.locks.request("gongzhi-field-sync", { ifAvailable: !mayWait }, async (lock) => {
    if (lock) await run();
    else plan(USUAL_PAUSE);
  });
}

async function run() {
  tell({ running: true, trouble: "", words: "" });
  try {
    await pass();
    tries = 0;
    tell({ running: false, at: Date.now(), photo: null, session: "in" });
    plan(isWaiting() ? pauseAfter(tries++) : USUAL_PAUSE);
  } catch (trouble) {
    await stumble(trouble);
  }
  if (again) {
    again = false;
    plan(0);
  }
}

const isWaiting = () => outbox.unsent().length > 0;

async function pass() {
  await keepUnkept();
  await introduce();
  await lookWhoIsHere();
  const sent = await sendAll();
  await fetchNews(sent);
  await noteContact();
  await forgetOld();
  await fetchPictures();
}

async function stumble(trouble) {
  if (!isUnlocked()) return tell({ running: false, photo: null }); // signed out meanwhile: there is nothing left to go wrong
  if (isFull(trouble)) {
    tell({ running: false, trouble: "full", photo: null });
    signals.send("storage", { full: true });
    return plan(USUAL_PAUSE);
  }
  if (!(trouble instanceof Trouble)) {
    tell({ running: false, trouble: "broken", photo: null });
    plan(pauseAfter(tries++));
    throw trouble;
  }
  const sessions = { signed_out: "out", other_person: "other" };
  tell({ running: false, trouble: trouble.kind, words: trouble.body?.words ?? trouble.body?.message ?? "", photo: null, session: sessions[trouble.kind] ?? state.session });
  if (trouble.kind === "revoked") return revoked(trouble.body);
  if (sessions[trouble.kind]) return signals.send("session", state.session);
  return plan(Math.max(trouble.after * 1000, pauseAfter(tries++)));
}

// The office has withdrawn this handset: at once, or once what was written here has been sent.
async function revoked(body) {
  if (body?.revoked === "after_sending" && isWaiting() && state.session !== "leaving") {
    tell({ session: "leaving" });
    try {
      await sendAll();
    } catch (trouble) {
      tell({ session: "in" });
      if (!(trouble instanceof Trouble)) throw trouble;
      if (trouble.kind !== "revoked") return plan(pauseAfter(tries++));
    }
    // What the server only put off, because it was busy, is not there yet: it is never wiped.
    if (isWaiting() && state.session === "leaving") {
      tell({ session: "in" });
      return plan(pauseAfter(tries++));
    }
  }
  tell({ session: "revoked" });
  return signals.send("revoked", body?.revoked === "after_sending" ? "" : (body?.words ?? "")); // "send first" is over by now
}

// The handset's own number is made here, so that a lost answer makes no second handset.
async function introduce() {
  const handset = (await db.get("plain", "handset")) ?? { id: "handset", uuid: crypto.randomUUID() };
  speakFor(handset.uuid);
  const version = state.version;
  const known = await db.get("plain", "known");
  if (known?.uuid === handset.uuid && known.version === version) return;
  mustBeUnlocked();
  await db.put("plain", handset);
  const { name, platform } = device();
  await send("handsets", { method: "POST", json: { id: handset.uuid, name, platform, app_version: version } }).catch((trouble) => {
    throw trouble.status === 409 && !store.isEmpty() ? new Trouble("other_person") : trouble; // it belongs to whoever set it up
  });
  mustBeUnlocked();
  await db.put("plain", { id: "known", uuid: handset.uuid, version });
}

function device() {
  const words = navigator.userAgent;
  const platform = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(words)?.[0].replace("Mac OS X", "macOS") ?? "";
  const model = /Android [^;)]*; ([^;)]+)\)/.exec(words)?.[1] ?? "";
  return { platform, name: [platform, model].filter(Boolean).join(" ").slice(0, 60) || "web" };
}

// Before anything of one person is sent: is it this person who is signed in?
let index = {};
async function lookWhoIsHere() {
  index = (await answerOf(await whoIsKnown(() => send("package")))).parts;
  if (index.me === store.etag("me")) return;
  const me = await fetchPart("me");
  const owner = store.isEmpty() ? me.value.user.id : store.part("me").user.id;
  if (me.value.user.id !== owner) throw new Trouble("other_person", { body: { words: me.value.user.name } });
  await putParts([me]);
}

// A handset the server does not know (any more) introduces itself anew, once.
async function whoIsKnown(ask) {
  try {
    return await ask();
  } catch (trouble) {
    if (![404, 409].includes(trouble.status)) throw trouble;
    await db.drop("plain", "known");
    await introduce();
    return ask();
  }
}

async function fetchPart(name) {
  const response = await send(`package/${name}`, { wait: 120000 });
  return { name, etag: index[name], value: await answerOf(response) };
}

async function fetchNews(sent) {
  if (sent) index = (await answerOf(await send("package"))).parts;
  const wanted = PARTS.filter((name) => index[name] !== store.etag(name));
  tell({ done: PARTS.length - wanted.length, of: PARTS.length });
  for (const name of wanted) {
    await putParts([await fetchPart(name)]);
    tell({ done: state.done + 1 });
  }
}

async function sendAll() {
  let sent = 0;
  let ready = [];
  const flush = async () => {
    if (ready.length) sent += await deliver(ready.splice(0));
  };
  for (const op of outbox.unsent()) {
    const missing = [...op.photos, ...op.after_photos].filter((photo) => !op.arrived.includes(photo.id));
    if (missing.length) await flush(); // what is ready does not wait for photos that may not get through
    if (!(await sendPhotos(op, missing))) continue;
    ready.push(op);
    if (ready.length === MOST_AT_ONCE) await flush();
  }
  await flush();
  return sent;
}

async function sendPhotos(op, photos) {
  for (const photo of photos) {
    const blob = await outbox.blob(photo);
    tell({ photo: { op: op.id, id: photo.id, part: 0 } });
    try {
      if (!blob) throw new Trouble("refused", { body: null }); // the browser has lost it
      await upload(photo.id, photo.name, blob, (part) => tell({ photo: { op: op.id, id: photo.id, part } }));
      await outbox.change(op, { arrived: [...op.arrived, photo.id] });
    } catch (trouble) {
      if (trouble.kind !== "refused") throw trouble;
      // This photo can never arrive. The officer is told, and every other record goes on.
      await outbox.change(op, { state: "refused", words: trouble.body?.words ?? trouble.body?.message ?? "", result: { state: "refused", code: "photo", photo: photo.id } });
      return false;
    }
  }
  return true;
}

let roundTrip = 0; // of the last sending, so that a slow network is not taken for a wrong clock
async function deliver(ready) {
  const json = {
    handset: (await db.get("plain", "handset")).uuid,
    sent_at: new Date().toISOString(),
    round_trip_s: roundTrip / 1000,
    unsent: outbox.unsent().length,
    ops: ready.map(said),
  };
  const begun = performance.now();
  const answer = await answerOf(await send("ops", { method: "POST", json, wait: 60000 }));
  roundTrip = performance.now() - begun;
  if (Math.abs(answer.skew_s ?? 0) > WHOLE_SKEW || state.skew) tell({ skew: Math.abs(answer.skew_s) > WHOLE_SKEW ? answer.skew_s : 0 });
  for (const result of answer.results) await take(result);
  return answer.results.filter(({ state: end }) => end !== "wait").length;
}

const idsOf = (photos) => photos.map(({ id }) => id);
const said = ({ id, kind, made_at, place, body, photos, after_photos, after }) => ({ id, kind, made_at, place, body, photos: idsOf(photos), after_photos: idsOf(after_photos), after });

async function take(result) {
  const op = outbox.get(result.id);
  if (!op || op.state === "done") return;
  if (result.state === "wait") await outbox.change(op, { words: result.words ?? "", tries: op.tries + 1 });
  else if (op.kind === "decide") await takeDecision(op, result);
  else await settle(op, result);
}

async function settle(op, result) {
  if (result.state === "done") return finish(op, result);
  await outbox.change(op, { state: result.state, words: result.words ?? "", result });
  return signals.send("conflict", op);
}

// What became of a decision is what becomes of the record it was about, whichever device decided.
async function takeDecision(decision, result) {
  const op = outbox.get(decision.body.of);
  await finish(decision, result);
  if (op?.state !== "deciding") return;
  const end = result.facts?.of ?? (await receiptOf(op.id));
  await settle(op, end ?? { state: "refused", words: result.words, code: "lost" });
}

async function receiptOf(id) {
  const answer = await answerOf(await send("receipts", { method: "POST", json: { ids: [id] } }));
  return answer.results.find((one) => one.id === id);
}

async function noteContact() {
  mustBeUnlocked();
  const at = Date.now();
  await db.put("plain", { id: "contact", at, seen: at, wipe_after_days: store.part("me").wipe_after_days });
}
