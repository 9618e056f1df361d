"""
Vector tiles: web-mercator arithmetic and the encoding of points and cells.

Tiles are addressed z/x/y as everywhere; inside a tile positions run from 0 to EXTENT, downwards.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import mapbox_vector_tile

EXTENT: Final = 4096
HIGHEST: Final = 22
EDGE: Final = 85.0511  # degrees: where the square world ends
MARGIN: Final = 0.06  # of a tile's side: what reaches over its edge is drawn in both

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Feature = dict[str, Any]


@dataclass(frozen=True)
class Tile:
    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        return 0 <= self.z <= HIGHEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    def box(self, margin: float = MARGIN) -> Box:
        """Return west, south, east, north with a margin in sides of the tile."""
        side = 1 << self.z
        west, east = (self.x - margin) / side, (self.x + 1 + margin) / side
        north, south = (self.y - margin) / side, (self.y + 1 + margin) / side
        return west * 360 - 180, _latitude(south), east * 360 - 180, _latitude(north)

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a place lies in the tile."""
        x, y = _world(lon, lat)
        side = 1 << self.z
        return round((x * side - self.x) * EXTENT), round((y * side - self.y) * EXTENT)


def tile_at(lon: float, lat: float, z: int) -> Tile:
    """Return the tile of a zoom level that a place lies in."""
    x, y = _world(lon, lat)
    last = (1 << z) - 1
    return Tile(z, min(max(int(x * (last + 1)), 0), last), min(max(int(y * (last + 1)), 0), last))


def _world(lon: float, lat: float) -> tuple[float, float]:
    sine = math.sin(math.radians(min(max(lat, -EDGE), EDGE)))
    return (lon + 180) / 360, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * min(max(y, 0), 1)))))


def point(tile: Tile, lon: float, lat: float, properties: Mapping[str, Any]) -> Feature:
    x, y = tile.place(lon, lat)
    return {"geometry": {"type": "Point", "coordinates": (x, y)}, "properties": dict(properties)}


def polygon(
    tile: Tile, ring: Sequence[tuple[float, float]], properties: Mapping[str, Any]
) -> Feature:
    """Return a closed outline of (lon, lat) corners as a feature of the tile."""
    corners = [tile.place(lon, lat) for lon, lat in ring]
    corners.append(corners[0])
    return {
        "geometry": {"type": "Polygon", "coordinates": [corners]},
        "properties": dict(properties),
    }


def encoded(layers: Mapping[str, Iterable[Feature]]) -> bytes:
    """Return the layers as one tile; no bytes when nothing is in it."""
    held = [
        {"name": name, "features": found}
        for name, features in layers.items()
        if (found := list(features))
    ]
    if not held:
        return b""
    drawn: bytes = mapbox_vector_tile.encode(
        held, default_options={"extents": EXTENT, "y_coord_down": True}
    )
    return drawn
