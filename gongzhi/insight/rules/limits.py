"""What other time limits would mean: the share in time when every limit were longer or shorter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

STEP: Final = 20  # a ratio is kept in twentieths: 20 is the limit itself
FACTORS: Final = (5, 10, 15, 20, 25, 30, 40, 60)  # twentieths: a quarter … three times the limit


@dataclass(frozen=True)
class Point:
    factor: float  # of the limit in force
    in_time: int
    share: float | None


def curve(
    ratios: Iterable[tuple[int, int]], *, total: int, factors: Sequence[int] = FACTORS
) -> list[Point]:
    """
    Return the share in time for each factor.

    `ratios` are (time used over the limit in twentieths, rounded up; matters); `total` counts also those not handled yet.
    """
    kept = list(ratios)
    found = []
    for factor in factors:
        good = sum(count for ratio, count in kept if ratio <= factor)
        found.append(Point(factor / STEP, good, good / total if total else None))
    return found
