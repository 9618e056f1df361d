"""
Which counts on the map are more than chance.

Gathered (Getis-Ord Gi*): does a cell with its six neighbours hold more than cells elsewhere? Risen (Poisson): does a cell
hold more than its own share of earlier time lets expect? Thousands of cells are tried at once, so p values are held
against the Benjamini-Hochberg bound: of the cells shown, about the stated share may be chance.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import h3
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spot:
    """A cell with its count, what was to be expected, and how unlikely so many are."""

    cell: int
    count: int
    expected: float
    score: float  # Gi*: standard deviations; Poisson: count over expectation
    p: float
    is_significant: bool


def gathered(counts: Mapping[int, int], *, false_share: float = 0.05) -> list[Spot]:
    """Return every cell with its Gi*, highest first; `counts` names the whole area, cells with nothing included."""
    cells = list(counts)
    if len(cells) < 30:  # too few to know what is usual
        return [Spot(cell, n, 0.0, 0.0, 1.0, is_significant=False) for cell, n in counts.items()]
    values = np.array([counts[cell] for cell in cells], dtype=np.float64)
    sums, sizes = _rings(cells, values)
    mean, spread, n = values.mean(), values.std(), len(cells)
    below = spread * np.sqrt(np.maximum((n * sizes - sizes**2) / (n - 1), 1e-12))
    scores = (sums - mean * sizes) / below if spread else np.zeros(n)
    chances = np.array([_upper_tail(float(z)) for z in scores])
    return _spots(cells, values, mean * np.ones(n), scores, chances, false_share)


def risen(
    counts: Mapping[int, int], before: Mapping[int, int], *, false_share: float = 0.05
) -> list[Spot]:
    """
    Return every cell with its count against the expectation from `before`, the most surprising first.

    Expected is the cell's earlier count scaled to the whole area's change, drawn towards the average cell by
    half a matter, so that a cell where nothing ever happened is no alarm after one.
    """
    cells = list(counts)
    now = np.array([counts[cell] for cell in cells], dtype=np.float64)
    was = np.array([before.get(cell, 0) for cell in cells], dtype=np.float64) + 0.5
    expected = was * (now.sum() / was.sum()) if cells else was
    chances = np.array(
        [_poisson_tail(int(k), float(mu)) for k, mu in zip(now, expected, strict=True)]
    )
    return _spots(cells, now, expected, now / np.maximum(expected, 1e-9), chances, false_share)


def _rings(cells: Sequence[int], values: Floats) -> tuple[Floats, Floats]:
    """Return for each cell the sum over itself and its neighbours, and how many of them there are."""
    place = {cell: index for index, cell in enumerate(cells)}
    sums, sizes = np.zeros(len(cells)), np.zeros(len(cells))
    for index, cell in enumerate(cells):
        near = [place[int(o, 16)] for o in h3.grid_disk(f"{cell:x}", 1) if int(o, 16) in place]
        sums[index], sizes[index] = values[near].sum(), len(near)
    return sums, sizes


def _spots(  # noqa: PLR0917 - columns of one table
    cells: Sequence[int], counts: Floats, expected: Floats, scores: Floats, chances: Floats, false_share: float
) -> list[Spot]:  # fmt: skip
    bound = bound_of(chances, false_share)
    found = [
        Spot(cell, int(counts[i]), float(expected[i]), float(scores[i]), float(chances[i]), bool(chances[i] <= bound))
        for i, cell in enumerate(cells)
    ]  # fmt: skip
    return sorted(found, key=lambda spot: (spot.p, -spot.score, -spot.count, spot.cell))


def bound_of(chances: Floats, false_share: float) -> float:
    """Return the highest p that still counts (Benjamini and Hochberg 1995); below zero when none does."""
    ordered = np.sort(chances)
    ranks = np.arange(1, len(ordered) + 1)
    good = ordered <= ranks * false_share / max(len(ordered), 1)
    return float(ordered[good].max()) if good.any() else -1.0


def _upper_tail(z: float) -> float:
    return math.erfc(z / math.sqrt(2)) / 2


def _poisson_tail(count: int, mean: float) -> float:
    """Return the chance of `count` or more when `mean` are expected."""
    if count <= 0:
        return 1.0
    if count < mean:  # the small side, then the rest
        return max(0.0, 1.0 - _lower(count - 1, mean))
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total, k = term, count
    while term > total * 1e-12:
        k += 1
        term *= mean / k
        total += term
    return min(total, 1.0)


def _lower(count: int, mean: float) -> float:
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1)
    )
