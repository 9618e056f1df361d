// When and where a photo was taken: read from the camera's file before it is made smaller, and written back into the small one.

const TAGS = { taken: 0x9003, zone: 0x9011, made: 0x0132, exif: 0x8769, gps: 0x8825 };
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

// → { taken_at: "2026-11-22T14:05:00+08:00" | "2026-11-22T14:05:00" | null, lon, lat }; a file without any says nothing.
export async function exifOf(file) {
  const bytes = new DataView(await file.slice(0, 256 * 1024).arrayBuffer());
  try {
    const start = tiffStart(bytes);
    return start ? facts(bytes, start) : {};
  } catch (error) {
    if (error instanceof RangeError) return {}; // a damaged head is as good as none
    throw error;
  }
}

function tiffStart(bytes) {
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return 0;
  for (let at = 2; at + 10 < bytes.byteLength && bytes.getUint8(at) === 0xff; at += 2 + bytes.getUint16(at + 2)) {
    if (bytes.getUint16(at) === 0xffe1 && bytes.getUint32(at + 4) === 0x45786966) return at + 10;
    if (bytes.getUint16(at) === 0xffda) return 0;
  }
  return 0;
}

function facts(bytes, start) {
  const little = bytes.getUint16(start) === 0x4949;
  const first = directory(bytes, start, bytes.getUint32(start + 4, little), little);
  const exif = first[TAGS.exif] ? directory(bytes, start, first[TAGS.exif][0], little) : {};
  const gps = first[TAGS.gps] ? directory(bytes, start, first[TAGS.gps][0], little) : {};
  return { taken_at: moment(exif[TAGS.taken] ?? first[TAGS.made], exif[TAGS.zone]), ...position(gps) };
}

function directory(bytes, start, at, little) {
  const found = {};
  const count = bytes.getUint16(start + at, little);
  for (let n = 0; n < Math.min(count, 200); n += 1) {
    const entry = start + at + 2 + n * 12;
    const kind = bytes.getUint16(entry + 2, little);
    const many = Math.min(bytes.getUint32(entry + 4, little), 64);
    const from = (SIZES[kind] ?? 1) * many > 4 ? start + bytes.getUint32(entry + 8, little) : entry + 8;
    found[bytes.getUint16(entry, little)] = values(bytes, { kind, many, from, little });
  }
  return found;
}

function values(bytes, { kind, many, from, little }) {
  if (kind === 2) return String.fromCharCode(...Array.from({ length: many }, (_, n) => bytes.getUint8(from + n))).replace(/\0.*$/s, "");
  const one = { 3: (at) => bytes.getUint16(at, little), 4: (at) => bytes.getUint32(at, little), 5: (at) => bytes.getUint32(at, little) / bytes.getUint32(at + 4, little) }[kind];
  return one ? Array.from({ length: many }, (_, n) => one(from + n * SIZES[kind])) : [];
}

function moment(words, zone) {
  const [, y, m, d, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(words ?? "") ?? [];
  if (!y || Number(y) < 2001) return null; // a camera whose clock was never set
  return `${y}-${m}-${d}T${time}${/^[+-]\d\d:\d\d$/.test(zone ?? "") ? zone : ""}`;
}

function position(gps) {
  const [south, lat, west, lon] = [gps[1], gps[2], gps[3], gps[4]];
  const degrees = (parts, isNegative) => (parts?.length === 3 && parts.every(Number.isFinite) ? (isNegative ? -1 : 1) * (parts[0] + parts[1] / 60 + parts[2] / 3600) : null);
  const place = { lon: degrees(lon, west === "W"), lat: degrees(lat, south === "S") };
  const isNone = place.lon == null || place.lat == null || (Math.abs(place.lon) < 1e-6 && Math.abs(place.lat) < 1e-6);
  return isNone ? {} : { lon: Math.round(place.lon * 1e6) / 1e6, lat: Math.round(place.lat * 1e6) / 1e6 };
}

// A JPEG made on a canvas says nothing about itself; it gets moment and place as its first segment.
export async function withExif(jpeg, facts) {
  const segment = facts.taken_at || facts.lon != null ? segmentOf(facts) : null;
  return segment ? new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: "image/jpeg" }) : jpeg;
}

const ascii = (text) => [...`${text}\0`].map((letter) => letter.charCodeAt(0));
const four = (n) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const two = (n) => [(n >>> 8) & 255, n & 255];

// One directory: its entries of twelve bytes, then what did not fit into them.
function directoryBytes(entries, at) {
  const head = [...two(entries.length)];
  const tail = [];
  let free = at + 2 + entries.length * 12 + 4;
  for (const { tag, kind, many, bytes } of entries) {
    const isInside = bytes.length <= 4;
    head.push(...two(tag), ...two(kind), ...four(many), ...(isInside ? [...bytes, 0, 0, 0, 0].slice(0, 4) : four(free)));
    if (!isInside) {
      tail.push(...bytes);
      free += bytes.length;
    }
  }
  return [...head, ...four(0), ...tail];
}

const text = (tag, words) => ({ tag, kind: 2, many: words.length + 1, bytes: ascii(words) });
const link = (tag, at) => ({ tag, kind: 4, many: 1, bytes: four(at) });

function degreesEntry(tag, value) {
  const all = Math.abs(value);
  const minutes = (all % 1) * 60;
  const parts = [[Math.floor(all), 1], [Math.floor(minutes), 1], [Math.round((minutes % 1) * 60 * 10000), 10000]];
  return { tag, kind: 5, many: 3, bytes: parts.flatMap(([over, under]) => [...four(over), ...four(under)]) };
}

function segmentOf({ taken_at: taken, lon, lat }) {
  const exif = taken ? [text(TAGS.taken, taken.slice(0, 19).replaceAll("-", ":").replace("T", " ")), ...(taken.length > 19 ? [text(TAGS.zone, taken.slice(-6))] : [])] : [];
  const gps = lon == null ? [] : [text(1, lat < 0 ? "S" : "N"), degreesEntry(2, lat), text(3, lon < 0 ? "W" : "E"), degreesEntry(4, lon)];
  const links = (exif.length > 0) + (gps.length > 0);
  const exifAt = 8 + 2 + links * 12 + 4;
  const exifBytes = exif.length ? directoryBytes(exif, exifAt) : [];
  const gpsAt = exifAt + exifBytes.length;
  const first = directoryBytes([...(exif.length ? [link(TAGS.exif, exifAt)] : []), ...(gps.length ? [link(TAGS.gps, gpsAt)] : [])], 8);
  const body = [0x4d, 0x4d, 0, 42, ...four(8), ...first, ...exifBytes, ...(gps.length ? directoryBytes(gps, gpsAt) : [])];
  return new Uint8Array([0xff, 0xe1, ...two(body.length + 8), ...ascii("Exif"), 0, ...body]);
}
