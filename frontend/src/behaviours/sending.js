// Sends one report that waited: its photos first, then the form, with the key by which the server knows a repeated one.
export const SENT = "sent";
export const WAITS = "waits"; // no network, or the server asks to wait: try again later
export const ASKS = "asks"; // a person must look: a likely duplicate, a missing answer, a check

const FRESH = 20 * 3600 * 1000; // the server keeps an unused photo for a day

async function upload(file, { fetch, token }) {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch("/files", { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } });
  const said = await answer.json().catch(() => ({}));
  return { status: answer.status, token: said.token, message: said.message ?? "" };
}

// Brings every photo of the entry to the server; returns "" or why not. What arrived is noted in the entry at once.
export async function bringPhotos(entry, { fetch, token, photoOf, save, now }) {
  for (const photo of entry.photos) {
    if (photo.token && now() - photo.at < FRESH) continue;
    const file = await photoOf(photo.id);
    if (!file) continue; // removed on the device: the report goes without it
    const answer = await upload(file, { fetch, token });
    if (answer.status === 422) return { state: ASKS, said: answer.message };
    if (!answer.token) return { state: WAITS };
    photo.token = answer.token;
    photo.at = now();
    await save(entry);
  }
  return null;
}

export async function sendEntry(entry, tools) {
  const { fetch, token } = tools;
  try {
    const trouble = await bringPhotos(entry, tools);
    if (trouble) return trouble;
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    for (const photo of entry.photos) if (photo.token) body.append(entry.uploads, photo.token);
    body.append("csrfmiddlewaretoken", token());
    const answer = await fetch(entry.action, { method: "POST", body, redirect: "follow" });
    if (answer.ok && answer.redirected) return { state: SENT, url: answer.url };
    if (answer.status === 429 || answer.status >= 500) return { state: WAITS };
    return { state: ASKS };
  } catch {
    return { state: WAITS };
  }
}
