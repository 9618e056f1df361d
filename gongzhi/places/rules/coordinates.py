"""
Coordinates and their systems. Everything is turned into WGS-84 once, when it enters.

The formulas of GCJ-02 and BD-09 only go one way; the way back is found by fixed-point iteration,
exact to a millimetre. CGCS2000 differs from WGS-84 by centimetres and is taken as equal.
The same formulas serve single numbers (`math`) and arrays (`numpy`).
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SYSTEMS: Final = ("WGS-84", "CGCS2000", "GCJ-02", "BD-09")

_EARTH = 6378245.0  # Krasovsky 1940, the ellipsoid GCJ-02 was written for
_FLATNESS = 0.00669342162296594323
_BAIDU = math.pi * 3000.0 / 180.0
_ROUNDS = 12  # each round leaves about a thousandth of the error before it
_EXACT = 1e-10  # degrees: a hundredth of a millimetre
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)
METRES_PER_DEGREE: Final = 111_319.49


class Flaw(StrEnum):
    """What can be wrong with a pair of numbers that claims to be a place."""

    NOT_A_NUMBER = "not_a_number"
    ZERO = "zero"
    METRES = "metres"
    SWAPPED = "swapped"
    OUTSIDE_CHINA = "outside_china"
    OUTSIDE_CITY = "outside_city"


@dataclass(frozen=True)
class Bounds:
    """A box in degrees: the city's territory and a margin."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def widened(self, degrees: float) -> "Bounds":
        return Bounds(
            self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees
        )


CHINA: Final = Bounds(73.4, 3.8, 135.2, 53.6)


def to_wgs84(lon: float, lat: float, system: str) -> tuple[float, float]:
    """Return the WGS-84 longitude and latitude of a place given in the named system."""
    return _inverse(system)(float(lon), float(lat), math)  # type: ignore[no-any-return]


def to_wgs84_many(lons: Any, lats: Any, system: str) -> tuple[Floats, Floats]:
    lon, lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    return _inverse(system)(lon, lat, np)  # type: ignore[no-any-return]


def from_wgs84(lon: float, lat: float, system: str) -> tuple[float, float]:
    """Return the numbers other maps (GCJ-02, BD-09) use for a WGS-84 place."""
    return _forward(system)(float(lon), float(lat), math)  # type: ignore[no-any-return]


def from_wgs84_many(lons: Any, lats: Any, system: str) -> tuple[Floats, Floats]:
    lon, lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    return _forward(system)(lon, lat, np)  # type: ignore[no-any-return]


def system_named(text: str) -> str:
    """Return the system people mean by `gcj02`, `GCJ-02`, `EPSG:4490`, `火星坐标` …; ValueError when unknown."""
    plain = text.strip().upper().replace("-", "").replace("_", "").replace(" ", "")
    for system, names in _NAMES.items():
        if plain in names:
            return system
    raise ValueError(text)


def flaw_in(lon: float, lat: float, city: Bounds | None = None) -> Flaw | None:
    """Name what is wrong with a WGS-84 pair, most telling first; None when it may be a place in the city."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return Flaw.NOT_A_NUMBER
    if abs(lon) < 1e-6 and abs(lat) < 1e-6:
        return Flaw.ZERO
    if abs(lon) > 360 or abs(lat) > 360:
        return Flaw.METRES
    if (city or CHINA).holds(lon, lat):
        return None
    return _misplaced(lon, lat, city)


def _misplaced(lon: float, lat: float, city: Bounds | None) -> Flaw:
    if (city or CHINA).holds(lat, lon) or (not CHINA.holds(lon, lat) and CHINA.holds(lat, lon)):
        return Flaw.SWAPPED
    return Flaw.OUTSIDE_CITY if CHINA.holds(lon, lat) else Flaw.OUTSIDE_CHINA


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance on the ground, good to a thousandth over a city's span."""
    across = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(across, other_lat - lat) * METRES_PER_DEGREE


def _same(lon: Any, lat: Any, _m: ModuleType) -> tuple[Any, Any]:
    return lon, lat


def _gcj_from_wgs(lon: Any, lat: Any, m: ModuleType) -> tuple[Any, Any]:
    x, y = lon - 105.0, lat - 35.0
    root = m.sqrt(m.fabs(x))
    wave = (20.0 * m.sin(6.0 * x * m.pi) + 20.0 * m.sin(2.0 * x * m.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * m.sin(y * m.pi) + 40.0 * m.sin(y / 3.0 * m.pi)) * 2.0 / 3.0
    north += (160.0 * m.sin(y / 12.0 * m.pi) + 320.0 * m.sin(y * m.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * m.sin(x * m.pi) + 40.0 * m.sin(x / 3.0 * m.pi)) * 2.0 / 3.0
    east += (150.0 * m.sin(x / 12.0 * m.pi) + 300.0 * m.sin(x / 30.0 * m.pi)) * 2.0 / 3.0
    radians = lat / 180.0 * m.pi
    magic = 1.0 - _FLATNESS * m.sin(radians) ** 2
    along = (_EARTH * (1.0 - _FLATNESS)) / (magic * m.sqrt(magic)) * m.pi
    across = _EARTH / m.sqrt(magic) * m.cos(radians) * m.pi
    inside = _in_china(lon, lat)
    return lon + east * 180.0 / across * inside, lat + north * 180.0 / along * inside


def _in_china(lon: Any, lat: Any) -> Any:
    west, south, east, north = _CHINA
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _bd_from_gcj(lon: Any, lat: Any, m: ModuleType) -> tuple[Any, Any]:
    reach = m.sqrt(lon * lon + lat * lat) + 0.00002 * m.sin(lat * _BAIDU)
    angle = _ANGLE[m](lat, lon) + 0.000003 * m.cos(lon * _BAIDU)
    return reach * m.cos(angle) + 0.0065, reach * m.sin(angle) + 0.006


def _bd_from_wgs(lon: Any, lat: Any, m: ModuleType) -> tuple[Any, Any]:
    return _bd_from_gcj(*_gcj_from_wgs(lon, lat, m), m)


_ANGLE: dict[ModuleType, Any] = {math: math.atan2, np: np.arctan2}
_FORWARD: dict[str, Any] = {
    "WGS-84": _same,
    "CGCS2000": _same,
    "GCJ-02": _gcj_from_wgs,
    "BD-09": _bd_from_wgs,
}
_NAMES: dict[str, set[str]] = {
    "WGS-84": {"WGS84", "EPSG:4326", "OGC:CRS84", "CRS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "GPS"},
    "CGCS2000": {"CGCS2000", "EPSG:4490", "URN:OGC:DEF:CRS:EPSG::4490", "国家2000"},
    "GCJ-02": {"GCJ02", "GCJ", "火星坐标", "高德"},
    "BD-09": {"BD09", "BD09LL", "BAIDU", "百度"},
}


def _forward(system: str) -> Any:
    try:
        return _FORWARD[system]
    except KeyError:
        raise ValueError(f"unknown coordinate system: {system}") from None


def _inverse(system: str) -> Any:
    forward = _forward(system)
    if forward is _same:
        return _same

    def inverse(lon: Any, lat: Any, m: ModuleType) -> tuple[Any, Any]:
        x, y = lon, lat
        for _round in range(_ROUNDS):
            there_x, there_y = forward(x, y, m)
            off_x, off_y = lon - there_x, lat - there_y
            x, y = x + off_x, y + off_y
            if np.all(np.abs(off_x) < _EXACT) and np.all(np.abs(off_y) < _EXACT):
                break
        return x, y

    return inverse
