// From the camera's file to the photo that is kept: turned upright, made smaller, with its moment and place still in it.
import { fitted } from "../rules/size.js";
import { exifOf, withExif } from "./exif.js";

export class NotAPhoto extends Error {}

// → { id, blob, name, taken_at, lon, lat }
export async function prepared(file, { longest_px: longest, quality }, known = {}) {
  const facts = { ...(await exifOf(file)), ...known };
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) throw new NotAPhoto(file.name ?? "");
  const size = fitted(picture.width, picture.height, longest);
  const jpeg = await drawn(picture, size, quality);
  picture.close();
  return { id: crypto.randomUUID(), blob: await withExif(jpeg, facts), name: nameOf(facts), ...facts };
}

// In halves: one large step would make thin lines and letters of a plate flicker away.
async function drawn(picture, { width, height }, quality) {
  let source = picture;
  while (source.width > width * 2.5) source = painted(source, Math.round(source.width / 2), Math.round(source.height / 2));
  const canvas = painted(source, width, height);
  return canvas.convertToBlob ? canvas.convertToBlob({ type: "image/jpeg", quality }) : new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

function painted(source, width, height) {
  const canvas = typeof OffscreenCanvas === "undefined" ? Object.assign(document.createElement("canvas"), { width, height }) : new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff"; // under what is transparent
  pen.fillRect(0, 0, width, height);
  pen.drawImage(source, 0, 0, width, height);
  return canvas;
}

const nameOf = ({ taken_at: taken }) => `${(taken ?? new Date().toISOString()).slice(0, 19).replace(/\D/g, "")}.jpg`;
