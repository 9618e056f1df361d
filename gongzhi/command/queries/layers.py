"""The map's layers as vector tiles: open matters one by one or by cell, density over a period, premises."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.command.capabilities import Can
from gongzhi.command.queries.kept import kept, moment, reach_key
from gongzhi.command.rules import cells, tiles
from gongzhi.command.rules.tiles import Tile
from gongzhi.figures import queries as figures
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.places import queries as places

MOST_POINTS: Final = 4000  # of one tile; more lie on top of each other
DENSITY_SECONDS: Final = 600  # how long a density over days that are past is kept
CLOCKS: Final = matters.CLOCKS


@dataclass(frozen=True)
class Choice:
    """What of the open matters the map shows; empty: all."""

    clocks: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    urgent: bool = False
    sensor: bool = False

    def takes(self, clock: str, state: str, *, is_urgent: bool, is_sensor: bool) -> bool:
        return (
            (not self.clocks or clock in self.clocks)
            and (not self.states or state in self.states)
            and (is_urgent or not self.urgent)
            and (is_sensor or not self.sensor)
        )


@dataclass
class _Sums:
    """Open matters of one cell."""

    open: int = 0
    late: int = 0
    soon: int = 0
    urgent: int = 0

    def add(self, count: int, clock: str, *, is_urgent: bool) -> None:
        self.open += count
        self.late += count if clock == "late" else 0
        self.soon += count if clock == "warn" else 0
        self.urgent += count if is_urgent else 0


@dataclass(frozen=True)
class Drawn:
    """A tile ready to be sent: compressed, with a mark for the browser's next question."""

    content: bytes
    mark: str


def _drawn(content: bytes) -> Drawn:
    mark = hashlib.blake2b(content, digest_size=10).hexdigest()
    return Drawn(gzip.compress(content, 5, mtime=0), mark)


def matters_tile(actor: Actor, tile: Tile, by: Choice, *, at: datetime) -> Drawn:
    """Return open matters: points from zoom 13 on, before that sums by H3 cell."""
    key = (
        "matters",
        reach_key(actor, Matters.VIEW),
        tile,
        by,
        moment(at, settings.COMMAND_SECONDS),
    )
    if tile.z >= cells.POINTS_FROM:
        return kept.get(key, lambda: _drawn(_points(actor, tile, by, at)))
    return kept.get(key, lambda: _drawn(_sums(actor, tile, by, at)))


def _points(actor: Actor, tile: Tile, by: Choice, at: datetime) -> bytes:
    box = tile.box()
    spots = matters.open_spots(
        actor,
        box=box,
        towns=towns_touching(box, on=timezone.localdate(at)),
        at=at,
        most=MOST_POINTS,
    )
    features = (
        tiles.point(
            tile,
            spot.lon,
            spot.lat,
            {
                "number": spot.number,
                "title": spot.title,
                "state": spot.state,
                "label": spot.label,
                "clock": spot.clock,
                "urgent": spot.is_urgent,
            },
        )
        for spot in spots
        if by.takes(spot.clock, spot.state, is_urgent=spot.is_urgent, is_sensor=spot.is_sensor)
    )
    return tiles.encoded({"points": features})


def towns_touching(box: tiles.Box, *, on: date) -> list[str]:
    """Return the paths of the towns whose bounds a box touches; all of them where none has a shape."""
    west, south, east, north = box
    bounds = kept.get(("towns", places.map_edition(on)), lambda: places.bounds_at_level(1, on=on))
    return [
        path
        for path, (left, low, right, high) in bounds.items()
        if left <= east and right >= west and low <= north and high >= south
    ]


def _sums(actor: Actor, tile: Tile, by: Choice, at: datetime) -> bytes:
    sums = _cell_sums(actor, by, cells.resolution(tile.z), at)
    here = _index(
        ("sums", reach_key(actor, Matters.VIEW), by, moment(at, settings.COMMAND_SECONDS)),
        sums,
        tile,
    )
    return tiles.encoded({"cells": (_sum_feature(tile, cell, sums[cell]) for cell in here)})


def _sum_feature(tile: Tile, cell: int, sums: _Sums) -> tiles.Feature:
    return tiles.point(
        tile,
        *cells.middle(cell),
        {"open": sums.open, "late": sums.late, "soon": sums.soon, "urgent": sums.urgent},
    )


def _bunches(actor: Actor, at: datetime) -> list[matters.Bunch]:
    reach, now = reach_key(actor, Matters.VIEW), moment(at, settings.COMMAND_SECONDS)
    return kept.get(("bunches", reach, now), lambda: matters.open_bunches(actor, at=at))


def has_sensors(actor: Actor, *, at: datetime) -> bool:
    """Tell whether sensors have reported something that is open: without any, the map offers no such layer."""
    return any(one.is_sensor for one in _bunches(actor, at))


def open_states() -> list[tuple[str, str]]:
    """Return the states in which something is owed, in the order of the flow."""
    return list(matters.open_states())


def _cell_sums(actor: Actor, by: Choice, fineness: int, at: datetime) -> dict[int, _Sums]:
    reach, now = reach_key(actor, Matters.VIEW), moment(at, settings.COMMAND_SECONDS)

    def summed() -> dict[int, _Sums]:
        held: dict[int, _Sums] = {}
        for one in _bunches(actor, at):
            if by.takes(one.clock, one.state, is_urgent=one.is_urgent, is_sensor=one.is_sensor):
                cell = cells.cell_at(one.lon, one.lat, fineness)
                held.setdefault(cell, _Sums()).add(one.count, one.clock, is_urgent=one.is_urgent)
        return held

    return kept.get(("sums", reach, by, fineness, now), summed)


def _index(key: tuple[Any, ...], held: Any, tile: Tile) -> list[int]:
    """Return the cells that touch a tile, by an index that is made once for a zoom."""
    by_tile = kept.get((*key, "index", tile.z), lambda: cells.by_tile(held, tile.z))
    return by_tile.get((tile.x, tile.y), [])


@dataclass(frozen=True)
class Density:
    """Reports of a period by H3 cell, at one fineness."""

    counts: dict[int, int]
    limits: list[int] = field(default_factory=list)


def density(actor: Actor, *, since: date, until: date, fineness: int, at: datetime) -> Density:
    """Return the reports of a period, both days included, by cell."""
    reach = reach_key(actor, Can.VIEW)
    fresh = settings.COMMAND_SECONDS * 6 if until >= timezone.localdate(at) else DENSITY_SECONDS
    key = ("density", reach, since, until, moment(at, fresh))

    def summed() -> Density:
        fine = kept.get(key, lambda: _by_cell(actor, since, until))
        counts = cells.coarser(fine, fineness)
        return Density(counts, cells.steps(counts.values()))

    return kept.get((*key, fineness), summed)


def _by_cell(actor: Actor, since: date, until: date) -> dict[int, int]:
    """Count the period's reports by their finest cell; one statement, answered by the index of cells."""
    rows = figures.facts(actor, figures.FactFilter(since=since, until=until), capability=Can.VIEW)
    sums = rows.filter(cell__isnull=False).order_by().values("cell").annotate(n=Count("pk"))
    return {cell: count for cell, count in sums.values_list("cell", "n") if cell is not None}


def density_tile(actor: Actor, tile: Tile, *, since: date, until: date, at: datetime) -> Drawn:
    """Return the period's density as hexagons, each with its count and its shade from 1 to 5."""
    key = ("density", reach_key(actor, Can.VIEW), since, until, moment(at, DENSITY_SECONDS))

    def drawn() -> Drawn:
        held = density(actor, since=since, until=until, fineness=cells.resolution(tile.z), at=at)
        return _drawn(tiles.encoded({"cells": _hexagons(tile, held, key)}))

    return kept.get((*key, tile, moment(at, settings.COMMAND_SECONDS * 6)), drawn)


def _hexagons(tile: Tile, held: Density, key: tuple[Any, ...]) -> Iterator[tiles.Feature]:
    for cell in _index((*key, id(held)), held.counts, tile):
        count = held.counts[cell]
        shade = 1 + sum(count > limit for limit in held.limits)
        yield tiles.polygon(tile, cells.outline(cell), {"n": count, "shade": shade})


def premises_tile(actor: Actor, tile: Tile, *, at: datetime) -> Drawn:
    """Return premises as points with their kind and name."""
    key = ("premises", reach_key(actor, Can.VIEW), tile, moment(at, DENSITY_SECONDS))

    def drawn() -> Drawn:
        features = (
            tiles.point(
                tile, one.lon, one.lat, {"code": one.code, "kind": one.kind, "name": one.name}
            )
            for one in places.premises_spots(actor, tile.box())
        )
        return _drawn(tiles.encoded({"premises": features}))

    return kept.get(key, drawn)
