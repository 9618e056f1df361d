// The device's database, in promises. Every value but what stands in "plain" is sealed before it comes here (seal.js).
const NAME = "gongzhi-field";
const STORES = { keys: "id", plain: "id", parts: "id", ops: "id", photos: "id", kept: "id", pictures: "id" };

let opened = null;

const settled = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) request.result.createObjectStore(store, { keyPath });
    };
    request.onerror = () => { opened = null; fail(request.error); };
    request.onsuccess = () => {
      const database = request.result;
      // Another tab removes or renews the database: let go, or it would wait for ever.
      database.onversionchange = () => { database.close(); opened = null; };
      database.onclose = () => { opened = null; };
      done(database);
    };
  });
  return opened;
}

// Writes all or nothing: { ops: [row], photos: [row, row] } and { photos: [key] } to remove.
async function write(puts = {}, drops = {}) {
  const stores = [...new Set([...Object.keys(puts), ...Object.keys(drops)])];
  if (!stores.length) return;
  const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" });
  const end = new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  try {
    for (const [store, rows] of Object.entries(puts)) for (const row of rows) transaction.objectStore(store).put(row);
    for (const [store, keys] of Object.entries(drops)) for (const key of keys) transaction.objectStore(store).delete(key);
  } catch (error) {
    transaction.abort();
    end.catch(() => error); // what is told is the cause, not the abort that follows it
    throw error;
  }
  await end;
}

const read = async (store, ask) => settled(ask((await open()).transaction(store).objectStore(store)));

export const db = {
  write,
  get: (store, id) => read(store, (rows) => rows.get(id)),
  all: (store) => read(store, (rows) => rows.getAll()),
  ids: (store) => read(store, (rows) => rows.getAllKeys()),
  put: (store, row) => write({ [store]: [row] }),
  drop: (store, ...ids) => write({}, { [store]: ids }),
  async clear(...stores) {
    const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" });
    const end = new Promise((done, fail) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => fail(transaction.error);
    });
    for (const store of stores) transaction.objectStore(store).clear();
    await end;
  },
};

export const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";
