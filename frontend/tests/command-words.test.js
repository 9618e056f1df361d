import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const source = (name) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8");
const known = source("words.js") + source("command/words.js");

test("everything the command screens say is said in Chinese", () => {
  const files = readdirSync(new URL("../src/command/", import.meta.url)).map((name) => `command/${name}`);
  const said = files.flatMap((file) => [...source(file).matchAll(/\bt\("((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]));

  assert.deepEqual(said.filter((text) => !known.includes(`"${text}":`)), []);
});
