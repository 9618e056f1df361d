"""A city's four years of facts made from a seed, month by month, as Arrow tables in the lake's own columns."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TOWNS, VILLAGES, GRIDS = 33, 18, 5
SOURCES = ("patrol", "portal", "12345", "sensor", "inspection")
SECOND = np.timedelta64(1, "s")


def months(count: int, *, until: date, seed: int = 1) -> Iterator[pa.Table]:
    """Yield about `count` facts of the 48 months up to a day, busier in summer and from year to year."""
    last = np.datetime64(until.isoformat(), "M")
    names = np.arange(last - 47, last + 1)
    weight = np.linspace(0.8, 1.2, 48) * (1 + 0.15 * np.sin(np.arange(48) / 12 * 2 * np.pi))
    sizes = np.round(count * weight / weight.sum()).astype(int)
    sizes[-1] += count - sizes.sum()
    first, cells = 1, _cells()
    for month, size in zip(names, sizes, strict=True):
        yield _month(np.random.default_rng([seed, first]), month, int(size), first, until, cells)
        first += int(size)


def _cells() -> NDArray[np.int64]:
    """Return the H3 cells of the city and their middles: a column each of cell, longitude, latitude."""
    found = sorted(h3.grid_disk(h3.latlng_to_cell(23.02, 113.75, 9), 85))
    return np.array([int(cell, 16) for cell in found], dtype=np.int64)


def _month(  # noqa: PLR0917 - one month of one city
    rng: Any, month: Any, size: int, first: int, until: date, cells: NDArray[np.int64]
) -> pa.Table:
    begin = month.astype("datetime64[D]")
    end = min((month + 1).astype("datetime64[D]"), np.datetime64(until.isoformat()) + 1)
    days = begin + rng.integers(0, int((end - begin).astype(int)), size)
    at = days.astype("datetime64[s]") + rng.integers(0, 86400, size) * SECOND
    town = np.minimum(rng.zipf(1.25, size), 10_000) % TOWNS
    village, grid = rng.integers(0, VILLAGES, size), rng.integers(1, GRIDS + 1, size)
    item = np.minimum((rng.pareto(1.1, size) * 9).astype(int), 480)
    place = (
        town * (len(cells) // TOWNS)
        + np.minimum(rng.pareto(1.0, size) * 60, len(cells) // TOWNS - 1)
    ).astype(int)
    handling = np.round(rng.lognormal(2.9, 1.2, size), 3)
    done, closed = rng.random(size) < 0.98, rng.random(size) < 0.96
    dispatched = at + (rng.random(size) * 7200).astype(int) * SECOND
    handled = dispatched + (handling * 3600).astype(int) * SECOND
    over = handled + (rng.random(size) * 86400).astype(int) * SECOND
    texts = _places(town, village, grid)

    def some(share: float) -> Any:
        return pa.array(rng.random(size) < share)

    ended = done & closed
    held = {
        "matter": pa.array(np.arange(first, first + size)), "kind": _constant("incident", size),
        "source": pa.array(np.array(SOURCES)[rng.choice(5, size, p=(0.6, 0.22, 0.1, 0.05, 0.03))]),
        "state": pa.array(np.where(ended, "closed", "handling")), "is_open": pa.array(~ended),
        "item": pa.array(np.char.add("E", np.char.zfill(item.astype(str), 4))),
        "item_class": pa.array(np.char.add("E", np.char.zfill((item % 11).astype(str), 2))), "is_urgent": some(0.04),
        "level": pa.array(np.ones(size, np.int16)), "area_path": texts[2], "town": texts[0], "village": texts[1],
        "lon": pa.array(113.55 + (place % 173) * 0.0035 + rng.random(size) * 0.003),
        "lat": pa.array(22.83 + (place // 173) * 0.0028 + rng.random(size) * 0.002), "cell": pa.array(cells[place]),
        "unit_id": pa.array(1000 + (item % 19) * 40 + town), "department_id": pa.array((item % 19).astype(np.int64) + 1),
        "reported_at": _moments(at), "reported_on": pa.array(days), "is_valid": some(0.96), "is_missed": some(0.02),
        "month": pa.array(np.full(size, (month.astype(int) + 1970 * 12), np.int16)), "verified_in_time": some(0.95),
        "registered_at": _moments(at), "registered_in_time": some(0.97), "registered_right": some(0.98),
        "dispatched_at": _moments(dispatched), "dispatched_in_time": some(0.97), "dispatched_right": some(0.97),
        "handle_due_at": _moments(dispatched + 3 * 86400 * SECOND), "handled_at": _moments(handled, ~done),
        "handled_in_time": pa.array(handling < 72, mask=~done), "checked_in_time": some(0.95), "whole_due_at": pa.nulls(size, pa.timestamp("us")),
        "closed_at": _moments(over, ~ended), "closed_in_time": pa.array(handling < 90, mask=~ended),
        "hours": pa.array((over - at) / SECOND / 3600, mask=~ended), "handling_hours": pa.array(handling, mask=~done),
        **{name: pa.array((rng.random(size) < share).astype(np.int16)) for name, share in (
            ("rework_count", 0.02), ("reopen_count", 0.01), ("extension_count", 0.02), ("urge_count", 0.03), ("return_count", 0.025))},
        "is_suspended": some(0.004), "is_exempt": some(0.003), "is_supervised": some(0.01),
        "rating": pa.array(rng.integers(1, 4, size).astype(np.int16), mask=rng.random(size) < 0.7),
    }  # fmt: skip
    return pa.table(held)


def _constant(text: str, size: int) -> pa.Array:
    return pa.array([text]).take(pa.array(np.zeros(size, np.int64)))


def _moments(at: Any, mask: Any = None) -> pa.Array:
    return pa.array(at.astype("datetime64[us]"), mask=mask)


def _places(town: Any, village: Any, grid: Any) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return the paths of towns, villages and grids, taken from lists of all there are."""
    towns = [f"441900/{t:03d}/" for t in range(1, TOWNS + 1)]
    villages = [f"{path}{v:03d}/" for path in towns for v in range(1, VILLAGES + 1)]
    grids = [f"{path}{g:02d}/" for path in villages for g in range(1, GRIDS + 1)]
    at = town * VILLAGES + village
    return (
        pa.array(towns).take(pa.array(town)), pa.array(villages).take(pa.array(at)),
        pa.array(grids).take(pa.array(at * GRIDS + grid - 1)),
    )  # fmt: skip
