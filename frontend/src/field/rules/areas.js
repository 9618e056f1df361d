// Whether a place lies in one of the officer's grids (GeoJSON polygons, holes left out).

const isInRing = ([lon, lat], ring) => {
  let isIn = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n, n += 1) {
    const [x, y] = ring[n];
    const [u, v] = ring[before];
    if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) isIn = !isIn;
  }
  return isIn;
};
const isInPolygon = (point, [outer, ...holes]) => isInRing(point, outer) && !holes.some((hole) => isInRing(point, hole));
const polygonsOf = (geometry) => (geometry?.type === "MultiPolygon" ? geometry.coordinates : geometry?.type === "Polygon" ? [geometry.coordinates] : []);

// null where nothing can be said: no place yet, or no grid on the device has a shape.
export function isWithin(areas, where) {
  const polygons = areas.flatMap(({ geometry }) => polygonsOf(geometry));
  if (where?.lon == null || !polygons.length) return null;
  return polygons.some((polygon) => isInPolygon([where.lon, where.lat], polygon));
}
