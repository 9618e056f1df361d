"""Which line of the table fits a dispute, how it is shared, and when a budget stops. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

GRADES = ("simple", "ordinary", "major", "grave")
FORMS = ("written", "oral", "partial", "none")


@dataclass(frozen=True)
class Line:
    """One line of a rule table."""

    id: int
    grade: str
    form: str
    least_score: Decimal  # points of the file, of seven
    needs_performed: bool
    amount: int  # yuan


@dataclass(frozen=True)
class Work:
    """What was done, as far as money depends on it."""

    grade: str
    form: str
    score: Decimal | None  # of seven; None: nobody scored the file yet
    is_performed: bool


def line_for(lines: Sequence[Line], work: Work) -> Line | None:
    """Return the line that asks the most of what the work gives; a file nobody scored counts as nought."""
    score = work.score if work.score is not None else Decimal(0)
    fitting = [
        line
        for line in lines
        if (line.grade, line.form) == (work.grade, work.form)
        and line.least_score <= score
        and (work.is_performed or not line.needs_performed)
    ]
    return max(fitting, key=lambda line: (line.least_score, line.needs_performed), default=None)


def form_of(outcome: str) -> str:
    """Return the form a dispute's outcome counts as: refused and withdrawn ended without agreement."""
    return outcome if outcome in FORMS else "none"


def shares(amount: int, count: int) -> list[int]:
    """Share whole yuan equally; what cannot be shared goes to the first, who led: 100 among 3 → 34, 33, 33."""
    if count < 1:
        return []
    each, left = divmod(amount, count)
    return [each + (left if place == 0 else 0) for place in range(count)]


def masked_number(number: str) -> str:
    """Return a dispute's number as the publicity shows it: 26-1123-••••-7."""
    parts = number.split("-")
    hidden = [part if place in {0, 1, 3} else "•" * len(part) for place, part in enumerate(parts)]
    return "-".join(hidden)


def masked_person(name: str) -> str:
    """Return 何•• for 何静雯: the publicity names the office, not the person."""
    return f"{name[:1]}{'•' * max(1, len(name) - 1)}" if name else ""
