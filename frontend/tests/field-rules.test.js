// The rules of the officers' screens: order of doors, check-list, search, labels, photo size, likely doubles, EXIF.
import assert from "node:assert/strict";
import { test } from "node:test";

import { exifOf, withExif } from "../src/field/device/exif.js";
import { begun, counts, failed, laterDay, listFor, marked, restPassed, restUndone, results, revisitDay } from "../src/field/rules/checklist.js";
import { codeOf } from "../src/field/rules/labels.js";
import { isWithin } from "../src/field/rules/areas.js";
import { likelySame } from "../src/field/rules/nearby.js";
import { counted, daysLate, metresBetween, ordered, pressing } from "../src/field/rules/order.js";
import { foundItems, foundPremises } from "../src/field/rules/search.js";
import { fitted } from "../src/field/rules/size.js";

const TODAY = "2026-11-22";
const HERE = { lon: 113.75, lat: 23.02 };
const east = (metres) => ({ lon: 113.75 + metres / (111_320 * Math.cos((23.02 * Math.PI) / 180)), lat: 23.02 });
const row = (name, where, task = {}) => ({ task: { kind: "patrol", due_on: TODAY, planned_on: TODAY, urgent: false, ...task }, premises: { name, address: `东街${name}号`, ...where } });
const names = (rows) => rows.map(({ premises }) => premises.name).join(" ");

test("without a position the most pressing come first and a street stays together", () => {
  const rows = [row("10", {}), row("9", {}), row("3", {}, { due_on: "2026-11-01" }), row("7", {}, { urgent: true })];

  assert.equal(names(ordered(rows, { today: TODAY })), "7 3 9 10");
});

test("with a position the near door comes first, but an urgent one across the grid before it", () => {
  const rows = [row("far", east(900)), row("near", east(30)), row("urgent", east(2000), { urgent: true }), row("late", east(200), { due_on: "2026-11-20" })];

  assert.equal(names(ordered(rows, { here: HERE, today: TODAY })), "urgent late near far");
});

test("a door without a point is not lost from the list", () => {
  assert.equal(ordered([row("a", { lon: null, lat: null }), row("b", east(10))], { here: HERE, today: TODAY }).length, 2);
});

test("a task is urgent, overdue, of today or of later, and the chips count it", () => {
  const tasks = [{ kind: "revisit", due_on: "2026-11-19" }, { kind: "sample", due_on: TODAY }, { kind: "patrol", due_on: "2026-11-30" }];

  assert.deepEqual(tasks.map((task) => pressing(task, TODAY)), ["overdue", "today", "soon"]);
  assert.equal(daysLate(tasks[0], TODAY), 3);
  assert.deepEqual(counted(tasks, TODAY), { all: 3, due: 1, overdue: 1, revisit: 1, sample: 1 });
});

test("metres are metres", () => assert.ok(Math.abs(metresBetween(HERE, east(120)) - 120) < 1));

const LINES = [{ n: 1, revisit_days: 3 }, { n: 2, revisit_days: 1 }, { n: 3, revisit_days: 0 }];

test("all the rest pass in one step, and the step can be taken back without what was said by hand", () => {
  const said = restPassed(marked(begun(), 2, "fail"), LINES);
  assert.deepEqual(counts(said, LINES), { pass: 2, fail: 1, na: 0, open: 0, all: 3 });

  const changed = marked(said, 3, "na");
  assert.deepEqual(restUndone(changed).verdicts, { 2: "fail", 3: "na" });
});

test("the same button once more takes a verdict back", () => assert.deepEqual(marked(marked(begun(), 1, "pass"), 1, "pass").verdicts, {}));

test("the nearest day of all failed lines is the day of the next visit; what was settled asks for none", () => {
  const state = marked(marked(begun(), 1, "fail"), 2, "fail");

  assert.equal(revisitDay(state, LINES, TODAY), "2026-11-23");
  assert.equal(revisitDay(state, LINES.map((line) => ({ ...line, settled: line.n === 2 })), TODAY), "2026-11-25");
  assert.equal(revisitDay(begun(), LINES, TODAY), null);
  assert.equal(laterDay("2026-12-30", 3), "2027-01-02");
});

test("results name the report of a failed line", () => {
  const state = restPassed(marked(begun(), 2, "fail"), LINES);

  assert.equal(failed(state, LINES).length, 1);
  assert.deepEqual(results(state, LINES, { 2: { note: "堵塞", report: "u" } })[1], { n: 2, verdict: "fail", note: "堵塞", report: "u" });
});

test("the narrowest list for kind, class and grade is taken", () => {
  const lists = [{ code: "all", kind: 3, classes: [], grades: [] }, { code: "hotel", kind: 3, classes: ["c2"], grades: [] }, { code: "hotel-d", kind: 3, classes: ["c2"], grades: [4] }, { code: "shop", kind: 4 }];

  assert.equal(listFor(lists, { kind: 3, klass: "c2", grade: 4 }).code, "hotel-d");
  assert.equal(listFor(lists, { kind: 3, klass: "c2", grade: 1 }).code, "hotel");
  assert.equal(listFor(lists, { kind: 3, klass: "", grade: 1 }).code, "all");
  assert.equal(listFor(lists, { kind: 3, klass: "", grade: 1, list: "shop" }).code, "shop");
  assert.equal(listFor(lists, { kind: 6 }), null);
});

test("an item is found by name, synonym, letters in order and in a spoken sentence", () => {
  const items = [{ id: 1, name: "排水井盖", synonyms: ["窨井盖", "下水道盖子"], popular_rank: 1 }, { id: 2, name: "占道经营", synonyms: [], popular_rank: 2, class_name: "街面秩序" }];
  const found = (asked) => foundItems(items, asked).map(({ id }) => id).join();

  assert.equal(found("井盖"), "1");
  assert.equal(found("下水道"), "1");
  assert.equal(found("占经"), "2");
  assert.equal(found("路口那里窨井盖不见了"), "1");
  assert.equal(found("街面"), "2");
  assert.equal(found("飞船"), "");
  assert.equal(found(" "), "");
});

test("premises are found by every word that was typed", () => {
  const rows = [{ code: "DG01", name: "好又多便利店", address: "东街9号" }, { code: "DG02", name: "好又多便利店", address: "西街1号" }];

  assert.deepEqual(foundPremises(rows, "便利店 西街").map(({ code }) => code), ["DG02"]);
  assert.deepEqual(foundPremises(rows, "dg01").map(({ code }) => code), ["DG01"]);
});

test("a label is an address with a code, or the code alone; other codes are none of ours", () => {
  assert.equal(codeOf("https://city.example/p/DG-0012"), "DG-0012");
  assert.equal(codeOf("https://city.example/p/DG-0012/?s=1"), "DG-0012");
  assert.equal(codeOf(" DG0012 "), "DG0012");
  assert.equal(codeOf("https://pay.example/qr/abc"), "");
  assert.equal(codeOf(""), "");
});

test("a photo is cut to its longer side and never enlarged", () => {
  assert.deepEqual(fitted(4000, 3000, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fitted(3000, 4000, 1600), { width: 1200, height: 1600 });
  assert.deepEqual(fitted(800, 600, 1600), { width: 800, height: 600 });
  assert.deepEqual(fitted(10000, 3, 1600), { width: 1600, height: 1 });
});

test("the same item near by is likely the same thing, on the server or still in the outbox", () => {
  const near = [{ number: "1", item_id: 7, ...east(40) }, { number: "2", item_id: 7, ...east(90) }, { number: "3", item_id: 8, ...east(1) }];
  const report = { kind: "report", title: "井盖", body: { item_id: 7, ...east(10) } };
  const own = [{ ...report, id: "u", state: "waiting" }, { ...report, id: "sent", state: "done" }, { ...report, id: "aside", state: "done", result: { dropped: true } }];

  assert.deepEqual(likelySame({ item_id: 7, ...HERE }, near, own).map((one) => one.number ?? one.op), ["u", "1"]);
  assert.deepEqual(likelySame({ item_id: 7, lon: null }, near, own), []);
});

test("moment and place of a photo are written into the smaller one and read again", async () => {
  const facts = { taken_at: "2026-11-22T14:05:09+08:00", lon: 113.751234, lat: 23.020456 };
  const bare = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0, 4, 0, 0, 0xff, 0xda, 0, 2, 0, 0, 0, 0])]);

  assert.deepEqual(await exifOf(await withExif(bare, facts)), facts);
  assert.deepEqual(await exifOf(await withExif(bare, { taken_at: "2026-11-22T14:05:09" })), { taken_at: "2026-11-22T14:05:09" });
  assert.deepEqual(await exifOf(bare), {});
  assert.deepEqual(await exifOf(new Blob(["not a photo at all"])), {});
});

test("the decoder that comes later reads a label as it hangs on a door", async () => {
  const [{ default: encode }, { default: decode }] = await Promise.all([import("qr"), import("qr/decode.js")]);
  const address = "https://city.example/p/441900004CZ0001594";
  const dots = encode(address, "raw", { ecc: "quartile", border: 4, scale: 6 });
  const picture = { width: dots.length, height: dots.length, data: Uint8Array.from(dots.flat().flatMap((isDark) => { const shade = isDark ? 40 : 225; return [shade, shade, shade, 255]; })) };

  assert.equal(codeOf(decode(picture)), "441900004CZ0001594");
});

test("A place outside the officer's grids is told apart, holes and several parts included", () => {
  const ring = (from, to) => [[from, from], [to, from], [to, to], [from, to], [from, from]];
  const areas = [{ geometry: { type: "Polygon", coordinates: [ring(0, 10), ring(4, 6)] } }, { geometry: { type: "MultiPolygon", coordinates: [[ring(20, 30)]] } }];
  const at = (lon, lat) => isWithin(areas, { lon, lat });
  assert.deepEqual([at(1, 1), at(5, 5), at(25, 21), at(15, 15)], [true, false, true, false]);
  assert.equal(isWithin(areas, null), null);
  assert.equal(isWithin([{ geometry: null }], { lon: 1, lat: 1 }), null);
});
