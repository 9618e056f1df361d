// form[data-outbox]: a report that cannot be sent now waits on the device and, with consent, goes by itself once the
// network is back. It is sent once: the server knows its key, and only one tab sends.
import { kept, make, ready, token } from "../dom.js";
import { shortDate, t } from "../words.js";
import { allWaiting, dropPhoto, dropWaiting, photoIds, photoOf, putWaiting } from "./later-store.js";
import { ask } from "./overlays.js";
import { ASKS, SENT, sendEntry } from "./sending.js";
import { toast } from "./toast.js";
import { retryKept } from "./upload.js";

const AGAIN = 60 * 1000;
const REMEMBERED = 24 * 3600 * 1000; // how long "it was sent" stays to be read

async function isReachable() {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(6000) })).ok;
  } catch {
    return false;
  }
}

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  kept.drop("sent"); // it did not leave
}

function entryOf(form) {
  const box = form.querySelector("[data-upload]");
  const name = box?.dataset.upload ?? "";
  const fields = [...new FormData(form)].filter(([field, value]) => field !== "csrfmiddlewaretoken" && field !== name && typeof value === "string");
  const photos = [...form.querySelectorAll(".upload-item[data-photo], .upload-item[data-token]")].map((item) => ({
    id: item.dataset.photo ?? "", token: item.dataset.token ?? "", at: item.dataset.token ? Date.now() : 0,
  }));
  return {
    key: form.elements.idempotency_key.value, outbox: form.dataset.outbox, action: form.getAttribute("action"), uploads: name, fields, photos,
    draft: kept.get(`draft:${form.dataset.draft}`), title: form.querySelector('[data-tells="item"]')?.textContent ?? "", at: Date.now(), state: "waits",
  };
}

async function hold(form) {
  release(form);
  const go = await ask(t("There is no network, so the report has not been sent. It is kept on this device, photos included. Send it by itself once the network is back?"), {
    yes: t("Send by itself"), no: t("Keep it as a draft"), title: t("Not sent yet"),
  });
  if (!go) return void toast(t("Kept as a draft. Come back to this page to send it."), { tone: "warn" });
  const entry = entryOf(form);
  if ((await putWaiting(entry)) === undefined) return void toast(t("This device cannot keep it. Leave the page open and send it once the network is back."), { tone: "late" });
  form.dataset.gone = "yes";
  delete form.dataset.touched;
  kept.drop(`draft:${form.dataset.draft}`);
  form.hidden = true;
  await draw();
  document.querySelector(".outbox")?.focus();
}

ready("form[data-outbox]", (form) => {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || form.dataset.sure) return;
    event.preventDefault();
    if (await isReachable()) {
      await retryKept(form);
      if (!form.querySelector(".upload-item.kept")) {
        form.dataset.sure = "yes";
        return void form.submit();
      }
    }
    await hold(form);
  });
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sure]")) delete form.dataset.sure; });

// ---- what waits, on top of every page of the portal

const numberIn = (url) => new URL(url, location.href).pathname.split("/").pop();

function line(entry) {
  const title = entry.title && entry.title !== "—" ? entry.title : t("A report");
  if (entry.state === SENT) {
    return make("li", { class: "ok" }, make("div", {}, make("b", {}, t("Sent: {title}", { title })), " ", make("a", { href: entry.url }, numberIn(entry.url))),
      make("button", { type: "button", class: "btn small", onclick: () => forget(entry) }, t("All right")));
  }
  const said = entry.state === ASKS ? (entry.said || t("The office has a question about it. Open it and send it again.")) : t("It goes by itself once the network is back.");
  return make("li", { class: entry.state === ASKS ? "late" : "warn" },
    make("div", {}, make("b", {}, t("Not sent yet: {title}", { title })), make("p", { class: "small" }, t("Written {when}, {n} photos.", { when: shortDate.format(entry.at), n: entry.photos.length }), " ", said)),
    make("div", { class: "line" },
      entry.state === ASKS ? null : make("button", { type: "button", class: "btn small primary", onclick: () => flush({ isAsked: true }) }, t("Send now")),
      make("button", { type: "button", class: "btn small", onclick: () => reopen(entry) }, t("Open")),
      make("button", { type: "button", class: "btn small quiet", onclick: () => remove(entry) }, t("Delete"))));
}

async function draw() {
  const main = document.querySelector(".portal-main");
  if (!main) return;
  main.querySelector(":scope > .outbox")?.remove();
  const entries = await allWaiting();
  if (!entries.length) return;
  main.prepend(make("section", { class: "card outbox", role: "status", tabindex: "-1", "aria-label": t("Reports on this device") }, make("ul", {}, ...entries.map(line))));
}

async function forget(entry) {
  await dropWaiting(entry.key);
  await Promise.all(entry.photos.map((photo) => dropPhoto(photo.id)));
  await draw();
}
async function remove(entry) {
  if (await ask(t("The report and its photos are deleted from this device. It is not sent."), { yes: t("Delete"), isDanger: true })) await forget(entry);
}
// Back into the form: its draft is put where the form looks for it.
async function reopen(entry) {
  if (kept.get(`draft:${entry.outbox}`)) return void toast(t("Another report is being written. Send or discard it first."), { tone: "warn" });
  const files = entry.photos.map((photo) => ({ name: entry.uploads, token: photo.token, photo: photo.id, thumb: photo.token ? `/files/${photo.token}/thumb` : "", said: "" }));
  kept.set(`draft:${entry.outbox}`, { ...(entry.draft ?? { values: [] }), at: Date.now(), files });
  await dropWaiting(entry.key);
  location.assign(entry.action);
}

async function flushAll() {
  for (const entry of await allWaiting()) {
    if (entry.state === SENT) {
      if (Date.now() - entry.sentAt > REMEMBERED) await dropWaiting(entry.key);
      continue;
    }
    if (entry.state === ASKS) continue;
    const outcome = await sendEntry(entry, { fetch: fetch.bind(window), token, photoOf, save: putWaiting, now: Date.now });
    if (outcome.state === SENT) {
      await Promise.all(entry.photos.map((photo) => dropPhoto(photo.id)));
      await putWaiting({ ...entry, state: SENT, url: outcome.url, sentAt: Date.now(), fields: [], photos: [], draft: null });
      toast(t("The report that waited has been sent."), { tone: "ok" });
    } else if (outcome.state === ASKS) {
      await putWaiting({ ...entry, state: ASKS, said: outcome.said ?? "" });
    }
  }
}

async function flush({ isAsked = false } = {}) {
  const waits = (await allWaiting()).some((entry) => entry.state === "waits");
  if (waits && !(await isReachable())) {
    if (isAsked) toast(t("Still no network. It is kept and goes once the network is back."), { tone: "warn" });
  } else if (waits) {
    // One tab sends; the others leave it to that one.
    if (navigator.locks) await navigator.locks.request("gongzhi-outbox", { ifAvailable: true }, (lock) => (lock ? flushAll() : undefined));
    else await flushAll();
  }
  await draw();
}

// Photos that no draft and no waiting report names any more.
async function tidy() {
  const entries = await allWaiting();
  const named = new Set(entries.flatMap((entry) => entry.photos.map((photo) => photo.id)));
  for (const name of kept.names("draft:")) for (const file of kept.get(name)?.files ?? []) named.add(file.photo);
  for (const id of await photoIds()) if (!named.has(id)) await dropPhoto(id);
}

ready(".portal-main", async () => {
  await flush();
  await tidy();
  addEventListener("online", () => flush());
  setInterval(() => flush(), AGAIN);
});
