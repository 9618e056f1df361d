"""Stretches of time: pauses and exclusions, put in order and joined where they overlap."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[datetime, datetime | None]  # from, to; an open span has no end yet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
_SECOND = timedelta(seconds=1)


class Gap(NamedTuple):
    """A stretch that does not count, in whole seconds since the epoch; `end` None: still open."""

    start: int
    end: int | None


def seconds_of(moment: datetime) -> int:
    """Return whole seconds since the epoch; a clock counts no fractions."""
    return (moment - EPOCH) // _SECOND


def joined(spans: Iterable[Span], *, until: int | None = None) -> list[Gap]:
    """
    Return disjoint gaps in order. Spans may overlap, touch, stand in any order or be empty.

    With `until`, nothing after that second is known yet: later spans are dropped and what is
    still open ends there.
    """
    ends = sorted(_second_pairs(spans, until), key=lambda gap: gap.start)
    gaps: list[Gap] = []
    for gap in ends:
        if not gaps or ((last := gaps[-1]).end is not None and last.end < gap.start):
            gaps.append(gap)
        elif last.end is not None:
            gaps[-1] = Gap(last.start, None if gap.end is None else max(last.end, gap.end))
    return gaps


def _second_pairs(spans: Iterable[Span], until: int | None) -> Iterable[Gap]:
    for begin, finish in spans:
        start = seconds_of(begin)
        end = None if finish is None else seconds_of(finish)
        if until is not None:
            end = until if end is None else min(end, until)
        if end is None or end > start:
            yield Gap(start, end)
