// 我的: what waits, what is stored, the settings of this device, and the way out.
import { fill, go, h, icon, language, link, online, outbox, screen, sheet, shownDay, shownMoment, shownSize, signals, state, store, syncNow, t, toast } from "../core/app.js";
import { age, room, signOut } from "../core/handset.js";
import { ask } from "../ui/sheet.js";
import { shiftNow } from "../ui/shift.js";

screen("/me", async () => {
  const sync = h("div");
  const draw = () => fill(sync, syncCard());
  const node = h("section", { class: "page" }, who(), sync, work(), emergency(), await device(), settings(), h("button", { class: "btn big wide danger", type: "button", onclick: leave }, icon("logout"), t("Sign out")), h("p", { class: "faint small centred" }, t("Version {version}", { version: state.version || "—" })));
  const stops = ["outbox", "sync", "network"].map((name) => signals.on(name, draw));
  node.leave = () => stops.forEach((stop) => stop());
  draw();
  return node;
}, { tab: "me" });

function who() {
  const me = store.part("me");
  const grids = me.grids.map((grid) => grid.name);
  return h(
    "header",
    { class: "who" },
    h("span", { class: "who-sign", "aria-hidden": "true" }, [...me.user.name].at(0) ?? ""),
    h("div", {}, h("h1", {}, me.user.name || t("Me")), h("p", { class: "muted small" }, me.posting), grids.length > 0 && h("p", { class: "muted small" }, grids.length > 3 ? t("{first} and {n} more grids", { first: grids.slice(0, 2).join("、"), n: grids.length - 2 }) : grids.join("、")), me.substitutes_for.length > 0 && h("p", {}, h("span", { class: "tag civic" }, t("Stands in for {names}", { names: me.substitutes_for.join("、") })))),
  );
}

function syncCard() {
  const count = outbox.count();
  const questions = outbox.questions().length;
  return h(
    "section",
    { class: "card sync" },
    link("/outbox", { class: "sync-count" }, h("b", { class: count ? "some" : "" }, count), h("span", {}, h("strong", {}, count ? t("records to send") : t("Everything is sent")), h("small", { class: "muted" }, questions ? t("{n} need your decision", { n: questions }) : state.at ? t("last contact {time}", { time: shownMoment(state.at) }) : online() ? t("No contact yet since the app was opened") : t("No network"))), icon("chevron-right")),
    h("button", { class: "btn primary wide", type: "button", "aria-busy": state.running ? "true" : null, onclick: now }, icon("refresh"), state.running ? t("Synchronising…") : t("Synchronise now")),
  );
}

const TROUBLES = {
  offline: () => t("No network. Everything is sent by itself as soon as there is one."),
  signed_out: () => t("You were signed out. Everything is kept; sign in to send it."),
  other_person: () => t("Somebody else is signed in now. Records of {owner} are kept until {owner} signs in.", { owner: store.part("me").user.name }),
  busy: () => t("The server is busy. It is tried again by itself."),
  broken: () => t("The server does not answer well now. Your records are kept and sent again by themselves."),
  refused: () => state.words,
};

async function now() {
  await syncNow({ mayWait: true });
  const said = TROUBLES[state.trouble]?.();
  toast(said || t("Up to date."), { tone: said ? "warn" : "ok" });
}

function work() {
  const shift = shiftNow();
  return rows([
    { path: "/shift", icon: "clock-play", label: t("Shift"), side: shift.state === "on" ? t("since {time}", { time: shownMoment(shift.at) }) : t("Not on shift") },
    { path: "/statistics", icon: "chart-bar", label: t("My figures") },
    { path: "/mediation", icon: "users", label: t("Quick mediation") },
  ]);
}

const rows = (list) => h("ul", { class: "menu-rows card" }, list.map((one) => h("li", {}, link(one.path, { class: "menu-row" }, icon(one.icon), h("span", {}, one.label), one.side && h("small", { class: "muted" }, one.side), icon("chevron-right")))));

function emergency() {
  const list = store.part("me").emergency;
  if (!list.length) return null;
  return h("section", { class: "part" }, h("h2", {}, t("In an emergency")), h("ul", { class: "menu-rows card" }, list.map(({ words, phone }) => h("li", {}, h("a", { class: "menu-row", href: `tel:${phone}` }, icon("phone"), h("span", {}, words), h("b", {}, phone))))));
}

async function device() {
  const [space, contact] = await Promise.all([room(), age()]);
  const part = space.quota ? Math.min(100, (space.usage / space.quota) * 100) : 0;
  const facts = [
    [t("Downloaded data"), shownSize(store.weight())],
    [t("Used of this device"), space.quota ? t("{used} of {all}", { used: shownSize(space.usage), all: shownSize(space.quota) }) : shownSize(space.usage)],
    [t("Premises"), String(store.part("premises").rows.length)],
    [t("Tasks as of"), store.part("work").as_of ? shownMoment(store.part("work").as_of) : "—"],
    [t("Without a network until"), Number.isFinite(contact.left) ? shownDay(Date.now() + contact.left * 86400000) : "—"],
  ];
  return h(
    "section",
    { class: "part" },
    h("h2", {}, t("This device")),
    h(
      "div",
      { class: "card" },
      h(
        "div",
        { class: "card-body stack" },
        part > 80 && h("div", { class: "message warn" }, icon("device-floppy"), h("div", {}, t("Space runs short. Send your records and delete photos you do not need."))),
        h("dl", { class: "facts" }, facts.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)])),
        h("p", { class: "muted small" }, icon("lock"), t("Encrypted with a key that signing out destroys. Without a network for {n} days the downloaded data is deleted by itself.", { n: store.part("me").wipe_after_days })),
        !space.isPersistent && h("button", { class: "btn", type: "button", onclick: keep }, t("Ask the browser not to clear this data")),
      ),
    ),
  );
}

async function keep({ currentTarget: button }) {
  const isKept = await navigator.storage?.persist?.();
  toast(isKept ? t("The browser keeps this data.") : t("The browser did not promise it. Add the app to the home screen and try again."), { tone: isKept ? "ok" : "" });
  if (isKept) button.remove();
}

function settings() {
  const root = document.documentElement;
  const isLarge = root.dataset.size === "large";
  const isDark = root.dataset.theme === "dark";
  return h(
    "section",
    { class: "part" },
    h("h2", {}, t("Display")),
    h(
      "div",
      { class: "card settings" },
      toggle(t("Large type"), isLarge, (on) => set("size", on ? "large" : "")),
      toggle(t("Dark, for the night shift"), isDark, (on) => set("theme", on ? "dark" : "")),
      h("label", { class: "setting" }, h("span", {}, t("Language")), h("select", { class: "control", "aria-label": t("Language"), onchange: ({ target }) => speak(target.value) }, h("option", { value: "zh", selected: language.startsWith("zh") }, "中文"), h("option", { value: "en", selected: language === "en" }, "English"))),
    ),
  );
}

const toggle = (label, isOn, act) => h("label", { class: "setting switch" }, h("span", {}, label), h("input", { type: "checkbox", role: "switch", checked: isOn, onchange: ({ target }) => act(target.checked) }));

// The same places where the pages of the desk keep them (public/device.js).
function set(name, value) {
  if (value) {
    document.documentElement.dataset[name] = value;
    localStorage.setItem(`gongzhi-${name}`, value);
  } else {
    delete document.documentElement.dataset[name];
    localStorage.removeItem(`gongzhi-${name}`);
  }
}

function speak(language) {
  localStorage.setItem("gongzhi-language", language);
  location.reload();
}

async function leave() {
  const unsent = outbox.count();
  if (unsent) {
    const choice = await sheet({
      title: t("{n} records are not sent yet", { n: unsent }),
      body: t("Signing out destroys the key of this device: what is not sent is lost for good. Send first, then sign out."),
      acts: [
        { label: t("Send first"), value: "send", tone: "primary" },
        { label: t("Sign out and lose {n} records", { n: unsent }), value: "lose", tone: "danger" },
        { label: t("Cancel"), value: "" },
      ],
    });
    if (choice === "send") {
      await syncNow({ mayWait: true });
      if (outbox.count()) return go("/outbox");
    } else if (choice !== "lose") return undefined;
    if (choice === "lose" && !(await ask({ title: t("Lose {n} records?", { n: unsent }), body: t("Nobody can bring them back, the office neither."), yes: t("Yes, lose them"), tone: "danger primary" }))) return undefined;
  } else if (!(await ask({ title: t("Sign out?"), body: t("The data of your grids leaves this device. The next shift needs a network to download it again."), yes: t("Sign out") }))) return undefined;
  await signOut();
  return location.replace("/field");
}
