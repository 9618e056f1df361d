"""Places in a list of offices and posts, and who moves when the scheme changes."""

from collections.abc import Mapping, Sequence, Set
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

    A share never cuts through equal scores: those whose score reaches over the edge are not named.
    """
    ordered = sorted(scores, key=lambda key: (-scores[key], key))
    if not ordered:
        return []
    ranks: dict[str, int] = {}
    for position, key in enumerate(ordered, start=1):
        above = ordered[position - 2] if position > 1 else None
        ranks[key] = ranks[above] if above and scores[above] == scores[key] else position
    descending = [scores[key] for key in ordered]
    best = _named(descending, _part(len(ordered), ahead))
    worst = _named(descending[::-1], _part(len(ordered), behind))
    return [Placed(key, ranks[key], _standing(scores[key], best, worst)) for key in ordered]


def _named(scores: Sequence[Decimal], most: int) -> frozenset[Decimal]:
    """Return the scores that lie whole within the first `most` of the list."""
    return frozenset(scores[:most]) - frozenset(scores[most:])


def _part(count: int, part: Decimal) -> int:
    return int((count * part).to_integral_value(rounding=ROUND_FLOOR))


def _standing(scored: Decimal, best: Set[Decimal], worst: Set[Decimal]) -> Standing:
    if scored in best:
        return Standing.AHEAD
    return Standing.BEHIND if scored in worst else Standing.BETWEEN


def moves(before: Mapping[str, int], after: Mapping[str, int]) -> list[Moved]:
    """Return who stands where under two rankings, those who move most first."""
    rows = [
        Moved(key, before.get(key), after.get(key), before[key] - after[key] if key in before and key in after else 0)
        for key in {*before, *after}
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-abs(row.by), row.after or 10**9, row.key))
