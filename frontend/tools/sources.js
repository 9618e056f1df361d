// The files that may name a class or an icon: every template, every Python file, our own scripts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const KINDS = { templates: /\.html$/, gongzhi: /\.(html|py)$/, "frontend/src": /\.js$/ };

export const sources = () =>
  Object.entries(KINDS).flatMap(([folder, kind]) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && kind.test(file.name))
      .map((file) => join(file.parentPath ?? file.path, file.name)),
  );
export const texts = () => sources().map((file) => readFileSync(file, "utf8"));
