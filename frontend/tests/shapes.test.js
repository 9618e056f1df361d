import assert from "node:assert/strict";
import { test } from "node:test";

import { anchor, boundsOf, overlaps } from "../src/map/shapes.js";

const polygon = (...ring) => ({ type: "Polygon", coordinates: [[...ring, ring[0]]] });

test("a name stands inside its area, also where the middle lies outside", () => {
  const crescent = polygon([0, 0], [10, 0], [10, 10], [0, 10], [0, 8], [8, 8], [8, 2], [0, 2]);

  const [x, y] = anchor(crescent);

  assert.ok(x > 8 || y < 2 || y > 8, `${x}, ${y} lies in the bay`);
});

test("of several islands the largest carries the name", () => {
  const [small, large] = [polygon([0, 0], [1, 0], [1, 1], [0, 1]), polygon([5, 5], [15, 5], [15, 15], [5, 15])];

  const [x] = anchor({ type: "MultiPolygon", coordinates: [small.coordinates, large.coordinates] });

  assert.equal(x, 10);
});

test("bounds hold every feature, and nothing has none", () => {
  const points = [[113.7, 23], [113.9, 22.8]].map((coordinates) => ({ geometry: { type: "Point", coordinates } }));

  assert.deepEqual(boundsOf(points), [113.7, 22.8, 113.9, 23]);
  assert.equal(boundsOf([]), null);
});

test("boxes that only touch overlap", () => {
  assert.ok(overlaps([0, 0, 1, 1], [1, 1, 2, 2]));
  assert.ok(!overlaps([0, 0, 1, 1], [1.1, 0, 2, 1]));
});
