"""
The area tree in memory, and for each span of days its grids ready for placing.

A snapshot carries the mark of the edition it was read from.
"""

import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from gongzhi.base import snapshots
from gongzhi.places.models import Area, AreaShape, Edition
from gongzhi.places.rules.coordinates import METRES_PER_DEGREE, Bounds
from gongzhi.places.rules.paths import ancestor_paths, parent_path

KEPT = 12  # spans of days whose grids stay in memory


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: int
    code: str
    name: str
    level: int
    path: str
    parent_path: str
    opened_on: date
    closed_on: date | None
    replaced_by: tuple[str, ...]
    lon: float | None = None
    lat: float | None = None

    def is_open(self, on: date) -> bool:
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)


@dataclass(frozen=True, slots=True)
class Span:
    """One shape's days, without the shape."""

    shape_id: int
    area_id: int
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Grids:
    """The finest areas that have a shape on a day, by code, so that the first found has the lowest."""

    def __init__(self, rows: list[AreaRow], shapes: list[Any]) -> None:
        order = sorted(range(len(rows)), key=lambda n: rows[n].code)
        self.rows = [rows[n] for n in order]
        self.shapes: NDArray[Any] = np.array([shapes[n] for n in order], dtype=object)
        self.ids = np.array([row.id for row in self.rows], dtype=np.int64)
        self.paths: NDArray[Any] = np.array([row.path for row in self.rows], dtype=object)
        shapely.prepare(self.shapes)
        self.tree = shapely.STRtree(self.shapes)

    def find(self, lon: float, lat: float) -> int:
        """Return the index of the grid that holds the point, borders included; -1 when none does."""
        found = -1
        for n in self.tree.query(shapely.Point(lon, lat)).tolist():
            if (found < 0 or n < found) and shapely.intersects_xy(self.shapes[n], lon, lat):
                found = n
        return found

    def find_many(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
        points, candidates = self.tree.query(shapely.points(lons, lats))
        # By grid: a prepared outline that stays in the processor's cache answers many points.
        order = np.argsort(candidates, kind="stable")
        points, candidates = points[order], candidates[order]
        holds = shapely.intersects_xy(self.shapes[candidates], lons[points], lats[points])
        found = np.full(len(lons), len(self.rows), dtype=np.int64)
        np.minimum.at(found, points[holds], candidates[holds])
        found[found == len(self.rows)] = -1
        return found

    def nearest(self, lon: float, lat: float) -> tuple[int, float]:
        return next(iter(zip(*self.nearest_many(np.array([lon]), np.array([lat])), strict=True)))

    def nearest_many(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the index of the nearest grid and the metres to it; of equally near ones the lowest code."""
        points = shapely.points(self._in_metres(np.column_stack([lons, lats])))
        (asked, near), metres = self._metric_tree.query_nearest(points, return_distance=True)
        order = np.lexsort((near, asked))
        asked, near, metres = asked[order], near[order], metres[order]
        _points, first = np.unique(asked, return_index=True)
        return near[first].astype(np.int64), metres[first]

    def _in_metres(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return degrees * self._scale

    @cached_property
    def _scale(self) -> NDArray[np.float64]:
        bounds = shapely.total_bounds(self.shapes)
        middle = np.radians((bounds[1] + bounds[3]) / 2)
        return np.array([METRES_PER_DEGREE * np.cos(middle), METRES_PER_DEGREE])

    @cached_property
    def _metric_tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.transform(self.shapes, self._in_metres))


@dataclass
class Snapshot:
    mark: int
    rows: list[AreaRow]
    spans: list[Span]
    by_path: dict[str, AreaRow] = field(init=False)
    by_id: dict[int, AreaRow] = field(init=False)
    by_code: dict[str, AreaRow] = field(init=False)
    below: dict[str, list[AreaRow]] = field(init=False)
    turns: list[date] = field(init=False)  # days on which some shape begins or ends
    kept: dict[Any, Any] = field(default_factory=dict)  # answers computed from this snapshot
    _grids: dict[int, Grids] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.rows.sort(key=lambda row: row.path)
        self.by_path = {row.path: row for row in self.rows}
        self.by_id = {row.id: row for row in self.rows}
        self.by_code = {row.code: row for row in self.rows}
        self.below = {}
        for row in self.rows:
            self.below.setdefault(row.parent_path, []).append(row)
        days = {day for span in self.spans for day in (span.valid_from, span.valid_to) if day}
        self.turns = sorted(days)

    def epoch(self, on: date) -> int:
        """Number the spans of days between which no shape changes."""
        return bisect_right(self.turns, on)

    def grids(self, on: date) -> Grids:
        epoch = self.epoch(on)
        if (grids := self._grids.get(epoch)) is not None:
            return grids
        with self._lock:
            if epoch not in self._grids:
                while len(self._grids) >= KEPT:
                    self._grids.pop(next(iter(self._grids)))
                self._grids[epoch] = self._load_grids(on)
            return self._grids[epoch]

    def shaped(self, on: date) -> list[Span]:
        """Return the spans of the areas that have a shape and are open on the day."""
        return [s for s in self.spans if s.holds(on) and self.by_id[s.area_id].is_open(on)]

    def _load_grids(self, on: date) -> Grids:
        valid = {span.area_id: span for span in self.shaped(on)}
        coarse = {
            above for area_id in valid for above in ancestor_paths(self.by_id[area_id].parent_path)
        }
        finest = [s for s in valid.values() if self.by_id[s.area_id].path not in coarse]
        shapes = outlines([span.shape_id for span in finest])
        # A shape that never became valid may have gone since the snapshot was taken.
        finest = [span for span in finest if span.shape_id in shapes]
        return Grids([self.by_id[s.area_id] for s in finest], [shapes[s.shape_id] for s in finest])


def outlines(shape_ids: list[int]) -> dict[int, Any]:
    """Read shapes by id."""
    rows = AreaShape.objects.filter(pk__in=shape_ids).values_list("pk", "outline")
    return {pk: shapely.from_wkb(bytes(outline)) for pk, outline in rows.iterator(2000)}


def _read(mark: int) -> Snapshot:
    areas = Area.objects.values_list(
        "id",
        "code",
        "name",
        "level",
        "path",
        "opened_on",
        "closed_on",
        "replaced_by",
        "lon",
        "lat",
    )
    rows = [
        AreaRow(
            pk, code, name, level, path, parent_path(path), opened, closed, tuple(replaced), *point
        )
        for pk, code, name, level, path, opened, closed, replaced, *point in areas
    ]
    spans = AreaShape.objects.order_by("area_id", "version").values_list(
        "id", "area_id", "valid_from", "valid_to"
    )
    return Snapshot(mark, rows, [Span(*span) for span in spans])


def _mark() -> int:
    # Raw and short: this is the only statement a warm process sends for places.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT mark FROM {Edition._meta.db_table} WHERE id = 1")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


_tree = snapshots.Snapshot(mark=_mark, read=_read)
snapshot, forget = _tree.current, _tree.forget


def bounds_of(shapes: Any) -> Bounds | None:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return None if np.isnan(west) else Bounds(west, south, east, north)
