// What happens between the tap on the icon and the first screen.
import { expire, handset, payOwed, sayWiped, wipe } from "./core/handset.js";
import { forgetDone, keepUnkept, openOutbox, outbox } from "./core/outbox.js";
import { fill } from "./core/h.js";
import { go, refresh, startRouter, where } from "./core/router.js";
import { isUnlocked, unlock, whenGoneElsewhere } from "./core/seal.js";
import { signals } from "./core/signals.js";
import { openStore, store } from "./core/store.js";
import { plan, rest, state, syncNow } from "./core/sync.js";
import * as update from "./core/update.js";
import { language, t } from "./core/words.js";
import { drawFrame } from "./ui/frame.js";
import { sheet } from "./ui/sheet.js";
import { toast } from "./ui/toast.js";
import { lockedPage, revokedPage, unusablePage } from "./screens/welcome.js";

const LATER = 400; // the first screen stands before the network is asked

export async function start() {
  const root = document.getElementById("app");
  document.documentElement.lang = language;
  state.version = document.querySelector("meta[name=version]")?.content ?? "";
  const frame = drawFrame();
  try {
    if (await unlock()) {
      await Promise.all([openStore(), openOutbox()]);
      await expire();
    }
  } catch (error) {
    fill(root, unusablePage(error));
    return;
  }
  fill(root, frame.aside, frame.element);
  listen(root);
  if (!isUnlocked() || store.isEmpty()) location.replace("#/welcome");
  await startRouter(frame);
  document.documentElement.dataset.ready = "";
  performance.mark("ready"); // what bench/field_app.py measures
  await update.start();
  if ((await payOwed()) && isUnlocked()) plan(LATER);
}

function listen(root) {
  addEventListener("online", () => { signals.send("network"); plan(0); });
  addEventListener("offline", () => signals.send("network"));
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : plan(LATER)));
  whenGoneElsewhere(() => location.replace("/field"));
  signals.on("wanted", () => { plan(0); update.wakeWhenOnline(); });
  signals.on("sync-now", () => syncNow());
  signals.on("sync", ({ at, running }) => { if (!running && at) handset.left = null; });
  signals.on("revoked", async (words) => { await wipe(); await sayWiped(); fill(root, revokedPage(words)); });
  signals.on("session", (session) => { if (session === "other") fill(root, lockedPage()); });
  signals.on("storage", () => tellFull());
  signals.on("conflict", (op) => toast(t("One record needs your decision: {what}", { what: op.title || op.words }), { tone: "warn", action: { label: t("Look"), act: () => go("/outbox") } }));
  // News from dispatch shows at once on the screens that list it; a form is never drawn anew under the officer's hands.
  signals.on("work", () => { if (["/", "/patrol", "/shift"].includes(where())) refresh(); });
  addEventListener("beforeunload", (event) => { if (outbox.list().some((op) => !op.isKept)) event.preventDefault(); });
}

let isTelling = false;
async function tellFull() {
  if (outbox.hasRoom()) {
    toast(t("Too little space on this device: the list could not be renewed. Delete photos and apps you do not need."), { tone: "warn", stays: 8000 });
    return;
  }
  if (isTelling) return;
  isTelling = true;
  const choice = await sheet({
    title: t("This device is full"),
    body: t("Your record is held in memory and not lost, but it is not yet kept on the device. Do not close the app. Send the records now, or free space: delete photos and apps you do not need."),
    acts: [
      { label: t("Send now"), value: "send", tone: "primary" },
      { label: t("Delete records that have been sent"), value: "forget" },
      { label: t("Later"), value: "" },
    ],
  });
  isTelling = false;
  if (choice === "forget") {
    await forgetDone();
    await keepUnkept();
  }
  if (choice) await syncNow();
  if (choice && state.trouble) go("/outbox");
}
