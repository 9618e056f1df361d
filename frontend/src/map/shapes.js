// Plain geometry: bounds, and where an area's name stands. Coordinates are [lon, lat].
export function boundsOf(features) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part) => {
    if (typeof part[0] !== "number") return part.forEach(visit);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  };
  for (const { geometry } of features) if (geometry) visit(geometry.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

const sizeOf = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [nx, ny] = ring[(i + 1) % ring.length];
  return sum + x * ny - nx * y;
}, 0)) / 2;

// The middle of the widest stretch near the middle height: always inside, also in a crescent.
export function anchor(geometry) {
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  const ring = polygons.map((polygon) => polygon[0]).reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  const ys = ring.map(([, y]) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  let best = { width: -1, at: ring[0] };
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const y = low + (high - low) * share;
    const crossings = [];
    ring.forEach(([x, here], i) => {
      const [nx, ny] = ring[(i + 1) % ring.length];
      if (here > y !== ny > y) crossings.push(x + ((y - here) / (ny - here)) * (nx - x));
    });
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1] - crossings[i] - Math.abs(share - 0.5) * (high - low);
      if (width > best.width) best = { width, at: [(crossings[i] + crossings[i + 1]) / 2, y] };
    }
  }
  return best.at;
}

export const overlaps = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
