"""Point → grid, in memory. On a border the lowest code wins; outside, the nearest grid and the distance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gongzhi.base.errors import Invalid, Refused
from gongzhi.places.queries.areas import city_bounds
from gongzhi.places.queries.sentences import sentence
from gongzhi.places.queries.snapshot import Grids, snapshot
from gongzhi.places.rules.coordinates import SYSTEMS, flaw_in, to_wgs84
from gongzhi.places.rules.problems import Problem


@dataclass(frozen=True, slots=True)
class Placing:
    path: str
    area_id: int
    name: str
    inside: bool
    distance_m: float  # 0 inside, else the metres to the nearest grid
    code: str = ""

    @property
    def warning(self) -> str:
        """Return one sentence for the person who set the point; empty when it lies in a grid."""
        if self.inside:
            return ""
        return _("The point lies in no grid; the nearest is {name}, {metres} m away.").format(
            name=self.name, metres=f"{self.distance_m:.0f}"
        )


@dataclass(frozen=True, slots=True)
class Placings:
    """Answers for many points, in their order. A point that is not finite has area 0 and path ""."""

    area_ids: NDArray[np.int64]
    paths: NDArray[Any]
    inside: NDArray[np.bool_]
    distances_m: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.area_ids)


def place(*, lon: float, lat: float, on: date) -> Placing:
    """Return the grid that holds a WGS-84 point on the day, or the nearest one with the distance."""
    grids = _grids(on)
    found = grids.find(lon, lat)
    metres = 0.0
    if inside := found >= 0:
        row = grids.rows[found]
    elif not (np.isfinite(lon) and np.isfinite(lat)):
        raise Invalid({"point": _("The coordinates are not numbers.")})
    else:
        nearest, metres = grids.nearest(lon, lat)
        row = grids.rows[nearest]
    return Placing(row.path, row.id, row.name, inside, float(metres), row.code)


def checked_point(lon: float, lat: float, system: str) -> tuple[float, float]:
    """Return a place that came from outside in WGS-84; Invalid with a sentence when it can be none of the city's."""
    if system not in SYSTEMS:
        words = _("Name the coordinate system: {known}.")
        raise Invalid({"system": words.format(known="、".join(SYSTEMS))})
    if np.isfinite(lon) and np.isfinite(lat):
        lon, lat = to_wgs84(lon, lat, system)
    if words := flaw_words(lon, lat):
        raise Invalid({"place": words})
    return lon, lat


def flaw_words(lon: float, lat: float) -> str:
    """Return what is wrong with a WGS-84 pair that claims to be a place of the city, in one sentence; "" when nothing is."""
    flaw = flaw_in(lon, lat, city_bounds())
    if flaw is None:
        return ""
    return sentence(Problem(0, "", flaw, {"lon": f"{lon:.6g}", "lat": f"{lat:.6g}"}))


def place_many(lons: Any, lats: Any, *, on: date) -> Placings:
    """Place arrays of WGS-84 points at once."""
    grids = _grids(on)
    lon, lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    known = np.isfinite(lon) & np.isfinite(lat)
    found = np.full(len(lon), -1, dtype=np.int64)
    found[known] = grids.find_many(lon[known], lat[known])
    inside = found >= 0
    distances = np.zeros(len(lon))
    if (outside := known & ~inside).any():
        found[outside], distances[outside] = grids.nearest_many(lon[outside], lat[outside])
    ids, paths = grids.ids[found], grids.paths[found]
    ids[~known], paths[~known] = 0, ""
    return Placings(ids, paths, inside, distances)


def _grids(on: date) -> Grids:
    grids = snapshot().grids(on)
    if not grids.rows:
        raise Refused(
            _("No grid is valid on {date}. Import the areas first.").format(date=on.isoformat())
        )
    return grids
