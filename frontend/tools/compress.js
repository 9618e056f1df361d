// Writes .gz and .br beside every text file of the build: the web server sends them as they are.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const LEAST = 512; // below this the answer's head weighs more

for (const file of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || !/\.(css|js|mjs|svg)$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const text = readFileSync(path);
  if (text.length < LEAST) continue;
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
}
