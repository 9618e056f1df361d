// The app's service worker as one file: a worker may not import what the next build renames.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const ENTRY = new URL("../src/field/worker.js", import.meta.url).pathname;

export function fieldWorker() {
  return {
    name: "field-worker",
    apply: "build",
    async writeBundle({ dir }) {
      const { output } = await build({
        configFile: false,
        logLevel: "error",
        publicDir: false,
        build: { write: false, target: "es2022", rollupOptions: { input: ENTRY, output: { format: "iife", entryFileNames: "assets/field-worker-[hash].js" } } },
      });
      const [{ fileName: file, code }] = output;
      writeFileSync(join(dir, file), code);
      const manifest = join(dir, "manifest.json");
      const entries = JSON.parse(readFileSync(manifest, "utf8"));
      entries["src/field/worker.js"] = { file, src: "src/field/worker.js" };
      writeFileSync(manifest, JSON.stringify(entries, null, 2));
    },
  };
}
