import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "zh-Hans" }, querySelector: () => null, hidden: false };
globalThis.matchMedia = () => ({ matches: false });
const { sumsAt } = await import("../src/command/playback.js");

test("a day's sums at a minute count what came in and what was closed by then", () => {
  const rows = [[113, 23, 10, 50, 0], [113, 23, 20, -1, 1], [113, 23, 60, 70, 0]];

  assert.deepEqual(sumsAt(rows, 9), { came: 0, gone: 0, open: 0 });
  assert.deepEqual(sumsAt(rows, 20), { came: 2, gone: 0, open: 2 });
  assert.deepEqual(sumsAt(rows, 65), { came: 3, gone: 1, open: 2 });
  assert.deepEqual(sumsAt(rows, 1440), { came: 3, gone: 2, open: 1 });
});
