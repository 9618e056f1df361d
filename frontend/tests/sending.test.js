import assert from "node:assert/strict";
import { test } from "node:test";

const { ASKS, SENT, WAITS, sendEntry } = await import("../src/behaviours/sending.js");

const anEntry = () => ({
  key: "k", action: "/report", uploads: "uploads", fields: [["text", "井盖破了"], ["idempotency_key", "k"]],
  photos: [{ id: "a", token: "", at: 0 }, { id: "b", token: "known", at: 0 }],
});

function aServer({ report = { ok: true, redirected: true, url: "/receipt/26-1", status: 200 }, breaksAt = Infinity, files = 201 } = {}) {
  const calls = [];
  const fetch = async (address, { body }) => {
    calls.push([address, body]);
    if (calls.length > breaksAt) throw new TypeError("no network");
    return address === "/files" ? { status: files, json: async () => ({ token: files === 201 ? `t${calls.length}` : undefined, message: "文件不能用" }) } : report;
  };
  const tools = { fetch, token: () => "csrf", photoOf: async (id) => (id ? new File(["x"], `${id}.jpg`) : null), save: async () => {}, now: () => 48 * 3600 * 1000 };
  return { calls, tools };
}

test("photos go first, then the form with their tokens and its key", async () => {
  const { calls, tools } = aServer();
  const outcome = await sendEntry(anEntry(), tools);
  assert.deepEqual(outcome, { state: SENT, url: "/receipt/26-1" });
  assert.deepEqual(calls.map(([address]) => address), ["/files", "/files", "/report"]);
  assert.deepEqual(calls[2][1].getAll("uploads"), ["t1", "t2"]);
  assert.equal(calls[2][1].get("idempotency_key"), "k");
});

test("a network that breaks between two photos loses nothing and sends the first one once", async () => {
  const entry = anEntry();
  const broken = aServer({ breaksAt: 1 });
  assert.equal((await sendEntry(entry, broken.tools)).state, WAITS);
  const later = aServer();
  assert.equal((await sendEntry(entry, later.tools)).state, SENT);
  assert.deepEqual(later.calls.map(([address]) => address), ["/files", "/report"]);
});

test("what a person must look at is not tried again by itself", async () => {
  for (const status of [409, 422, 403]) assert.equal((await sendEntry(anEntry(), aServer({ report: { ok: false, status } }).tools)).state, ASKS);
  for (const status of [429, 500, 503]) assert.equal((await sendEntry(anEntry(), aServer({ report: { ok: false, status } }).tools)).state, WAITS);
  assert.deepEqual(await sendEntry(anEntry(), aServer({ files: 422 }).tools), { state: ASKS, said: "文件不能用" });
});
