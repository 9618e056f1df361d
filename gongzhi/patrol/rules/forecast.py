"""What a change of frequency means: visits a day and officer, town by town, today's rules beside others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Periods = Mapping[tuple[str, str], int]  # (class, grade letter) → days; "" is every


@dataclass(frozen=True)
class Cell:
    """How many premises of a class and grade a town has."""

    town: str
    klass: str
    grade: str
    count: int


@dataclass(frozen=True)
class Load:
    """Visits a day and officer in one town, under today's rules and under the proposed ones."""

    town: str
    premises: int
    officers: int
    now: float
    proposed: float
    capacity: float  # what an officer can do, on average over all days of the week

    @property
    def change(self) -> float:
        return self.proposed - self.now

    @property
    def is_too_much(self) -> bool:
        return self.proposed > self.capacity


def days_for(periods: Periods, klass: str, grade: str) -> int:
    """Return the period of the narrowest row that fits, class before grade; 0 where nothing is planned."""
    for key in ((klass, grade), (klass, ""), ("", grade), ("", "")):
        if key in periods:
            return periods[key]
    return 0


def rates(cells: Sequence[Cell], periods: Periods) -> NDArray[np.float64]:
    """Return visits a day for each cell: premises divided by their period."""
    days = np.array([days_for(periods, one.klass, one.grade) for one in cells], dtype=float)
    counts = np.array([one.count for one in cells], dtype=float)
    found: NDArray[np.float64] = np.divide(counts, days, out=np.zeros(len(cells)), where=days > 0)
    return found


def loads(
    *,
    cells: Sequence[Cell],
    officers: Mapping[str, int],
    now: Periods,
    proposed: Periods,
    capacity: int,
    workdays: int,
) -> list[Load]:
    """
    Return the load of every town, the one with the most officers short first.

    A visit that is due on a day off is made on a working day, so what an officer can do counts only
    `workdays` of a month's thirty days.
    """
    towns = sorted({one.town for one in cells})
    place = {town: n for n, town in enumerate(towns)}
    index = np.array([place[one.town] for one in cells], dtype=int)
    people = np.array([officers.get(town, 0) for town in towns], dtype=float)
    counts = _sum(index, np.array([one.count for one in cells], dtype=float), len(towns))
    before, after = (_sum(index, rates(cells, rules), len(towns)) for rules in (now, proposed))
    able = capacity * workdays / 30
    return sorted(
        (
            Load(town, int(counts[n]), int(people[n]), _each(before[n], people[n]), _each(after[n], people[n]), able)
            for n, town in enumerate(towns)
        ),
        key=lambda load: (-load.proposed, load.town),
    )  # fmt: skip


def _sum(index: NDArray[Any], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(index, weights=values, minlength=size), dtype=np.float64)


def _each(visits: float, people: float) -> float:
    """Return visits an officer; all of them where nobody works, so that the gap is seen."""
    return round(float(visits / people if people else visits), 1)
