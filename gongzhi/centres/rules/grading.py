"""How heavy a dispute is: measures against the table of grades."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ORDER = ("simple", "ordinary", "major", "grave")
LEDGER = frozenset({"major", "grave"})
Measure = Mapping[str, Decimal | int | None]


@dataclass(frozen=True)
class Ground:
    """One row of the table: from how much on a measure makes a dispute this heavy."""

    code: str
    measure: str
    at_least: Decimal
    grade: str
    level: int  # whose ledger: 0 city, 1 town, 2 village
    words: str
    source: str


@dataclass(frozen=True)
class Grading:
    grade: str
    level: int
    grounds: tuple[Ground, ...]  # of this grade

    @property
    def is_for_the_ledger(self) -> bool:
        return self.grade in LEDGER


def graded(measures: Measure, table: Iterable[Ground]) -> Grading:
    """Return the heaviest grade any measure reaches, its grounds, and the highest level they name."""
    met = [row for row in table if (measures.get(row.measure) or 0) >= row.at_least]
    grade = max((row.grade for row in met), key=ORDER.index, default="simple")
    grounds = tuple(row for row in met if row.grade == grade)
    return Grading(grade, min((row.level for row in grounds), default=2), grounds)
