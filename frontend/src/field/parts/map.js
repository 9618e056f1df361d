// The map comes as a piece of its own, once somebody looks at it; the worker keeps it for the time without a network.

export class NoMap extends Error {}

export function hasMap() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false; // a browser that refuses drawing altogether
  }
}

export async function drawMap(box, options) {
  const { draw } = await import("./map-drawn.js").catch(() => { throw new NoMap(); });
  return draw(box, options);
}
