// Talks to the server. Every trouble becomes one Trouble with a kind, so that the callers decide by kind and never by text.
export class Trouble extends Error {
  // kind: "offline" (no answer came), "signed_out", "other_person", "revoked", "busy", "broken", "refused"
  constructor(kind, { status = 0, body = null, after = 0 } = {}) {
    super(body?.words ?? body?.message ?? kind);
    Object.assign(this, { kind, status, body, after });
  }
}

const KINDS = { 401: "signed_out", 408: "busy", 410: "revoked", 425: "busy", 429: "busy", 502: "busy", 503: "busy", 504: "busy" };

let handset = "";
export const speakFor = (id) => { handset = id; };

// A page reads the token's cookie one way, the service worker another.
async function token() {
  if (typeof document === "undefined") return (await globalThis.cookieStore?.get("csrftoken"))?.value ?? "";
  return document.cookie.split("; ").find((part) => part.startsWith("csrftoken="))?.slice(10) ?? "";
}

export async function send(path, { method = "GET", json, bytes, headers = {}, wait = 30000 } = {}) {
  return attempt(path, { method, json, bytes, headers, wait, again: method !== "GET" });
}

async function attempt(path, { method, json, bytes, headers, wait, again }) {
  const response = await answered(path, { method, json, bytes, headers, wait });
  if (response.ok || response.status === 304) return response;
  const body = await response.json().catch(() => null);
  // The cookie with the token is made by the page, which may have come from the device's store.
  if (response.status === 403 && again && (await renewToken())) return attempt(path, { method, json, bytes, headers, wait, again: false });
  throw new Trouble(kindOf(response, body), { status: response.status, body, after: Number(response.headers.get("Retry-After")) || 0 });
}

async function answered(path, { method, json, bytes, headers, wait }) {
  try {
    return await fetch(`/api/field/${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(handset && { "X-Handset": handset }),
        ...(method !== "GET" && { "X-CSRFToken": await token() }),
        ...(json && { "Content-Type": "application/json" }),
        ...(bytes && { "Content-Type": "application/octet-stream" }),
        ...headers,
      },
      body: json ? JSON.stringify(json) : bytes,
      credentials: "same-origin",
      redirect: "manual", // a redirect is the way to the sign-in page or to a duty: never an answer for us
      signal: AbortSignal.timeout(wait),
    });
  } catch {
    throw new Trouble("offline");
  }
}

function kindOf(response, body) {
  if (response.type === "opaqueredirect") return "signed_out";
  if (body?.other_person) return "other_person";
  return KINDS[response.status] ?? (response.status >= 500 ? "broken" : "refused");
}

// The page that renews the cookie also says whether anybody is signed in; null when it cannot be reached.
export async function whoIsThere() {
  if (navigator.onLine === false) return null;
  const answer = await fetch("/field/token", { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(8000) }).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}
const renewToken = async () => (await whoIsThere()) != null;

export async function answerOf(response) {
  try {
    return await response.json();
  } catch {
    throw new Trouble("offline"); // the connection broke in the middle of the answer
  }
}
