"""Places in a list of offices and posts, and who moves when the scheme changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum


class Standing(StrEnum):
    AHEAD = "ahead"
    BEHIND = "behind"
    BETWEEN = ""


@dataclass(frozen=True)
class Placed:
    key: str
    rank: int  # equal scores share a place; the next one is left out
    standing: Standing


@dataclass(frozen=True)
class Moved:
    key: str
    before: int | None
    after: int | None
    by: int  # places; up is more than zero

    @property
    def fallen(self) -> int:
        return -self.by


def places(scores: Mapping[str, Decimal], *, ahead: Decimal, behind: Decimal) -> list[Placed]:
    """
    Rank by score, the highest first. `ahead` and `behind` are the shares that are named.

    A share never cuts through equal scores: whoever has the score of somebody named is named too,
    and nobody is named where all are equal.
    """
    ordered = sorted(scores, key=lambda key: (-scores[key], key))
    if not ordered:
        return []
    ranks: dict[str, int] = {}
    for position, key in enumerate(ordered, start=1):
        above = ordered[position - 2] if position > 1 else None
        ranks[key] = ranks[above] if above and scores[above] == scores[key] else position
    best, worst = _edges([scores[key] for key in ordered], ahead, behind)
    return [Placed(key, ranks[key], _standing(scores[key], best, worst)) for key in ordered]


def _edges(
    scores: Sequence[Decimal], ahead: Decimal, behind: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest score that is named ahead and the highest that is named behind."""
    if scores[0] == scores[-1]:
        return None, None
    first, last = (_part(len(scores), part) for part in (ahead, behind))
    return (scores[first - 1] if first else None), (scores[-last] if last else None)


def _part(count: int, part: Decimal) -> int:
    return int((count * part).to_integral_value(rounding=ROUND_FLOOR))


def _standing(scored: Decimal, best: Decimal | None, worst: Decimal | None) -> Standing:
    if best is not None and scored >= best:
        return Standing.AHEAD
    return Standing.BEHIND if worst is not None and scored <= worst else Standing.BETWEEN


def moves(before: Mapping[str, int], after: Mapping[str, int]) -> list[Moved]:
    """Return who stands where under two rankings, those who move most first."""
    rows = [
        Moved(key, before.get(key), after.get(key), before[key] - after[key] if key in before and key in after else 0)
        for key in {*before, *after}
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-abs(row.by), row.after or 10**9, row.key))
