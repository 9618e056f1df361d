"""
Who gets how many visits of a day, and which: plain arrays in and out, the same answer every time.

1. Grids with the fewest officers are filled first, so that an officer of two grids keeps room for the
   grid that has nobody else.
2. In a grid every visit goes to whoever has the least so far, up to what each can do in a day.
3. Of the due visits the most overdue are taken; what does not fit stays due and is first tomorrow.
4. The taken visits are put in an order that runs through the neighbourhood without jumps (Morton order)
   and cut into as many pieces as there are officers: everybody gets doors that lie together.
"""

import heapq
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shares = dict[str, list[tuple[int, int]]]  # by area: (officer, how many)


def shares(
    *,
    demand: Mapping[str, int],
    officers: Mapping[str, Sequence[int]],
    capacity: Mapping[int, int],
    load: dict[int, int],
) -> Shares:
    """Return how many visits of each area each officer takes; `load` is what they already have, and grows."""
    found: Shares = {}
    for area in sorted(demand, key=lambda one: (len(officers.get(one, ())), one)):
        given = _fill(demand[area], sorted(set(officers.get(area, ()))), capacity, load)
        found[area] = [(officer, count) for officer, count in given.items() if count]
    return found


def _fill(
    wanted: int, people: Sequence[int], capacity: Mapping[int, int], load: dict[int, int]
) -> dict[int, int]:
    given = dict.fromkeys(people, 0)
    queue = [(load.get(one, 0), one) for one in people if load.get(one, 0) < capacity[one]]
    heapq.heapify(queue)
    while wanted and queue:
        least, officer = heapq.heappop(queue)
        given[officer] += 1
        load[officer] = least + 1
        wanted -= 1
        if load[officer] < capacity[officer]:
            heapq.heappush(queue, (load[officer], officer))
    return given


def cut(
    *,
    areas: NDArray[Any],
    urgency: NDArray[Any],
    lons: NDArray[Any],
    lats: NDArray[Any],
    taken: Shares,
) -> NDArray[np.int64]:
    """Return the officer of every visit, 0 for those that are not taken today."""
    assigned = np.zeros(len(areas), dtype=np.int64)
    order = np.lexsort((urgency, areas))
    names, starts = np.unique(areas[order], return_index=True)
    stops = np.append(starts[1:], len(order))
    for name, start, stop in zip(names.tolist(), starts.tolist(), stops.tolist(), strict=True):
        pieces = taken.get(name, [])
        chosen = order[start : min(stop, start + sum(count for _officer, count in pieces))]
        if len(chosen):
            walk = chosen[np.argsort(morton(lons[chosen], lats[chosen]), kind="stable")]
            assigned[walk] = np.repeat(
                [officer for officer, _count in pieces], [count for _officer, count in pieces]
            )[: len(walk)]
    return assigned


def morton(lons: NDArray[Any], lats: NDArray[Any]) -> NDArray[np.uint64]:
    """Return a number for each point such that near points mostly have near numbers; no point is 0."""
    x = np.nan_to_num((np.asarray(lons, dtype=float) + 180) / 360 * 2**26).astype(np.uint64)
    y = np.nan_to_num((np.asarray(lats, dtype=float) + 90) / 180 * 2**26).astype(np.uint64)
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero between every two bits of a number below 2^32."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333), (1, 0x5555555555555555),
    ):  # fmt: skip
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
