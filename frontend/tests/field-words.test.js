import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const FIELD = fileURLToPath(new URL("../src/field/", import.meta.url));
const files = readdirSync(FIELD, { recursive: true, withFileTypes: true }).filter((file) => file.name.endsWith(".js")).map((file) => join(file.parentPath, file.name));
const chinese = {};
for (const file of files.filter((name) => name.includes("/words/"))) Object.assign(chinese, (await import(file)).default);

// t("…"), and the words of tables that are said later: { label: "…" } and { kind: "…" } go through t() as well.
const SAID = /\b(?:t|say)\(\s*"((?:[^"\\]|\\.)*)"/g;

const said = files
  .filter((name) => !name.includes("/words/"))
  .flatMap((name) => [...readFileSync(name, "utf8").matchAll(SAID)].map((found) => ({ name, text: JSON.parse(`"${found[1]}"`) })));

test("every sentence of the app has its Chinese", () => {
  assert.deepEqual(said.filter(({ text }) => !(text in chinese)).map(({ name, text }) => `${name}: ${text}`), []);
});

test("a Chinese sentence has the same blanks as the English one", () => {
  const blanks = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
  assert.deepEqual(Object.entries(chinese).filter(([english, words]) => blanks(english) !== blanks(words)), []);
});

test("no sentence shouts", () => {
  assert.deepEqual(Object.entries(chinese).flat().filter((words) => /[!！]/.test(words)), []);
});
