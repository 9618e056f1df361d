"""What stands against a scheme before it may be put in force."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongzhi.assessment.rules.scoring import GIVING, Line, Nature


class Flaw(StrEnum):
    VOLUME = "volume"  # points for how much is done
    UNKNOWN = "unknown"  # no such rate, count or nature of findings
    POINTS = "points"  # every line is worth something
    THRESHOLD = "threshold"  # a threshold between 0 and 100
    TWICE = "twice"  # the same input gives points twice
    EMPTY = "empty"  # nothing gives points
    GRADES = "grades"  # from the best down


@dataclass(frozen=True)
class Scoring:
    """What lines may name: rates give points, counts and findings take them."""

    rates: Collection[str]
    counts: Collection[str]
    findings: Collection[str]

    def fits(self, line: Line) -> bool:
        if line.nature in GIVING:
            return line.input in self.rates
        return line.input in (self.counts if line.nature == Nature.DEDUCTION else self.findings)


def flaws(
    lines: Sequence[Line], grades: Sequence[tuple[str, Decimal]], known: Scoring
) -> list[tuple[int | None, Flaw]]:
    """Return what is wrong, with the position of the line (None: with the scheme as a whole)."""
    found: list[tuple[int | None, Flaw]] = []
    for position, line in enumerate(lines):
        found += [(position, flaw) for flaw in _of_line(line, known)]
        if any(
            line.nature == other.nature and line.input == other.input for other in lines[:position]
        ):
            found.append((position, Flaw.TWICE))
    if not any(line.nature in GIVING for line in lines):
        found.append((None, Flaw.EMPTY))
    least = [value for _name, value in grades]
    if least != sorted(least, reverse=True) or len(set(least)) != len(least):
        found.append((None, Flaw.GRADES))
    return found


def _of_line(line: Line, known: Scoring) -> list[Flaw]:
    found = []
    if line.nature in GIVING and line.input in known.counts:
        found.append(Flaw.VOLUME)
    elif not known.fits(line):
        found.append(Flaw.UNKNOWN)
    if line.points <= 0:
        found.append(Flaw.POINTS)
    if line.nature == Nature.THRESHOLD and not (
        line.threshold is not None and 0 < line.threshold <= 100
    ):
        found.append(Flaw.THRESHOLD)
    return found
