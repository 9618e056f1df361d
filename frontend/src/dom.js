// Small tools for the behaviours: what starts when an element arrives, and safe building of elements.
const starters = [];
let isStarted = false;

// Calls start(element) once for every element that matches, now and whenever htmx brings new ones.
export function ready(selector, start) {
  const starter = { selector, start, done: new WeakSet() };
  starters.push(starter);
  if (isStarted) startOne(starter, document.documentElement);
}

function startOne({ selector, start, done }, root) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) {
    if (done.has(element)) continue;
    done.add(element);
    start(element);
  }
}

export function startWithin(root) {
  isStarted = true;
  for (const starter of starters) startOne(starter, root);
}

export function on(type, selector, act, options) {
  document.addEventListener(type, (event) => {
    const element = event.target.closest?.(selector);
    if (element) act(event, element);
  }, options);
}

// make("button", {class: "btn", onclick: f}, "text", child): text is always text, never markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

// What a device keeps for us. A full or forbidden store must never stop the work.
export const kept = {
  get(name) {
    try { return JSON.parse(localStorage.getItem(`gongzhi-${name}`)); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`gongzhi-${name}`, JSON.stringify(value)); return true; } catch { return false; }
  },
  drop(name) {
    try { localStorage.removeItem(`gongzhi-${name}`); return true; } catch { return false; }
  },
  names(prefix) {
    try { return Object.keys(localStorage).filter((name) => name.startsWith(`gongzhi-${prefix}`)).map((name) => name.slice(8)); } catch { return []; }
  },
};

export const token = () =>
  document.querySelector("meta[name=csrf-token]")?.content ||
  document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

export const wide = matchMedia("(min-width: 1280px)");
