// Screens behind hash addresses: #/visit/DG1234?task=5. The browser's back button works, and every screen says its name.
import { fill, h } from "./h.js";

const screens = [];
let current = { path: "", leave: null };
let turn = 0;
let frame = null;

// screen("/visit/:code", async ({ code, query }) => Node, { tab: "patrol", leave })
export function screen(pattern, make, options = {}) {
  const names = [];
  const source = pattern.replace(/:(\w+)/g, (_whole, name) => { names.push(name); return "([^/]+)"; });
  screens.push({ match: new RegExp(`^${source}$`), names, make, options });
}

export function go(path, { replace = false } = {}) {
  if (`#${path}` === location.hash) return show();
  if (replace) location.replace(`#${path}`);
  else location.hash = path;
  return undefined;
}

export const back = (otherwise = "/") => (history.length > 1 ? history.back() : go(otherwise, { replace: true }));

export const where = () => current.path;

function find(path) {
  for (const one of screens) {
    const found = one.match.exec(path);
    if (found) return { ...one, values: Object.fromEntries(one.names.map((name, n) => [name, decodeURIComponent(found[n + 1])])) };
  }
  return null;
}

// A screen made from old data is made again in place, without moving focus or scroll.
export const refresh = () => show({ isSame: true });

export async function show({ isSame = false } = {}) {
  const [path, query = ""] = (location.hash.slice(1) || "/").split("?");
  const found = find(path) ?? find("/");
  const mine = ++turn;
  const scroll = isSame ? frame.main.scrollTop || window.scrollY : 0;
  const node = await made(found, { ...found.values, query: new URLSearchParams(query), path });
  if (mine !== turn) return; // the officer has already gone on
  current.leave?.();
  current = { path, leave: node.leave };
  fill(frame.main, node);
  frame.tab(found.options.tab ?? "");
  window.scrollTo(0, scroll);
  const heading = frame.main.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} · ${frame.name}`;
  if (isSame || !heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// A screen that breaks says so in its place; everything else goes on, and the console has the cause.
async function made(found, values) {
  try {
    return await found.make(values);
  } catch (error) {
    reportError(error);
    return frame.broken(error);
  }
}

export function startRouter(parts) {
  frame = parts;
  addEventListener("hashchange", () => show());
  return show();
}

export const link = (path, attributes, ...children) => h("a", { href: `#${path}`, ...attributes }, ...children);
