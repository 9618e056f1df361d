// Builds the entries of src/ into dist/ with a manifest that Django's {% entry %} tag reads.
import { defineConfig } from "vite";

import { icons } from "./tools/icons.js";
import { purgedTabler } from "./tools/tabler.js";
import { fieldWorker } from "./tools/worker.js";

const entry = (name) => new URL(`src/${name}.js`, import.meta.url).pathname;

export default defineConfig({
  base: "/static/",
  publicDir: "public",
  plugins: [purgedTabler(), icons(), fieldWorker()],
  build: {
    manifest: "manifest.json",
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500, // the map library, loaded only by pages with a map
    rollupOptions: { input: { app: entry("app"), portal: entry("portal"), map: entry("map"), command: entry("command"), field: entry("field"), check: entry("check") } },
  },
});
