import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "zh-Hans" }, querySelector: () => null, hidden: false };
await import("../src/command/words.js");
const { Live, stateWords } = await import("../src/command/live.js");

// A stream that the test speaks through.
class Source {
  static all = [];

  constructor(address) {
    Object.assign(this, { address, readyState: 0, heard: {} });
    Source.all.push(this);
  }

  addEventListener(type, listen) { this.heard[type] = listen; }

  opens() { this.readyState = 1; this.onopen(); }

  says(type, data) { this.heard[type]({ data: JSON.stringify(data) }); }

  fails() { this.readyState = 2; this.onerror(); }

  close() { this.readyState = 2; }
}

const line = (seq) => ({ seq, title: `事项 ${seq}` });
const settled = () => new Promise((done) => setTimeout(done, 5));

function viewer(t, { kept = [], live = "/live" } = {}) {
  const asked = [];
  const get = async (address) => {
    asked.push(address);
    if (address.includes("tiles")) return { as_of: "2026-11-23T09:00:09+08:00", tiles: [] };
    const after = Number(new URL(address, "http://x").searchParams.get("after") ?? 0);
    const news = kept.filter(({ seq }) => seq > after);
    return { reset: false, news, seq: Math.max(after, ...kept.map(({ seq }) => seq)), as_of: "2026-11-23T09:00:09+08:00" };
  };
  const one = new Live({ area: "441900/", live, poll: 5, get, Source });
  const seen = [];
  const states = [];
  const tiles = [];
  one.addEventListener("news", ({ detail }) => { if (detail.isAnew) seen.length = 0; seen.push(...detail.lines.map(({ seq }) => seq)); });
  one.addEventListener("state", ({ detail }) => states.push(detail.state));
  one.addEventListener("tile", ({ detail }) => tiles.push(detail.version));
  t.after(() => one.close());
  return { one, seen, states, tiles, asked, kept, source: () => Source.all.at(-1) };
}

test("what came between the page and the stream is neither lost nor told twice", async (t) => {
  const v = viewer(t, { kept: [line(1), line(2), line(3)] });
  v.one.begin({ news: [line(1)], seq: 1 });
  v.source().opens();
  v.source().says("news", line(3)); // before the news missed have arrived
  v.source().says("news", line(4));
  await settled();
  v.source().says("news", line(4));
  v.source().says("news", line(5));

  assert.deepEqual(v.seen, [1, 2, 3, 4, 5]);
  assert.equal(v.states.at(-1), "live");
});

test("after a break the screen says so, asks by itself, and catches up", async (t) => {
  const v = viewer(t, { kept: [line(1)] });
  v.one.begin({ news: [line(1)], seq: 1 });
  v.source().opens();
  await settled();
  v.source().fails();
  assert.equal(v.states.at(-1), "again");
  v.kept.push(line(2), line(3));
  await v.one.ask();

  assert.deepEqual(v.seen, [1, 2, 3]);
});

test("a stream that ends by plan and comes back is no break", async (t) => {
  const v = viewer(t);
  v.one.begin({ seq: 0 });
  v.source().opens();
  await settled();
  v.source().readyState = 0;
  v.source().onerror();

  assert.equal(v.states.at(-1), "live");
});

test("an older tile never covers a newer one", (t) => {
  const v = viewer(t, { live: "" });
  v.one.takeTile({ code: "open", version: 5, as_of: "1" });
  v.one.takeTile({ code: "open", version: 4, as_of: "0" });
  v.one.takeTile({ code: "open", version: 5, as_of: "1" });
  v.one.takeTile({ code: "open", version: 6, as_of: "2" });

  assert.deepEqual(v.tiles, [5, 6]);
});

test("without a stream the screen asks every few seconds and says as of when", async (t) => {
  const v = viewer(t, { live: "", kept: [line(1)] });
  v.one.begin({ seq: 0 });
  await settled();

  assert.deepEqual(v.seen, [1]);
  assert.equal(v.states.at(-1), "asking");
  assert.match(stateWords({ state: "asking", asOf: v.one.asOf })[0], /数据截至 \d\d:00:09/);
});

test("what was missed too long ago begins anew", async (t) => {
  const v = viewer(t);
  v.one.get = async (address) => (address.includes("tiles") ? { tiles: [], as_of: null } : { reset: true, news: [line(90), line(91)], seq: 91, as_of: null });
  v.one.begin({ news: [line(1)], seq: 1 });
  v.source().opens();
  await settled();
  v.source().says("news", line(92));

  assert.deepEqual(v.seen, [90, 91, 92]);
});
