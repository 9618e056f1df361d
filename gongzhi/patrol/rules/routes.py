"""The order in which an officer walks a day's doors: nearest first, better, or best found by a solver."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

METRES: Final = 111_320.0  # of one degree of latitude
DETOUR: Final = 1.3  # streets are longer than the line between two doors
CHAIN: Final = 3  # doors moved together at most; longer chains hardly ever gain


class NoSolver(Exception):
    """OR-Tools is not installed."""


def distances(lons: Sequence[float], lats: Sequence[float]) -> NDArray[np.float64]:
    """Return the metres on foot between all points; a flat earth is true enough within a grid."""
    lon, lat = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    x = lon * np.cos(np.radians(lat.mean() if len(lat) else 0)) * METRES
    y = lat * METRES
    found: NDArray[np.float64] = np.hypot(x[:, None] - x, y[:, None] - y) * DETOUR
    return found


def length(order: Sequence[int], metres: NDArray[np.float64]) -> float:
    """Return the metres of a walk that starts at its first point and ends at its last."""
    steps = list(order)
    return float(metres[steps[:-1], steps[1:]].sum()) if len(steps) > 1 else 0.0


def nearest_first(metres: NDArray[np.float64], *, start: int = 0) -> list[int]:
    """Return the order of always going to the nearest door not yet visited; ties go to the lower number."""
    count = len(metres)
    if not count:
        return []
    left, order = set(range(count)) - {start}, [start]
    while left:
        here = order[-1]
        following = min(left, key=lambda one: (metres[here, one], one))
        order.append(following)
        left.remove(following)
    return order


def improved(order: Sequence[int], metres: NDArray[np.float64], *, rounds: int = 30) -> list[int]:
    """
    Return a shorter walk: pieces are turned round and short chains moved as long as that gains; the start stays.

    Only what shortens the walk is done, so it never gets longer and the search ends.
    """
    walk = list(order)
    for _round in range(rounds):
        before = length(walk, metres)
        for i in range(1, len(walk) - 1):
            _turn_best(walk, i, metres)
        for size in range(1, CHAIN + 1):
            for i in range(1, len(walk) - size + 1):
                _move_best(walk, i, size, metres)
        if length(walk, metres) >= before - 1e-6:
            break
    return walk


def _turn_best(walk: list[int], i: int, metres: NDArray[np.float64]) -> None:
    """Turn round the piece that begins at i where this gains most."""
    ends = np.arange(i + 1, len(walk))
    at = np.array(walk)
    behind = np.append(at[1:], -1)[ends]
    old = metres[at[i - 1], at[i]] + np.where(behind >= 0, metres[at[ends], behind], 0)
    new = metres[at[i - 1], at[ends]] + np.where(behind >= 0, metres[at[i], behind], 0)
    gain = old - new
    best = int(gain.argmax())
    if gain[best] > 1e-6:
        stop = int(ends[best])
        walk[i : stop + 1] = walk[i : stop + 1][::-1]


def _move_best(walk: list[int], i: int, size: int, metres: NDArray[np.float64]) -> None:
    """Move the chain of `size` doors that begins at i to where it costs least, turned round if that is better."""
    chain, rest = walk[i : i + size], walk[:i] + walk[i + size :]
    at = np.array(rest)
    saved = metres[walk[i - 1], chain[0]]
    if i < len(rest):
        saved += metres[chain[-1], rest[i]] - metres[walk[i - 1], rest[i]]
    added = np.stack([metres[at, chain[0]], metres[at, chain[-1]]])
    added[0, :-1] += metres[chain[-1], at[1:]] - metres[at[:-1], at[1:]]
    added[1, :-1] += metres[chain[0], at[1:]] - metres[at[:-1], at[1:]]
    turned, behind = divmod(int(added.argmin()), len(rest))
    if added[turned, behind] < saved - 1e-6:
        walk[:] = rest[: behind + 1] + (chain[::-1] if turned else chain) + rest[behind + 1 :]


def solved(metres: NDArray[np.float64], *, start: int = 0, seconds: float = 1.0) -> list[int]:
    """
    Return the shortest walk OR-Tools finds within a time; NoSolver where it is not installed.

    It is loaded only here: 30 MB that nothing else needs and that no page waits for.
    """
    try:
        from ortools.constraint_solver import (  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - optional, heavy
            pywrapcp,
            routing_enums_pb2,
        )
    except ImportError:
        raise NoSolver from None
    count = len(metres)
    if count < 3:
        return nearest_first(metres, start=start)
    return _with_solver(pywrapcp, routing_enums_pb2, metres, (start, seconds))


def _with_solver(
    pywrapcp: Any, enums: Any, metres: NDArray[np.float64], how: tuple[int, float]
) -> list[int]:
    start, seconds = how
    count = len(metres)
    # The walk may end anywhere: an end that costs nothing from everywhere.
    cost = np.zeros((count + 1, count + 1), dtype=np.int64)
    cost[:count, :count] = np.rint(metres)
    manager = pywrapcp.RoutingIndexManager(count + 1, 1, [start], [count])
    routing = pywrapcp.RoutingModel(manager)
    table = cost.tolist()
    transit = routing.RegisterTransitCallback(
        lambda a, b: table[manager.IndexToNode(a)][manager.IndexToNode(b)]
    )
    routing.SetArcCostEvaluatorOfAllVehicles(transit)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = enums.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    asked.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(int(seconds * 1000))
    answer = routing.SolveWithParameters(asked)
    if answer is None:
        return nearest_first(metres, start=start)
    order, index = [], routing.Start(0)
    while not routing.IsEnd(index):
        order.append(manager.IndexToNode(index))
        index = answer.Value(routing.NextVar(index))
    return order
