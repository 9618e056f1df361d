// At the door: the check-list of these premises, and what follows from it. Nothing typed, two taps for a fault.
import { go, h, icon, link, outbox, place, screen, sheet, shownDay, shownDistance, store, t, toast } from "../core/app.js";
import { takePhotos } from "../parts/camera.js";
import { checkLine } from "../parts/check-line.js";
import { keeper } from "../parts/draft.js";
import { live } from "../parts/live.js";
import { lastWords, taskTags, today, visitOf, whatWords, whyWords } from "../parts/premises.js";
import { textField } from "../parts/text.js";
import { begun, counts, failed, listFor, marked, open, restPassed, restUndone, results, revisitDay } from "../rules/checklist.js";
import { likelySame } from "../rules/nearby.js";
import { ordered } from "../rules/order.js";
import { top } from "../ui/top.js";

const NOTHING_SAID = { photos: [], after: [], note: "", isFixed: false, joins: true };
const draftName = (code) => `visit:${code}`;

// The draft names photos by their ids; here they stand as photos.
async function resumed(code, list) {
  const kept = store.draft(draftName(code));
  if (!kept || kept.list !== list.code || kept.version !== list.version) return { id: crypto.randomUUID(), check: begun(), lines: {}, note: "" };
  const photos = new Map((await store.draftPhotos(draftName(code))).map((photo) => [photo.id, { ...photo, ...kept.facts?.[photo.id] }]));
  const open_ = (ids) => ids.map((id) => photos.get(id)).filter(Boolean);
  const lines = Object.fromEntries(Object.entries(kept.lines).map(([n, said]) => [n, { ...said, photos: open_(said.photos), after: open_(said.after) }]));
  return { id: kept.id, check: kept.check, lines, note: kept.note, isResumed: true };
}

const allPhotos = (visit) => Object.values(visit.lines).flatMap((said) => [...said.photos, ...said.after]);
const factsOf = ({ taken_at = null, lon = null, lat = null, from = "" }) => ({ taken_at, lon, lat, from });

function written(visit, list) {
  const ids = (photos) => photos.map(({ id }) => id);
  const lines = Object.fromEntries(Object.entries(visit.lines).map(([n, said]) => [n, { ...said, photos: ids(said.photos), after: ids(said.after) }]));
  return { id: visit.id, list: list.code, version: list.version, check: visit.check, lines, note: visit.note, facts: Object.fromEntries(allPhotos(visit).map((photo) => [photo.id, factsOf(photo)])) };
}

screen("/visit/:code", async ({ code, query }) => {
  const premises = store.find("premises", code);
  if (!premises) return unknown(code);
  const task = store.find("tasks", query.get("task")) ?? store.part("work").tasks.find((one) => one.premises === code) ?? null;
  const list = listFor(store.part("lists").lists, { ...premises, list: task?.list });
  const done = query.get("again") ? null : visitOf(code);
  if (done && !store.draft(draftName(code))) return already(premises, done);
  if (!list) return withoutList(premises);
  return visiting({ premises, task, list, visit: await resumed(code, list), call: query.get("call") });
}, { tab: "patrol" });

const head = (premises, task) => h("div", { class: "door-head" },
  top(premises.name || premises.code, { otherwise: "/patrol", side: link(`/premises/${encodeURIComponent(premises.code)}`, { class: "btn quiet square", "aria-label": t("Facts of the premises, and correct them") }, icon("info-circle")) }),
  h("p", {}, premises.address),
  h("p", { class: "door-tags" }, task && taskTags(task), h("span", { class: "muted small" }, whatWords(premises)), h("span", { class: "muted small" }, lastWords(premises))),
  task && whyWords(task) && h("p", { class: "muted small" }, task.why));

const unknown = (code) => h("section", { class: "page" }, h("h1", {}, code), h("div", { class: "empty" }, icon("map-search"), h("b", {}, t("These premises are not on this device.")), h("p", {}, t("They lie outside your grids, or were added after the last download.")), link("/patrol", { class: "btn" }, t("To the list"))));

const withoutList = (premises) => h("section", { class: "page" }, head(premises, null),
  h("div", { class: "empty" }, icon("checklist"), h("b", {}, t("There is no check-list for these premises.")), h("p", {}, t("You can report what you see, or correct the facts."))),
  link(`/report?premises=${encodeURIComponent(premises.code)}`, { class: "btn primary big wide" }, icon("camera"), t("Report something here")),
  link(`/premises/${encodeURIComponent(premises.code)}`, { class: "btn big wide" }, t("Facts of the premises, and correct them")));

const already = (premises, op) => h("section", { class: "page" }, head(premises, null),
  h("div", { class: "message ok" }, icon("circle-check"), h("span", {}, t("You have been here today. The visit is in the outbox or sent already."))),
  op.body.results.length > 0 && h("p", { class: "muted" }, t("{pass} passed, {fail} failed", { pass: op.body.results.filter(({ verdict }) => verdict === "pass").length, fail: op.body.results.filter(({ verdict }) => verdict === "fail").length })),
  link("/patrol", { class: "btn primary big wide" }, t("To the list")),
  link(`/visit/${encodeURIComponent(premises.code)}?again=1`, { class: "btn big wide" }, t("Make another visit")));

function visiting({ premises, task, list, visit, call }) {
  const draft = keeper(draftName(premises.code));
  const { most } = store.part("me").photo;
  const own = outbox.list();
  const near = store.part("work").near;
  const drawLine = new Map();
  const keep = () => draft.keep(written(visit, list), allPhotos(visit));
  const saidOf = (n) => visit.lines[n] ?? NOTHING_SAID;
  const say = (n, news) => {
    visit.lines[n] = { report: crypto.randomUUID(), ...saidOf(n), ...news };
    keep();
  };

  const items = list.lines.map((line) => {
    const element = h("li", { class: "check-line", "data-n": line.n });
    const [same = null] = likelySame({ item_id: line.item_id, lon: premises.lon, lat: premises.lat }, near, own);
    const change = (news, { isQuiet = false } = {}) => {
      say(line.n, news);
      if (isQuiet) return;
      drawLine.get(line.n)();
      drawFoot(); // what was put right asks for no revisit
    };
    const mark = async (verdict) => {
      visit.check = marked(visit.check, line.n, verdict);
      say(line.n, {});
      drawAfter(line.n);
      if (verdict !== "fail" || visit.check.verdicts[line.n] !== "fail" || saidOf(line.n).photos.length) return;
      const needed = Math.max(1, Math.min(most, store.find("items", line.item_id)?.report_photos ?? 1));
      const photos = await takePhotos({ words: line.text, most: needed, quick: needed === 1 });
      if (photos.length) change({ photos });
    };
    const fix = async () => {
      if (saidOf(line.n).isFixed) return change({ isFixed: false });
      const after = await takePhotos({ words: t("After it was put right"), most: 1 });
      return after.length ? change({ isFixed: true, after }) : toast(t("“Put right on the spot” needs a photo of the result."), { tone: "warn" });
    };
    drawLine.set(line.n, live(element, () => {
      element.dataset.verdict = visit.check.verdicts[line.n] ?? "";
      return checkLine(line, { verdict: visit.check.verdicts[line.n], said: saidOf(line.n), same, most, mark, change, fix });
    }));
    return element;
  });

  const rest = h("div", { class: "rest" });
  const foot = h("div", { class: "foot-bar" });
  const drawRest = live(rest, () => restButton());
  const drawFoot = live(foot, () => footOf());
  const drawAfter = (n) => {
    drawLine.get(n)();
    drawRest();
    drawFoot();
  };
  const drawAll = () => {
    for (const draw of drawLine.values()) draw();
    drawRest();
    drawFoot();
  };
  const undoRest = () => {
    visit.check = restUndone(visit.check);
    keep();
    drawAll();
  };

  function restButton() {
    const left = open(visit.check, list.lines).length;
    if (visit.check.rest.length) return h("button", { class: "btn wide", type: "button", "data-key": "rest", onclick: undoRest }, icon("arrow-back-up"), t("Undo “the rest passes” ({n})", { n: visit.check.rest.length }));
    if (!left) return null;
    return h("button", { class: "btn wide pass-rest", type: "button", "data-key": "rest", onclick: () => {
      visit.check = restPassed(visit.check, list.lines);
      keep();
      drawAll();
      toast(t("{n} lines passed.", { n: left }), { tone: "ok", action: { label: t("Undo"), act: undoRest } });
    } }, icon("checks"), left === list.lines.length ? t("All {n} pass", { n: left }) : t("All the rest pass ({n})", { n: left }));
  }

  function footOf() {
    const sums = counts(visit.check, list.lines);
    const day = revisitDay(visit.check, list.lines.map((line) => ({ ...line, settled: saidOf(line.n).isFixed })), today());
    return [
      h("span", { class: "foot-said", role: "status" }, sums.open ? t("{n} of {all} still open", { n: sums.open, all: sums.all }) : sums.fail ? t("{n} failed", { n: sums.fail }) : t("All passed"), day && h("small", {}, t("Revisit {day}", { day: shownDay(day) }))),
      h("button", { class: "btn big primary", type: "button", "data-key": "finish", onclick: finish }, t("Finish the visit")),
    ];
  }

  async function finish(event) {
    const [missing] = open(visit.check, list.lines);
    if (missing) {
      toast(t("Line {n} has no answer yet.", { n: missing.n }), { tone: "warn" });
      items[list.lines.indexOf(missing)].scrollIntoView({ block: "center" });
      return;
    }
    const bare = failed(visit.check, list.lines).filter(({ n }) => !saidOf(n).photos.length);
    if (bare.length && !(await withoutPhotos(bare))) return;
    event.target.closest("button")?.setAttribute("aria-busy", "true");
    await save("visited");
  }

  const withoutPhotos = async (lines) => (await sheet({ title: t("{n} faults have no photo", { n: lines.length }), body: t("A photo shows whoever puts it right what is meant. Save without it?"), acts: [{ label: t("Take photos"), value: "back", tone: "primary" }, { label: t("Save without photos"), value: "save" }] })) === "save";

  async function save(outcome, note = visit.note) {
    const where = await place({ wait: 6000 });
    await draft.flush();
    await draft.settle();
    const extras = outcome === "visited" ? await saveFaults(where) : {};
    const body = { premises: premises.code, list: list.code, list_version: list.version, ...(task && { task: task.id }), ...(call && { call: Number(call) }), outcome, note,
      results: outcome === "visited" ? results(visit.check, list.lines, extras) : [] };
    await outbox.add("visit", body, { id: visit.id, place: where, title: premises.name || premises.code, draft: draftName(premises.code) });
    draft.leave();
    await after(outcome, where);
  }

  // Every fault has its id from the first tap on: should the app be killed in between, nothing is reported twice.
  async function saveFaults(where) {
    const extras = {};
    for (const line of failed(visit.check, list.lines)) {
      const said = saidOf(line.n);
      const [same] = likelySame({ item_id: line.item_id, lon: premises.lon, lat: premises.lat }, near);
      const words = [t("Not as it should be: {text}.", { text: line.text }), said.note].filter(Boolean).join("");
      const kept = { id: said.report, place: where, photos: said.photos, after_photos: said.isFixed ? said.after : [], title: `${premises.name || premises.code} · ${line.text}` };
      if (same?.number && said.joins !== false && !said.isFixed) {
        await outbox.add("join", { number: same.number, text: words }, kept);
        extras[line.n] = { note: said.note };
        continue;
      }
      await outbox.add("report", {
        item_id: line.item_id, text: words, lon: premises.lon ?? where?.lon ?? null, lat: premises.lat ?? where?.lat ?? null, accuracy_m: premises.lon == null ? where?.accuracy_m ?? null : null,
        address: premises.address || premises.name, premises: premises.code, answers: {}, self_handled: said.isFixed, is_new: Boolean(same), visit: visit.id, line: line.n, photo_facts: said.photos.map(factsOf),
      }, kept);
      extras[line.n] = { note: said.note, report: said.report };
    }
    return extras;
  }

  async function after(outcome, where) {
    const sums = counts(visit.check, list.lines);
    const day = outcome === "visited" ? revisitDay(visit.check, list.lines.map((line) => ({ ...line, settled: saidOf(line.n).isFixed })), today()) : null;
    const next = nextDoor(premises, where);
    const answer = await sheet({
      title: t("Saved on this device"),
      body: h("div", { class: "stack" },
        outcome === "visited" && h("p", {}, sums.fail ? t("{pass} passed, {fail} failed", sums) : t("All passed")),
        day && h("p", {}, icon("calendar-repeat"), t("The rules set the revisit for {day}.", { day: shownDay(day) })),
        h("p", { class: "muted" }, t("It is sent by itself when there is a network."))),
      acts: [...(next ? [{ label: next.metres == null ? t("Next: {name}", { name: next.premises.name }) : t("Next: {name}, {far}", { name: next.premises.name, far: shownDistance(next.metres) }), value: "next", tone: "primary" }] : []), { label: t("To the list"), value: "list", tone: next ? "" : "primary" }],
    });
    if (answer === "next") go(`/visit/${encodeURIComponent(next.task.premises)}?task=${next.task.id}`, { replace: true });
    else go("/patrol", { replace: true });
  }

  async function notThere(outcome, title, hint) {
    let note = "";
    const answer = await sheet({
      title,
      body: h("div", { class: "stack" }, h("p", {}, hint), textField({ id: "outcome-note", label: t("Words"), purpose: "visit", rows: 2, change: (words) => { note = words; } })),
      acts: [{ label: t("Save"), value: "save", tone: "primary" }, { label: t("Cancel"), value: "" }],
    });
    if (answer === "save") await save(outcome, note);
  }

  const node = h("section", { class: "page visit" },
    head(premises, task),
    visit.isResumed && h("div", { class: "message" }, icon("history"), h("span", {}, t("You had begun here; it goes on where you were."))),
    h("p", { class: "list-name" }, h("b", {}, list.name), h("small", { class: "muted" }, t("{n} lines · version {version}", { n: list.lines.length, version: list.version }))),
    rest,
    h("ol", { class: "checks" }, items),
    textField({ id: "visit-note", label: t("Remarks on the visit"), value: visit.note, purpose: "visit", rows: 2, change: (words) => { visit.note = words; keep(); } }),
    h("div", { class: "other-outcomes" }, h("h2", {}, t("No visit was possible?")), h("div", { class: "three-ways" },
      h("button", { class: "btn", type: "button", onclick: () => notThere("nobody", t("Nobody there"), t("The rules set a new try in a few days.")) }, icon("door"), t("Nobody there")),
      h("button", { class: "btn", type: "button", onclick: () => notThere("no_entry", t("No entry"), t("Do not insist: the station is told and decides what follows.")) }, icon("hand-stop"), t("No entry")),
      h("button", { class: "btn", type: "button", onclick: () => notThere("gone", t("No longer there"), t("The premises are taken from the list once the station has looked.")) }, icon("building-off"), t("No longer there")))),
    link(`/report?premises=${encodeURIComponent(premises.code)}`, { class: "btn wide" }, icon("camera"), t("Report something else here")),
    foot);
  node.leave = () => draft.leave();
  return node;
}

function nextDoor(premises, where) {
  const left = store.part("work").tasks.filter((one) => one.premises !== premises.code && !visitOf(one.premises)).map((one) => ({ task: one, premises: store.find("premises", one.premises) })).filter((row) => row.premises);
  return ordered(left, { here: where ?? premises, today: today() })[0] ?? null;
}
