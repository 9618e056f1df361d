// A server in memory that keeps the contract of /api/field, and a network that breaks where a test says so.
import { createHash } from "node:crypto";

export class Server {
  constructor() {
    this.uploads = new Map(); // id → { bytes, size, sha, complete }
    this.known = new Map(); // operation id → result
    this.deeds = []; // every deed really done, in order: a replay adds nothing
    this.calls = [];
    this.user = 7;
    this.answer = (op) => ({ id: op.id, state: "done", words: "已收到", at: op.made_at, number: "26-0000-0001-1" });
    this.parts = { me: { user: { id: 7, name: "陈晓敏" }, wipe_after_days: 7, grids: [] }, catalogue: { items: [{ id: 1, name: "占道经营" }] }, lists: { lists: [] }, areas: { areas: [] }, premises: { columns: ["code", "name"], rows: [["DG1", "平安公寓"]] }, work: { tasks: [], calls: [], near: [] }, words: { templates: [] } };
    this.faults = []; // functions (method, path) → "lost" | "cut" | status | null, asked in turn
  }

  // fetch() as the app calls it. "cut": the request never arrives; "lost": it is done, and the answer does not come back.
  fetch = async (path, { method = "GET", body, headers = {} } = {}) => {
    const fault = this.faults.map((one) => one(method, path)).find(Boolean);
    this.calls.push(`${method} ${path}`);
    if (fault === "cut") throw new TypeError("Failed to fetch");
    if (typeof fault === "number") return answered(fault, { words: "不行" });
    if (fault?.status) return answered(fault.status, fault.body);
    const answer = this.handle(method, path.replace("/api/field/", ""), body, headers);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    return answer;
  };

  handle(method, path, body, headers) {
    if (path.startsWith("uploads/")) return this.upload(method, path, body, headers);
    if (path === "handsets") return answered(200, { id: JSON.parse(body).id, wipe_after_days: 7 });
    if (path === "package") return answered(200, { parts: Object.fromEntries(Object.entries(this.parts).map(([name, value]) => [name, mark(value)])) });
    if (path.startsWith("package/")) return answered(200, this.parts[path.slice(8)]);
    if (path === "ops") return answered(200, { skew_s: this.skew ?? 0, results: JSON.parse(body).ops.map((op) => this.take(op)) });
    if (path === "receipts") return answered(200, { results: JSON.parse(body).ids.map((id) => this.known.get(id)).filter(Boolean) });
    return answered(404, {});
  }

  take(op) {
    if (this.known.has(op.id)) return this.known.get(op.id);
    const missing = [...op.photos, ...op.after_photos].filter((id) => !this.uploads.get(id)?.complete);
    if (missing.length) return { id: op.id, state: "wait", words: "照片还在路上" };
    const result = this.answer(op);
    if (result.state !== "wait") {
      this.known.set(op.id, result);
      this.deeds.push(op);
    }
    return result;
  }

  upload(method, path, body, headers) {
    const [, id, offset] = /^uploads\/([\w-]+)(?:\?offset=(\d+))?$/.exec(path);
    const held = this.uploads.get(id) ?? { bytes: Buffer.alloc(0), complete: false };
    if (method === "GET") return this.uploads.has(id) ? answered(200, { offset: held.bytes.length, complete: held.complete }) : answered(404, {});
    if (Number(offset) > held.bytes.length) return answered(200, { offset: held.bytes.length, complete: false });
    held.bytes = Buffer.concat([held.bytes.subarray(0, Number(offset)), Buffer.from(body)]);
    this.uploads.set(id, held);
    if (held.bytes.length < Number(headers["X-Size"])) return answered(200, { offset: held.bytes.length, complete: false });
    held.complete = createHash("sha256").update(held.bytes).digest("hex") === headers["X-SHA256"];
    if (!held.complete) held.bytes = Buffer.alloc(0);
    return answered(200, { offset: held.bytes.length, complete: held.complete });
  }
}

const mark = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
const answered = (status, body) => new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

// Once, at the nth request that fits.
export function at(nth, fits, fault) {
  let seen = 0;
  return (method, path) => (fits.test(`${method} ${path}`) && ++seen === nth ? fault : null);
}
