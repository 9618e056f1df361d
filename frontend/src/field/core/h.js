// h("button", { class: "btn primary", onclick }, "Save"): makes an element. Text is always text, never markup.
const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
  element.append(...flat(children));
  return element;
}

function set(element, name, value) {
  if (value === false || value == null) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "style" && typeof value === "object") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
  else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

// Conditions may stand in a list of children: `isLate && tag`; what is not there is left out.
const flat = (children) => children.flat(Infinity).filter((child) => child != null && child !== false && child !== true);

export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

const sprite = () => document.querySelector("meta[name=sprite]")?.content ?? "";

// One icon of the sprite; it says nothing, so words stand beside it or in aria-label.
export function icon(name, kind = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${kind}`.trim());
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite()}#${name}`);
  svg.append(use);
  return svg;
}
