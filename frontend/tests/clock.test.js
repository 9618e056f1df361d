import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "zh-Hans" }, querySelector: () => null };
const { stateOf, words } = await import("../src/behaviours/clock.js");

const MINUTE = 60000;

test("the last quarter is amber and the end is red", () => {
  assert.equal(stateOf(26 * MINUTE, 100 * MINUTE), "ok");
  assert.equal(stateOf(25 * MINUTE, 100 * MINUTE), "warn");
  assert.equal(stateOf(0, 100 * MINUTE), "late");
});

test("time left and time over are told in the two largest units", () => {
  assert.equal(words(38 * MINUTE), "剩 38 分");
  assert.equal(words(140 * MINUTE), "剩 2 小时 20 分");
  assert.equal(words(26 * 60 * MINUTE), "剩 1 天 2 小时");
  assert.equal(words(-12 * MINUTE), "超时 12 分");
});

test("a begun minute counts as a whole one", () => {
  assert.equal(words(1), "剩 1 分");
});
