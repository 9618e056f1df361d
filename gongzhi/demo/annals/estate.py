"""
Premises by the million: addresses, buildings and street furniture behind the rich ones that plans visit.

Nearly all of a city's register are doors and lamp posts nobody visits by plan; only a fiftieth are rooms to let, shops
and works (the index `premises_under_plans` rests on that), and the same share holds here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gongzhi.demo import names
from gongzhi.demo.annals.columns import Texts, decimal, joined, lines, moment, number
from gongzhi.demo.city import City, shares
from gongzhi.demo.premises import (
    ADDRESS,
    BUILDING,
    FACILITY,
    FIXTURES,
    ORGANISATION,
    RENTAL,
    SMALL,
    scatter,
)
from gongzhi.demo.seeds import dice, generator
from gongzhi.places import queries as places

COLUMNS = (
    "lon", "lat", "area_id", "changed_at", "kind", "status", "grade", "code", "parent_code", "area_path", "name",
    "address", "details",
)  # fmt: skip
ROADS = 5  # of each grid
GRIDS = 12  # to a batch
KINDS = (ADDRESS, BUILDING, FACILITY, RENTAL, SMALL, ORGANISATION)
_SHARES = (0.62, 0.2, 0.16, 0.009, 0.008, 0.003)
_LETTERS = Texts(("DZ", "LY", "", "CZ", "SX", "QY"))
_CLASSES = Texts(
    ("", "", "", '{"class": "single_room"}', '{"class": "shop"}', '{"class": "factory"}')
)
_AFTER = (  # what follows the door's number
    tuple(f"{floor}{room:02d}室" for floor in range(1, 10) for room in range(1, 9)),
    ("楼", "综合楼", "商住楼", "住宅楼", "宿舍楼"), ("",), ("出租屋", "公寓", "自建房"), ("便利店", "快餐店", "五金店", "理发店"),
    ("电子厂", "五金厂", "塑胶厂", "包装厂"),
)  # fmt: skip
_SUFFIX = Texts(suffix for group in _AFTER for suffix in group)
_FIRST = np.array([sum(map(len, _AFTER[:n])) for n in range(len(_AFTER))])
_MANY = np.array(list(map(len, _AFTER)))
_FIXTURE, _PLATE = Texts(what for what, _l in FIXTURES), Texts(plate for _w, plate in FIXTURES)


@dataclass(frozen=True)
class Batch:
    """Some neighbouring grids and how many premises each of them gets."""

    number: int
    first_grid: int
    counts: tuple[int, ...]
    first_serial: int


def batches(city: City, count: int) -> Iterator[Batch]:
    dealt = shares(city.weight, count, least=0).tolist()
    before = 0
    for place in range(0, len(dealt), GRIDS):
        counts = tuple(dealt[place : place + GRIDS])
        yield Batch(place // GRIDS, place, counts, before + 1)
        before += sum(counts)


def rows(seed: int, city: City, batch: Batch, *, at: datetime) -> memoryview:
    """Return the lines of COLUMNS for one batch."""
    rng = generator(seed, "estate", batch.first_grid)
    grids = city.level(3)[batch.first_grid : batch.first_grid + len(batch.counts)]
    pairs = list(zip(grids, batch.counts, strict=True))
    points = np.concatenate([scatter(grid, count, rng) for grid, count in pairs])
    owner = np.repeat(np.arange(len(grids)), batch.counts)
    size = len(owner)
    kind = rng.choice(len(KINDS), size, p=_SHARES)
    road = Texts(road for grid in grids for road in _roads(seed, city, grid)).take(
        owner * ROADS + rng.integers(0, ROADS, size)
    )
    door = joined(road, number(rng.integers(1, 320, size)), "号")
    suffix = _SUFFIX.take(_FIRST[kind] + (rng.random(size) * _MANY[kind]).astype(np.int64))
    fixture = rng.integers(0, len(FIXTURES), size)
    is_fixture = kind == KINDS.index(FACILITY)
    name = _either(is_fixture, joined(road, _FIXTURE.take(fixture)), joined(door, suffix))
    letters = _either(is_fixture, _PLATE.take(fixture), _LETTERS.take(kind))
    code = joined(Texts(grid.code[:9] for grid in grids).take(owner), letters, _serial(batch, size))
    status = rng.choice([1, 2, 3], size, p=(0.9, 0.07, 0.03))
    areas = np.array([places.area(grid.path).id for grid in grids])
    return lines(
        [
            decimal(points[:, 0]), decimal(points[:, 1]), number(areas[owner]), moment(np.full(size, int(at.timestamp()))),
            number(np.array(KINDS)[kind]), number(status), number(_grades(rng, kind)), code, "",
            Texts(grid.path for grid in grids).take(owner), name, joined(_places(city, grids).take(owner), door),
            _details(kind),
        ]
    )  # fmt: skip


def _either(first: Any, yes: Any, no: Any) -> Any:
    return pc.if_else(pa.array(first), yes, no)


def _serial(batch: Batch, size: int) -> Any:
    serial = np.arange(batch.first_serial, batch.first_serial + size)
    return number(serial + 100_000_000)  # nine digits: the rich ones have seven


def _grades(rng: np.random.Generator, kind: Any) -> Any:
    drawn = rng.choice([1, 2, 3, 4], len(kind), p=(0.5, 0.32, 0.14, 0.04))
    return np.where(kind >= KINDS.index(RENTAL), drawn, 0)


def _details(kind: Any) -> Any:
    return pc.if_else(
        pa.array(kind >= KINDS.index(RENTAL)), _CLASSES.take(kind), pa.scalar(None, pa.string())
    )


def _roads(seed: int, city: City, grid: Any) -> list[str]:
    chance = dice(seed, "roads", grid.path)
    stem = names.stem(_named(city, grid.path, 3))
    return [stem + chance.choice((*names.ROADS, *names.LANES)) for _n in range(ROADS)]


def _places(city: City, grids: list[Any]) -> Texts:
    return Texts(f"{_named(city, grid.path, 2)}{_named(city, grid.path, 3)}" for grid in grids)


def _named(city: City, path: str, depth: int) -> str:
    """Return the name of the area that so many segments of a path lead to."""
    return city.names["/".join(path.split("/")[:depth]) + "/"]
