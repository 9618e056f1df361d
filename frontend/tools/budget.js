// Weighs what a first page loads (gzip, without fonts and map) and fails when it is over the budget.
import { readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 100;
const FIELD_KB = 150; // the whole shell of the officers' app, with its worker
const DIST = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", DIST), "utf8"));

const filesOf = (key, seen = new Set()) => {
  if (seen.has(key)) return [];
  seen.add(key);
  const chunk = manifest[key];
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((other) => filesOf(other, seen))];
};
const kb = (file) => gzipSync(readFileSync(new URL(file, DIST)), { level: 9 }).length / 1024;

let tooHeavy = false;
for (const name of ["app", "portal", "command", "map"]) {
  const files = [...new Set(filesOf(`src/${name}.js`))];
  if (name !== "map") files.push(manifest["icons.svg"].file);
  const total = files.reduce((sum, file) => sum + kb(file), 0);
  const limited = name !== "map";
  tooHeavy ||= limited && total > LIMIT_KB;
  console.log(`${name.padEnd(7)} ${total.toFixed(1).padStart(6)} kB compressed${limited ? ` of ${LIMIT_KB} kB` : ", only on pages with a map"}`);
  for (const file of files) {
    console.log(`          ${kb(file).toFixed(1).padStart(6)} kB  ${file} (${(statSync(new URL(file, DIST)).size / 1024).toFixed(0)} kB)`);
  }
}
const shell = [...new Set(filesOf("src/field.js")), manifest["icons.svg"].file, manifest["src/field/worker.js"].file, "logo.svg", "device.js"];
const whole = shell.reduce((sum, file) => sum + kb(file), 0);
console.log(`field   ${whole.toFixed(1).padStart(6)} kB compressed of ${FIELD_KB} kB`);
for (const file of shell) console.log(`          ${kb(file).toFixed(1).padStart(6)} kB  ${file}`);
if (whole > FIELD_KB) {
  console.error(`The officers' app may not be larger than ${FIELD_KB} kB: load the heavy part later, or leave it out.`);
  process.exit(1);
}
if (tooHeavy) {
  console.error(`A first page may not load more than ${LIMIT_KB} kB: load the heavy part later, or leave it out.`);
  process.exit(1);
}
