import assert from "node:assert/strict";
import { test } from "node:test";

import { aDevice, aPhoto, core, killAndOpen, outbox, store, sync } from "./field-device.js";
import { at } from "./field-server.js";

const OPS = /POST .*ops/;
const PUT = /PUT .*uploads/;
const MB = 1 << 20;

test("a record goes up with its photos and leaves them behind", async () => {
  const server = await aDevice();
  const op = await outbox.add("report", { text: "占道" }, { photos: [aPhoto(MB)] });

  await sync();

  assert.equal(op.state, "done");
  assert.equal(server.deeds.length, 1);
  assert.equal(server.uploads.get(op.photos[0].id).bytes.length, MB);
  assert.deepEqual(await core.db.db.ids("photos"), []);
});

test("a lost answer is asked again, and the deed is done once", async () => {
  const server = await aDevice();
  server.faults = [at(1, OPS, "lost")];
  const op = await outbox.add("visit", { premises: "DG1" });

  await sync();
  assert.equal(op.state, "waiting");
  await sync();

  assert.equal(op.state, "done");
  assert.equal(server.deeds.length, 1);
});

test("an upload cut in the middle goes on where it was, after the app was killed too", async () => {
  const server = await aDevice();
  server.faults = [at(3, PUT, "cut")];
  const { id } = await outbox.add("report", {}, { photos: [aPhoto(MB)] });

  await sync();
  await killAndOpen();
  server.calls.length = 0;
  await sync();

  assert.equal(outbox.get(id).state, "done");
  assert.equal(server.calls.filter((call) => PUT.test(call)).length, 2); // of four pieces
});

test("a piece that arrived without an answer is harmless when sent again", async () => {
  const server = await aDevice();
  server.faults = [at(2, PUT, "lost")];
  const { id, photos } = await outbox.add("report", {}, { photos: [aPhoto(MB)] });

  await sync();
  await sync();

  assert.equal(outbox.get(id).state, "done");
  assert.equal(server.uploads.get(photos[0].id).bytes.length, MB);
});

test("a killed app finds every record again, in the order they were made", async () => {
  await aDevice();
  for (const text of ["一", "二", "三"]) await outbox.add("report", { text }, { photos: [aPhoto()] });

  await killAndOpen();

  assert.deepEqual(outbox.list().map((op) => op.body.text), ["一", "二", "三"]);
  assert.equal((await outbox.blob(outbox.list()[0].photos[0])).size, 1000);
});

test("a hundred records with a network that drops every third request arrive once each", async () => {
  const server = await aDevice();
  let n = 0;
  server.faults = [() => (++n % 3 ? null : n % 2 ? "lost" : "cut")];
  for (let i = 0; i < 100; i++) await outbox.add("visit", { premises: `DG${i}` }, i % 10 ? {} : { photos: [aPhoto(300000)] });

  for (let pass = 0; pass < 200 && outbox.unsent().length; pass++) {
    await sync();
    if (pass % 7 === 3) await killAndOpen();
  }

  assert.equal(outbox.unsent().length, 0);
  assert.deepEqual(new Set(server.deeds.map((op) => op.body.premises)).size, 100);
  assert.equal(server.deeds.length, 100);
});

test("a full device keeps the record in memory, says so, and sends it from there", async () => {
  const server = await aDevice();
  const told = [];
  const stop = core.signals.on("storage", (news) => told.push(news));
  const write = core.db.db.write;
  core.db.db.write = async () => { throw new DOMException("no room", "QuotaExceededError"); };
  const op = await outbox.add("report", { text: "满" }, { photos: [aPhoto()] });
  assert.equal(op.isKept, false);
  assert.equal(told.length, 1);
  core.db.db.write = write;

  await sync();

  stop();
  assert.equal(op.state, "done");
  assert.equal(server.deeds[0].body.text, "满");
});

test("a draft ends in the same moment in which its record is kept", async () => {
  await aDevice();
  await store.keepDraft("report", { text: "写到一半" }, [{ id: "p1", ...aPhoto() }]);
  await killAndOpen();
  assert.equal(store.draft("report").text, "写到一半");
  assert.equal((await store.draftPhotos("report"))[0].blob.size, 1000);

  await outbox.add("report", { text: "写完" }, { draft: "report" });
  await killAndOpen();

  assert.equal(store.draft("report"), null);
  assert.deepEqual(await core.db.db.ids("kept"), []);
});

test("a conflict waits for the officer, and the decision settles it", async () => {
  const server = await aDevice();
  const conflict = { what: "平安公寓", yours: { 名称: "甲" }, theirs: { 名称: "乙" }, choices: [{ choice: "mine", label: "用我的" }] };
  server.answer = (op) =>
    op.kind === "decide" ? { id: op.id, state: "done", words: "", facts: { of: { id: op.body.of, state: "done", words: "已改" } } } : { id: op.id, state: "conflict", words: "两边都改了", conflict };
  const op = await outbox.add("premises", { code: "DG1" });
  await sync();
  assert.deepEqual(outbox.questions(), [op]);

  await outbox.decide(op, "mine");
  await sync();

  assert.equal(op.state, "done");
  assert.equal(op.words, "已改");
});

test("a session that ends in the middle keeps everything and stops knocking", async () => {
  const server = await aDevice();
  server.faults = [at(1, OPS, { status: 401, body: { signed_out: true } })];
  const op = await outbox.add("visit", {});

  await sync();
  assert.equal(core.sync.state.session, "out");
  assert.equal(op.state, "waiting");
  await sync();

  assert.equal(core.sync.state.session, "in");
  assert.equal(op.state, "done");
});

test("another person's session never gets this person's records", async () => {
  const server = await aDevice();
  await sync();
  server.parts.me = { ...server.parts.me, user: { id: 8, name: "李强" } };
  const op = await outbox.add("visit", {});

  await sync();

  assert.equal(core.sync.state.session, "other");
  assert.equal(op.state, "waiting");
  assert.equal(server.deeds.length, 0);
});

test("a withdrawn handset is told so; one to be wiped after sending sends first", async () => {
  const server = await aDevice();
  await sync();
  const words = [];
  const stop = core.signals.on("revoked", (said) => words.push(said));
  await outbox.add("visit", {});
  server.faults = [(_method, path) => (path.includes("package") ? { status: 410, body: { revoked: "after_sending", words: "停用" } } : null)];

  await sync();

  stop();
  assert.equal(server.deeds.length, 1);
  assert.deepEqual(words, [""]); // what the server asked for is done: the app says in its own words that all is deleted
});

test("what a busy server put off is not wiped with a withdrawn handset", async () => {
  const server = await aDevice();
  await sync();
  const told = [];
  const stop = core.signals.on("revoked", (said) => told.push(said));
  const op = await outbox.add("visit", {});
  const { answer } = server;
  server.answer = ({ id }) => ({ id, state: "wait", words: "忙" });
  server.faults = [(_method, path) => (path.includes("package") ? { status: 410, body: { revoked: "after_sending", words: "停用" } } : null)];

  await sync();
  assert.deepEqual([told, op.state], [[], "waiting"]);

  server.answer = answer;
  await sync();
  stop();
  assert.deepEqual([told, op.state], [[""], "done"]);
});

test("after sign-out no row can be opened, whatever was left of them", async () => {
  const server = await aDevice();
  await sync();
  const row = await core.db.db.get("parts", "me");
  assert.ok(!Buffer.from(row.sealed).includes("陈晓敏"));
  const key = (await core.db.db.get("keys", "day")).key;
  assert.equal(key.extractable, false);

  await core.handset.signOut();

  assert.equal(await core.seal.unlock(), false);
  assert.deepEqual(await core.db.db.ids("parts"), []);
  assert.ok(server.calls.some((call) => call.includes("sign-out")));
});

test("days without a network take the downloaded data first and unsent records last", async () => {
  await aDevice();
  await sync();
  await outbox.add("visit", {});
  const days = (n) => Date.now() + n * 86400000;

  await core.handset.expire(days(6));
  assert.equal(store.isEmpty(), false);
  await core.handset.expire(days(8));
  assert.equal(store.isEmpty(), true);
  assert.equal(outbox.count(), 1);
  await core.handset.expire(days(1)); // a clock set back is not believed
  await core.handset.expire(days(15));

  assert.equal(outbox.count(), 0);
  assert.equal(await core.seal.unlock(), false);
});

test("only what has changed is fetched again", async () => {
  const server = await aDevice();
  await sync();
  server.parts.work = { tasks: [{ id: 1, kind: "patrol" }], calls: [], near: [] };
  server.calls.length = 0;

  await sync();

  assert.deepEqual(server.calls.filter((call) => call.includes("package/")), ["GET /api/field/package/work"]);
  assert.equal(store.find("tasks", 1).kind, "patrol");
});

test("pauses grow, are spread at random and never longer than five minutes", () => {
  assert.equal(core.sync.pauseAfter(0, 1), 2000);
  assert.equal(core.sync.pauseAfter(3, 0.5), 8000);
  assert.equal(core.sync.pauseAfter(20, 1), 300000);
});

test("signing out in the middle of a download leaves nothing behind and is no error", async () => {
  const server = await aDevice();
  const answer = server.fetch;
  let asked = 0;
  globalThis.fetch = async (...call) => {
    const answered = await answer(...call);
    if (/package\/premises/.test(String(call[0])) && !asked++) await core.handset.wipe();
    return answered;
  };

  await sync();

  assert.equal(asked, 1);
  assert.equal(core.sync.state.trouble, "");
  for (const name of ["keys", "plain", "parts", "ops", "photos", "kept", "pictures"]) assert.deepEqual(await core.db.db.ids(name), []);
});
