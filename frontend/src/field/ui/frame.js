// What stays on the screen: the bar below, the strip above that says when something is wrong, the messages.
import { fill, h, icon } from "../core/h.js";
import { handset } from "../core/handset.js";
import { outbox } from "../core/outbox.js";
import { signals } from "../core/signals.js";
import { store } from "../core/store.js";
import { state } from "../core/sync.js";
import { update } from "../core/update.js";
import { say, t } from "../core/words.js";
import { stateOf } from "../rules/calls.js";
import { toast } from "./toast.js";

// After signing in the officer is on the same screen again.
export const signInPath = () => `/sign-in?next=${encodeURIComponent(`/field${location.hash}`)}`;

const TABS = [
  { tab: "today", path: "/", icon: "calendar-check", label: say("Today") },
  { tab: "patrol", path: "/patrol", icon: "route", label: say("Patrol") },
  { tab: "report", path: "/report", icon: "camera", label: say("Report") },
  { tab: "map", path: "/map", icon: "map-2", label: say("Map") },
  { tab: "me", path: "/me", icon: "user", label: say("Me") },
];

// Beside the phone-wide column, where there is room: what is still open today, so that a list stays in sight.
function drawAside() {
  const aside = h("aside", { class: "aside", "aria-label": t("Still open today") });
  const draw = () => {
    if (store.isEmpty() || !roomy.matches) return fill(aside);
    const tasks = store.part("work").tasks.filter((task) => !outbox.about("task", task.id).length);
    return fill(
      aside,
      h("h2", {}, t("Still open today")),
      h("ul", { class: "door-list card" }, tasks.slice(0, MOST_ASIDE).map((task) => {
        const premises = store.find("premises", task.premises);
        return h("li", {}, h("a", { class: "door", href: `#/visit/${encodeURIComponent(task.premises)}?task=${task.id}` }, h("span", { class: "door-body" }, h("b", { class: "clip" }, premises?.name ?? task.premises), h("span", { class: "muted small clip" }, premises?.address ?? task.why))));
      })),
      tasks.length > MOST_ASIDE && h("a", { class: "btn", href: "#/patrol" }, t("All {n} doors", { n: tasks.length })),
    );
  };
  for (const name of ["outbox", "work"]) signals.on(name, draw);
  roomy.addEventListener("change", draw);
  draw();
  return aside;
}
const MOST_ASIDE = 10;
const roomy = matchMedia("(min-width: 1000px)");

export function drawFrame() {
  const main = h("main", { id: "main", class: "screen", tabindex: "-1" });
  const strip = h("div", { class: "strip", role: "status" });
  const bar = h("nav", { class: "bar", "aria-label": t("Main menu") });
  const toasts = h("div", { class: "notes", "data-toasts": "", role: "status", "aria-live": "polite" });
  let tab = "";
  const draw = () => {
    fill(bar, TABS.map((one) => tabLink(one, tab)));
    fill(strip, stripOf());
    bar.hidden = store.isEmpty();
  };
  for (const name of ["outbox", "sync", "network", "update", "session", "work", "wiped"]) signals.on(name, draw);
  draw();
  return {
    aside: drawAside(),
    element: h("div", { class: "app" }, h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } }, t("Skip to the content")), strip, main, toasts, bar),
    main,
    name: t("Gongzhi for officers"),
    broken: (error) => h("section", { class: "page" }, h("div", { class: "blank" }, icon("alert-triangle", "big"), h("h1", {}, t("This screen does not open")), h("p", { class: "muted" }, t("Your records are not touched. Go to Today and try again; if it happens again, tell your station what stands below.")), h("code", { class: "small" }, String(error?.message ?? error)), h("a", { class: "btn", href: "#/" }, t("Today")))),
    tab(name) {
      tab = name;
      draw();
    },
  };
}

function tabLink({ tab, path, icon: picture, label }, current) {
  const count = tab === "me" ? outbox.count() : tab === "today" ? store.part("work").calls.filter((call) => stateOf(call) === "sent").length : 0;
  const name = count ? t("{label}, {n} waiting", { label: t(label), n: count }) : t(label);
  return h(
    "a",
    { href: `#${path}`, class: tab === "report" ? "bar-report" : "", "aria-current": tab === current ? "page" : null, "aria-label": name },
    h("span", { class: "bar-icon" }, icon(picture), count > 0 && h("em", { "data-count": count > 99 ? "99+" : count })),
    h("span", {}, t(label)),
  );
}

function takeUpdate() {
  if (!update.take() && update.isHeld()) toast(t("It takes over as soon as this record is saved."));
}

// One line at a time, the most pressing one.
function stripOf() {
  const unsent = outbox.unsent().length;
  if (!outbox.hasRoom()) return line("late", icon("device-floppy"), t("The device is full: {n} records are only in memory. Do not close the app.", { n: outbox.list().filter((op) => !op.isKept).length }), { path: "/outbox", label: t("Look") });
  if (store.isEmpty()) return null;
  if (state.session === "out") return line("warn", icon("login"), t("You were signed out. Everything is kept; sign in to send it."), { href: signInPath(), label: t("Sign in") });
  if (state.session === "other") return line("late", icon("users"), t("Somebody else is signed in now. Records of {owner} are kept until {owner} signs in.", { owner: store.part("me").user.name }), { path: "/me", label: t("Look") });
  if (update.isReady()) return line("civic", icon("refresh"), t("A new version is ready. It takes over once the record you are writing is done."), { act: takeUpdate, label: t("Update") });
  if (handset.left != null) return line("warn", icon("clock-exclamation"), t("Connect within {n} days: after that the downloaded data is deleted from this device.", { n: handset.left }));
  if (!navigator.onLine || state.trouble === "offline") return line("calm", icon("wifi-off"), unsent ? t("No network · {n} records wait on this device", { n: unsent }) : t("No network · you can go on working"), unsent ? { path: "/outbox", label: t("Look") } : null);
  if (state.skew) return line("warn", icon("clock-exclamation"), t("The clock of this device is {n} minutes off. Both times are kept; please set it to automatic.", { n: Math.max(1, Math.round(Math.abs(state.skew) / 60)) }));
  if (["broken", "busy"].includes(state.trouble) && unsent) return line("warn", icon("server-off"), t("The server does not answer well now. Your records are kept and sent again by themselves."), { path: "/outbox", label: t("Look") });
  if (state.running && unsent) return line("civic", icon("cloud-upload"), t("Sending {n} records…", { n: unsent }));
  return null;
}

function line(tone, picture, words, way = null) {
  return h(
    "div",
    { class: `strip-line ${tone}` },
    picture,
    h("span", {}, words),
    way?.path && h("a", { href: `#${way.path}` }, way.label),
    way?.href && h("a", { href: way.href }, way.label),
    way?.act && h("button", { class: "bare-btn", type: "button", onclick: way.act }, way.label),
  );
}
