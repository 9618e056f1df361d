// One SVG sprite with only the icons that pages, Python and scripts name.
//   templates: {% icon "search" %}     Python: icon="inbox" or "icon": "inbox"     scripts: icon("x")
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { texts } from "./sources.js";

const NAMED = /(?:\{%\s*icon\s+|\bicon\(|\bicon=|["']icon["']\s*:\s*|\bicon:\s*)["']([a-z0-9-]+)["']/g;
const FOLDER = new URL("../node_modules/@tabler/icons/icons/outline/", import.meta.url);

function symbol(name) {
  const svg = readFileSync(new URL(`${name}.svg`, FOLDER), "utf8");
  const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/<path stroke="none"[^>]*\/>/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
}

export function icons() {
  return {
    name: "icon-sprite",
    apply: "build",
    writeBundle({ dir }) {
      const names = [...new Set(texts().flatMap((text) => [...text.matchAll(NAMED)].map((found) => found[1])))].sort();
      const missing = names.filter((name) => !existsSync(new URL(`${name}.svg`, FOLDER)));
      if (missing.length) this.error(`no such icon: ${missing.join(", ")} (names: tabler.io/icons, outline)`);
      const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
      const file = `assets/icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8)}.svg`;
      writeFileSync(join(dir, file), sprite);
      const manifest = join(dir, "manifest.json");
      const entries = JSON.parse(readFileSync(manifest, "utf8"));
      entries["icons.svg"] = { file, src: "icons.svg" };
      writeFileSync(manifest, JSON.stringify(entries, null, 2));
    },
  };
}
