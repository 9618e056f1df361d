"""What a change of a scheme would have done: old and new scores on the same matters, who moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.models import Scheme
from gongzhi.assessment.queries.counting import counts_now, grades_of, inputs_of, lines_of
from gongzhi.assessment.queries.subjects import SubjectRow, subjects
from gongzhi.assessment.rules import (
    Counted,
    Moved,
    Period,
    Placed,
    Scored,
    grade_of,
    moves,
    places,
    score,
)
from gongzhi.base.actor import Actor
from gongzhi.figures.queries import Extent


@dataclass(frozen=True)
class PreviewRow:
    name: str
    matters: int
    old: Scored
    new: Scored
    moved: Moved | None  # None: ranked under neither
    old_grade: str
    new_grade: str

    @property
    def by(self) -> Decimal | None:
        if self.old.score is None or self.new.score is None:
            return None
        return self.new.score - self.old.score


@dataclass(frozen=True)
class Preview:
    old: Scheme
    new: Scheme
    period: Period
    rows: Sequence[PreviewRow]  # who moves most first

    @property
    def moved(self) -> int:
        return sum(1 for row in self.rows if row.moved and row.moved.by)

    @property
    def largest(self) -> int:
        return max((abs(row.moved.by) for row in self.rows if row.moved), default=0)


def preview(
    actor: Actor, *, old: Scheme, new: Scheme, within: str, period: Period, at: datetime
) -> Preview:
    """Reckon both versions on the matters of a past period; nothing is kept."""
    inputs = list(
        {one.code: one for row in (old, new) for one in inputs_of(lines_of(row))}.values()
    )
    extent = Extent(period.since, period.until, within, by=new.subject)
    counts = counts_now(actor, Can.VIEW, extent, inputs, at=at)
    on = timezone.localdate(at)
    rows = subjects(new.subject, post=new.post, within=within, on=on, keys=sorted(counts))
    sides = [_side(scheme, rows, counts) for scheme in (old, new)]
    ranks = [{one.key: one.rank for one in placed.values()} for _scored, placed in sides]
    moved = {row.key: row for row in moves(ranks[0], ranks[1])}
    order = {key: place for place, key in enumerate(moved)}
    ordered = sorted(rows, key=lambda row: (order.get(row.key, len(order)), row.key))
    return Preview(
        old, new, period, [_row(row, counts, sides, moved, (old, new)) for row in ordered]
    )


Side = tuple[Mapping[str, Scored], Mapping[str, Placed]]


def _side(
    scheme: Scheme, rows: Sequence[SubjectRow], counts: Mapping[str, Mapping[str, Counted]]
) -> Side:
    lines = lines_of(scheme)
    scored = {row.key: score(lines, counts.get(row.key, {})) for row in rows}
    listed = {
        key: one.score
        for key, one in scored.items()
        if one.score is not None and _matters(counts, key) >= scheme.least
    }
    placed = places(listed, ahead=scheme.ahead, behind=scheme.behind)
    return scored, {one.key: one for one in placed}


def _matters(counts: Mapping[str, Mapping[str, Counted]], key: str) -> int:
    return counts.get(key, {}).get("", Counted(0)).asked


def _row(
    row: SubjectRow,
    counts: Mapping[str, Mapping[str, Counted]],
    sides: Sequence[Side],
    moved: Mapping[str, Moved],
    schemes: tuple[Scheme, Scheme],
) -> PreviewRow:
    old, new = (scored[row.key] for scored, _placed in sides)
    grades = [_grade(scheme, one) for scheme, one in zip(schemes, (old, new), strict=True)]
    return PreviewRow(
        row.name, _matters(counts, row.key), old, new, moved.get(row.key), grades[0], grades[1]
    )


def _grade(scheme: Scheme, scored: Scored) -> str:
    grades = grades_of(scheme)
    if not grades or scored.score is None:
        return ""
    return grade_of(scored.score, scored.most, grades)
