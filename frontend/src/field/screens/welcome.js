// The first minute: what this app keeps on the device, and the first download with its progress.
import { fill, go, h, icon, outbox, screen, shownSize, signals, state, store, syncNow, t } from "../core/app.js";
import { askToStay, endSession, wipe } from "../core/handset.js";
import { isUnlocked, makeKey } from "../core/seal.js";
import { whoIsThere } from "../core/net.js";
import { PARTS } from "../core/store.js";
import { ask } from "../ui/sheet.js";

const PROMISES = () => [
  { icon: "wifi-off", text: t("Works a whole shift without a network: your grids, today's list, every check-list.") },
  { icon: "lock", text: t("Everything on this device is encrypted. Signing out destroys the key.") },
  { icon: "current-location", text: t("Your position is taken only at the moment you make a record. Nothing follows you in between.") },
];

screen("/welcome", async () => {
  if (isUnlocked() && store.isWhole()) {
    go("/", { replace: true });
    return h("div");
  }
  const way = h("div", { class: "stack", role: "status" });
  const draw = () => fill(way, next(begin));
  const begin = async () => {
    await makeKey();
    await askToStay();
    await syncNow({ mayWait: true });
    draw();
    if (store.isWhole()) go("/", { replace: true });
  };
  const node = h(
    "section",
    { class: "welcome" },
    h("img", { src: "/static/logo.svg", alt: "", width: 64, height: 64 }),
    h("h1", {}, t("Gongzhi for officers")),
    h("ul", { class: "promises" }, PROMISES().map((one) => h("li", {}, icon(one.icon), h("span", {}, one.text)))),
    way,
  );
  const stop = signals.on("sync", draw);
  node.leave = stop;
  const there = await Promise.race([whoIsThere(), new Promise((late) => setTimeout(late, 1500))]); // the session itself is not for scripts to see
  if (there) state.session = there.signed_in ? "in" : "out";
  draw();
  return node;
});

function next(begin) {
  if (state.session === "out") return [h("p", { class: "muted" }, t("Sign in once; after that the app opens without a network.")), h("a", { class: "btn primary big wide", href: "/sign-in?next=/field" }, t("Sign in"))];
  if (state.running) return progress();
  const said = sentence();
  return [said && h("div", { class: "message warn" }, icon("alert-triangle"), h("div", {}, said)), h("button", { class: "btn primary big wide", type: "button", onclick: begin }, said ? t("Try again") : t("Download my grids and begin"))];
}

function progress() {
  const part = Math.min(PARTS.length, state.done);
  return [
    h("progress", { max: PARTS.length, value: part, "aria-label": t("Downloading") }),
    h("p", { class: "muted" }, t("Downloading your grids and today's list: {n} of {all} parts, {size}", { n: part, all: PARTS.length, size: shownSize(store.weight()) })),
  ];
}

const sentence = () =>
  ({
    offline: t("No network. The first download needs one; after that the app works without."),
    busy: t("The server is busy. Try again in a minute."),
    broken: t("Something broke on the server's side. Try again in a moment."),
    refused: state.words || t("The server does not let this account use the app. Ask your station."),
    full: t("This device has too little space. Free some and try again."),
  })[state.trouble] ?? "";

// Another person's session on an officer's handset: nothing is shown until one of the two has decided.
export function lockedPage() {
  const owner = store.part("me").user.name;
  const unsent = outbox.count();
  const mine = async () => {
    await endSession();
    location.assign("/sign-in?next=/field");
  };
  const over = async () => {
    const words = unsent ? t("{n} unsent records of {owner} would be lost for good.", { n: unsent, owner }) : t("All records of {owner} have been sent.", { owner });
    if (!(await ask({ title: t("Remove the data of {owner}?", { owner }), body: words, yes: t("Remove and begin anew"), tone: "danger primary" }))) return;
    await wipe();
    location.replace("/field");
  };
  return h(
    "main",
    { class: "welcome" },
    icon("lock", "big"),
    h("h1", { tabindex: "-1" }, t("This handset holds the data of {owner}", { owner })),
    h("p", {}, t("Somebody else is signed in now. Records of {owner} are kept until {owner} signs in.", { owner })),
    h("button", { class: "btn primary big wide", type: "button", onclick: mine }, t("{owner} signs in", { owner })),
    h("button", { class: "btn big wide danger", type: "button", onclick: over }, t("Use this handset myself")),
  );
}

export const revokedPage = (words) =>
  h(
    "main",
    { class: "welcome" },
    icon("lock", "big"),
    h("h1", { tabindex: "-1" }, t("This handset was withdrawn")),
    h("p", {}, words || t("The office has withdrawn this handset. Everything on it has been deleted.")),
    h("a", { class: "btn big wide", href: "/field" }, t("Begin again")),
  );

export const unusablePage = (error) =>
  h(
    "main",
    { class: "welcome" },
    icon("alert-triangle", "big"),
    h("h1", { tabindex: "-1" }, t("This browser keeps nothing for the app")),
    h("p", {}, t("The app needs the browser's storage, and this browser refuses it: private windows do. Open the app in an ordinary window.")),
    h("p", { class: "faint small" }, String(error?.message ?? "")),
    h("button", { class: "btn big wide", type: "button", onclick: () => location.reload() }, t("Try again")),
  );
