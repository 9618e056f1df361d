"""The score of a file: seven points, each given whole, half or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SHARES = {"full": Decimal(1), "half": Decimal("0.5"), "none": Decimal(0)}


@dataclass(frozen=True)
class Point:
    code: str
    name: str
    asks: str
    most: Decimal
    source: str


def total(points: Sequence[Point], given: Mapping[str, str]) -> Decimal:
    """Add what was given; KeyError when a point was not judged or the word is unknown."""
    return sum((point.most * SHARES[given[point.code]] for point in points), Decimal(0))
