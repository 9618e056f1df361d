"""H3 cells: how coarse they are at a zoom, their outlines, and their sums by tile."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

import h3

from gongzhi.command.rules.tiles import tile_at

FINEST: Final = 9  # the facts' own cells, about 0.1 km²
POINTS_FROM: Final = 13  # zoom from which matters are drawn one by one
K = TypeVar("K", bound=Hashable)


def resolution(zoom: int) -> int:
    """Return the H3 resolution whose cells are some 20 to 60 pixels wide at a zoom."""
    return 6 if zoom <= 8 else 7 if zoom <= 9 else 8 if zoom <= 11 else FINEST


def cell_at(lon: float, lat: float, fineness: int = FINEST) -> int:
    return int(h3.str_to_int(h3.latlng_to_cell(lat, lon, fineness)))


@lru_cache(maxsize=200_000)
def parent(cell: int, fineness: int) -> int:
    """Return the coarser cell a cell lies in (itself at its own resolution)."""
    # By the bits of the index: the resolution, and all finer digits set.
    loose = 3 * (15 - fineness)
    return (cell & ~(15 << 52)) | (fineness << 52) | ((1 << loose) - 1)


@lru_cache(maxsize=100_000)
def middle(cell: int) -> tuple[float, float]:
    """Return the lon and lat of a cell's middle."""
    lat, lon = h3.cell_to_latlng(h3.int_to_str(cell))
    return lon, lat


@lru_cache(maxsize=50_000)
def outline(cell: int) -> tuple[tuple[float, float], ...]:
    """Return the corners of a cell as lon and lat."""
    return tuple((lon, lat) for lat, lon in h3.cell_to_boundary(h3.int_to_str(cell)))


def coarser(counts: Mapping[int, int], fineness: int) -> dict[int, int]:
    """Return sums over the cells of a coarser resolution."""
    sums: dict[int, int] = defaultdict(int)
    for cell, count in counts.items():
        sums[parent(cell, fineness)] += count
    return dict(sums)


def by_tile(cells: Iterable[int], zoom: int) -> dict[tuple[int, int], list[int]]:
    """Return the cells whose outline touches each tile (x, y) of a zoom level."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for cell in cells:
        touched = {(one.x, one.y) for one in (tile_at(*at, zoom) for at in outline(cell))}
        for key in touched:
            found[key].append(cell)
    return dict(found)


def steps(counts: Iterable[int]) -> list[int]:
    """
    Return up to four limits between the five shades of a density map.

    Quantiles of what is there, so that a quiet town is not all of the palest shade; each limit is
    larger than the one before.
    """
    held = sorted(count for count in counts if count > 0)
    limits: list[int] = []
    for share in (0.4, 0.65, 0.85, 0.96):
        if held and (limit := held[min(int(len(held) * share), len(held) - 1)]) > (
            limits[-1] if limits else 0
        ):
            limits.append(limit)
    return limits
