// Tabler's style sheet, reduced to what our pages use and put in a cascade layer below our own.
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

import { sources } from "./sources.js";

const SHEET = /@tabler\/core\/dist\/css\/tabler\.css$/;

// Words such as "card" or "row" stand in our prose too; only what looks like a class list counts as use.
const CLASS_LISTS = /(?:class(?:Name|List)?["']?\s*[=:.]|:class=|classList|class["']\s*:)[^\n>]*/g;

const usedClasses = (content) => (content.match(CLASS_LISTS) ?? []).flatMap((list) => list.match(/[\w-]+/g) ?? []);

export function purgedTabler() {
  return {
    name: "purged-tabler",
    enforce: "pre",
    async load(id) {
      if (!SHEET.test(id)) return null;
      const [purged] = await new PurgeCSS().purge({
        content: sources(),
        css: [{ raw: readFileSync(id, "utf8").replace(/\/\*# sourceMappingURL.*\*\//, "") }],
        defaultExtractor: usedClasses,
        safelist: { standard: ["html", "body", ":root", "*", /^(h[1-6]|a|p|ul|ol|li|dl|dt|dd|img|svg|table|t[hrd]|thead|tbody|input|select|textarea|button|label|hr|kbd|code|pre|small|strong|b|fieldset|legend|figure|details|summary)$/] },
        blocklist: [/^(card|card-body|btn|tag|empty|table|timeline|tree|steps|stat|stats|progress|toast|tabs|rows|item|main|head|rail|split|icon|menu|stack|line|cols|page-head|page-acts|dark|large)$/], // names of our own parts
        variables: true,
        keyframes: true,
        fontFace: true,
      });
      return `@layer tabler{${purged.css.replace(/@charset[^;]*;/, "")}}`;
    },
  };
}
