"""What was written since the lake last read the facts."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from gongzhi.insight.models import Touched

AT_ONCE = 20_000  # matters of one round; a month with more of them is read as a whole


@dataclass(frozen=True)
class Round:
    """Part of what waits: whole months, single matters, and the marks they were noted under."""

    months: list[date] = field(default_factory=list)
    matters: dict[date, list[int]] = field(default_factory=dict)
    marks: list[tuple[int, int]] = field(default_factory=list)  # row and turn
    is_last: bool = True


def next_round() -> Round:
    """Return the next whole month, else the single matters that wait; one statement."""
    rows = list(
        Touched.objects.order_by("matter_id", "month").values_list("pk", "turn", "matter_id", "month")[: AT_ONCE + 1]
    )  # fmt: skip
    whole = [row for row in rows if not row[2]]
    if whole:
        pk, turn, _all, month = whole[0]
        return Round(months=[month], marks=[(pk, turn)], is_last=len(rows) == 1)
    singles: dict[date, list[int]] = defaultdict(list)
    for _pk, _turn, matter_id, month in rows[:AT_ONCE]:
        singles[month].append(matter_id)
    marks = [(pk, turn) for pk, turn, _matter, _month in rows[:AT_ONCE]]
    return Round(matters=dict(singles), marks=marks, is_last=len(rows) <= AT_ONCE)


def waiting() -> int:
    """Return how many marks wait, but not beyond a million."""
    found: int = Touched.objects.all()[:1_000_000].count()
    return found
