// Photos go up in pieces; what has arrived is never sent twice, whatever breaks in between.
import { answerOf, send, Trouble } from "./net.js";

const PIECE = 256 * 1024;
const MOST_STARTS = 3; // a photo that arrives wrong so often is broken here, not on the way

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function upload(id, name, blob, tell = () => {}) {
  const bytes = await blob.arrayBuffer();
  const headers = { "X-Size": String(bytes.byteLength), "X-SHA256": hex(await crypto.subtle.digest("SHA-256", bytes)), "X-Name": name.replace(/[^\w.-]+/g, "_").slice(-80) };
  let { offset, complete } = await soFar(id);
  let starts = 0;
  let stuck = 0;
  while (!complete) {
    const piece = bytes.slice(offset, offset + PIECE);
    const answer = await answerOf(await send(`uploads/${id}?offset=${offset}`, { method: "PUT", bytes: piece, headers, wait: 60000 }));
    if (answer.refused) return; // it arrived and cannot be used: the record's own answer says so
    if (!answer.complete && answer.offset === 0 && ++starts >= MOST_STARTS) throw new Trouble("refused", { body: answer });
    stuck = answer.complete || answer.offset > offset ? 0 : stuck + 1;
    if (stuck > MOST_STARTS) throw new Trouble("broken", { body: answer });
    ({ offset, complete } = answer);
    tell(bytes.byteLength ? offset / bytes.byteLength : 1);
  }
}

// A server that has never heard of the photo begins at its beginning.
async function soFar(id) {
  try {
    return await answerOf(await send(`uploads/${id}`));
  } catch (trouble) {
    if (trouble.status === 404) return { offset: 0, complete: false };
    throw trouble;
  }
}
