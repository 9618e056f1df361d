// What a device keeps of a report until it has arrived: its photos, and reports that wait for a network.
// A browser without a store (private windows) keeps nothing; then everything works as long as the page is open.
const NAME = "gongzhi-portal";
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("photos", { keyPath: "id" });
      request.result.createObjectStore("waiting", { keyPath: "key" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opened;
}

async function inStore(store, mode, act) {
  try {
    const transaction = (await open()).transaction(store, mode);
    const request = act(transaction.objectStore(store));
    return await new Promise((done, fail) => {
      transaction.oncomplete = () => done(request?.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  } catch {
    return undefined; // full or forbidden: the page says so where it matters
  }
}

const unique = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Returns the photo's id, or "" when the device cannot keep it. The bytes are kept, not the file: a phone may move files.
export async function keepPhoto(draft, file) {
  const id = unique();
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) return "";
  const kept = await inStore("photos", "readwrite", (photos) => photos.put({ id, draft, name: file.name, type: file.type, bytes, at: Date.now() }));
  return kept === undefined ? "" : id;
}
export async function photoOf(id) {
  const kept = id && (await inStore("photos", "readonly", (photos) => photos.get(id)));
  return kept ? new File([kept.bytes], kept.name, { type: kept.type }) : null;
}
export const dropPhoto = (id) => (id ? inStore("photos", "readwrite", (photos) => photos.delete(id)) : undefined);
export const photoIds = async () => (await inStore("photos", "readonly", (photos) => photos.getAllKeys())) ?? [];

export const putWaiting = (entry) => inStore("waiting", "readwrite", (waiting) => waiting.put(entry));
export const dropWaiting = (key) => inStore("waiting", "readwrite", (waiting) => waiting.delete(key));
export const allWaiting = async () => ((await inStore("waiting", "readonly", (waiting) => waiting.getAll())) ?? []).sort((a, b) => a.at - b.at);
