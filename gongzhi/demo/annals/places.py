"""The places where the history happens, as columns: the premises of the city, and points in its streets."""

from functools import lru_cache
from typing import Any

import h3
import numpy as np

from gongzhi.demo import texts
from gongzhi.demo.annals.columns import Texts
from gongzhi.demo.matters import door_of
from gongzhi.demo.premises import Premise, scatter
from gongzhi.demo.seeds import dice, generator
from gongzhi.demo.subjects import FOOD, HOUSE, SHOP, STREET, WORKS, Subject
from gongzhi.demo.world import NEXT_BEST, World
from gongzhi.matters import actions as register

KINDS = (STREET, HOUSE, SHOP, FOOD, WORKS)
STREET_POINTS = 36  # of each grid, beside what stands there
CELL = 9  # H3 resolution of the figures
REPEATS = 2.1  # the higher, the more of a grid's reports are about its few worst places


class Places:
    """Every place has an index; `pick` draws one of a grid and a kind, the bad ones more often."""

    def __init__(self, world: World) -> None:
        chance = dice(world.seed, "places of the history")
        found: dict[tuple[int, str], list[int]] = {}
        rows: list[tuple[Any, ...]] = []
        for grid, spots in enumerate(world.spots):
            for kind in KINDS:
                for spot in spots.get(kind, ()):
                    found.setdefault((grid, kind), []).append(len(rows))
                    rows.append(_row(chance, spot, kind, spot.lon, spot.lat, spot.code))
            for lon, lat in _in_the_street(world, grid):
                spot = world.spot(chance, grid, STREET)
                found.setdefault((grid, STREET), []).append(len(rows))
                rows.append(_row(chance, spot, STREET, lon, lat, ""))
        east, north, said, address, code, words = zip(*rows, strict=True)
        self.lon, self.lat = np.array(east), np.array(north)
        self.said, self.address, self.code = Texts(said), Texts(address), Texts(code)
        self.words = Texts(words)
        self.cell = np.array([_cell(x, y) for x, y in zip(east, north, strict=True)])
        self._lay_out(found, len(world.paths))

    def _lay_out(self, found: dict[tuple[int, str], list[int]], grids: int) -> None:
        """Write the places of one grid and kind beside each other; where there are none, point to the next best."""
        order: list[int] = []
        self._first = np.zeros((grids, len(KINDS)), dtype=np.int64)
        self._count = np.zeros_like(self._first)
        spans: dict[tuple[int, str], tuple[int, int]] = {}
        for key, indexes in found.items():
            spans[key] = (len(order), len(indexes))
            order += indexes
        for grid in range(grids):
            for at, kind in enumerate(KINDS):
                key = next(k for k in _alternatives(grid, kind) if k in spans)
                self._first[grid, at], self._count[grid, at] = spans[key]
        self._order = np.array(order)

    def pick(self, rng: np.random.Generator, grid: Any, kind: Any) -> Any:
        count = self._count[grid, kind]
        place = (count * rng.random(len(grid)) ** REPEATS).astype(np.int64)
        return self._order[self._first[grid, kind] + np.minimum(place, count - 1)]


def _cell(lon: float, lat: float) -> int:
    return int(h3.str_to_int(h3.latlng_to_cell(lat, lon, CELL)))


def _alternatives(grid: int, kind: str) -> list[tuple[int, str]]:
    chain = [kind]
    while chain[-1] in NEXT_BEST:
        chain.append(NEXT_BEST[chain[-1]])
    return [(grid, one) for one in (*chain, *KINDS)]


def _in_the_street(world: World, grid: int) -> list[tuple[float, float]]:
    rng = generator(world.seed, "street points", grid)
    points = scatter(world.grids[grid], STREET_POINTS, rng)
    return [(float(lon), float(lat)) for lon, lat in points]


def _row(
    chance: Any, spot: Premise, kind: str, lon: float, lat: float, code: str
) -> tuple[Any, ...]:
    door = door_of(spot)
    said = texts.where(chance, Subject(kind, "", (), ()), door, spot.name)
    words = " ".join(dict.fromkeys(_words(spot.address) + _words(said.removeprefix(door))))
    return lon, lat, said, spot.address, code, words


@lru_cache(maxsize=100_000)
def _words(text: str) -> list[str]:
    return register.search_words(text)
