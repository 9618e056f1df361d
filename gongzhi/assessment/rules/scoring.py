"""
Points from counts: a line of a scheme is a small, safe expression, never a formula that somebody typed.

Only rates give points. Counts (so many were received, so many were reworked) can take points away
and nothing else: whoever does much of something is not thereby good at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


class Nature(StrEnum):
    SHARE = "share"  # rate × points
    INVERSE = "inverse"  # (1 − rate) × points
    THRESHOLD = (
        "threshold"  # all points from the threshold on; below, so many less a percentage point
    )
    DEDUCTION = "deduction"  # so many points less for each counted matter
    FINDING = "finding"  # so many points less for each finding of the assessment office


GIVING = frozenset({Nature.SHARE, Nature.INVERSE, Nature.THRESHOLD})


@dataclass(frozen=True)
class Line:
    nature: Nature
    input: str  # code of a rate, a count or a nature of findings
    points: Decimal  # what the line may give; of a deduction, what one costs
    threshold: Decimal | None = None  # per cent
    per_point: Decimal | None = None  # points less for each percentage point below the threshold
    most: Decimal | None = None  # what a deduction may take in all


@dataclass(frozen=True)
class Counted:
    asked: int  # the denominator; of counts and findings, how many
    kept: int = 0  # the numerator


@dataclass(frozen=True)
class LineScore:
    input: str
    asked: int
    kept: int
    points: Decimal | None  # None: nothing was asked, so the line does not count
    most: Decimal


@dataclass(frozen=True)
class Scored:
    score: Decimal | None  # None: nothing was asked of the subject
    most: Decimal
    lines: tuple[LineScore, ...]


def share(counted: Counted) -> Decimal | None:
    """Return the rate in per cent, or None where nothing was asked."""
    return HUNDRED * counted.kept / counted.asked if counted.asked else None


def score(lines: Sequence[Line], counts: Mapping[str, Counted]) -> Scored:
    """
    Add the lines up, each rounded to hundredths so that the printed lines add up to the printed sum.

    A line whose rate had nothing to be asked of leaves the scheme: the others are stretched to the
    full score. Deductions are taken off as they are; no score is below zero.
    """
    told = tuple(_line_score(line, counts.get(line.input, Counted(0))) for line in lines)
    giving = [(line, one) for line, one in zip(lines, told, strict=True) if line.nature in GIVING]
    most = sum((line.points for line, _one in giving), Decimal(0))
    possible = sum((line.points for line, one in giving if one.points is not None), Decimal(0))
    if not possible:
        return Scored(None, most, told)
    earned = sum((one.points for _line, one in giving if one.points is not None), Decimal(0))
    taken = sum(
        (one.points or Decimal(0) for line, one in zip(lines, told, strict=True) if line.nature not in GIVING),
        Decimal(0),
    )  # fmt: skip
    stretched = earned if possible == most else earned * most / possible
    return Scored(max(Decimal(0), _cents(stretched + taken)), most, told)


def _line_score(line: Line, counted: Counted) -> LineScore:
    return LineScore(line.input, counted.asked, counted.kept, _points(line, counted), line.points)


def _points(line: Line, counted: Counted) -> Decimal | None:
    if line.nature not in GIVING:
        taken = line.points * counted.asked
        return -_cents(taken if line.most is None else min(taken, line.most))
    rate = share(counted)
    if rate is None:
        return None
    if line.nature == Nature.THRESHOLD:
        return _cents(_from_threshold(line, rate))
    return _cents(line.points * (rate if line.nature == Nature.SHARE else HUNDRED - rate) / HUNDRED)


def _from_threshold(line: Line, rate: Decimal) -> Decimal:
    below = (line.threshold or Decimal(0)) - rate
    if below <= 0:
        return line.points
    if line.per_point is None:
        return Decimal(0)
    return max(Decimal(0), line.points - below * line.per_point)


def grade_of(scored: Decimal, most: Decimal, grades: Sequence[tuple[str, Decimal]]) -> str:
    """Return the first grade, from the best on, that the score in per cent of the full score reaches."""
    percent = HUNDRED * scored / most
    return next((name for name, least in grades if percent >= least), "")


def _cents(points: Decimal) -> Decimal:
    return points.quantize(CENT, rounding=ROUND_HALF_UP)
