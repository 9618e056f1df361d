"""Why a limit ends when it does, as steps that others put into words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from gongzhi.clocks.rules.calendar import Calendar, DayKind
from gongzhi.clocks.rules.deadlines import Deadline, counting_start, deadline, last_day, measured
from gongzhi.clocks.rules.limits import Limit
from gongzhi.clocks.rules.spans import Gap, Span, joined, seconds_of

StepKind = Literal[
    "limit", "calendar", "start", "counted", "makeup", "weekend", "holiday", "idle", "pause",
    "exclusion", "extension", "rolled", "due", "held", "uncovered",
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    kind: StepKind
    first: date | None = None
    last: date | None = None
    days: int = 0
    seconds: int = 0  # counted in these days; on a row of equal days: altogether
    name: str = ""
    at: datetime | None = None
    until: datetime | None = None
    limit: Limit | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Explanation:
    due: Deadline
    steps: tuple[Step, ...]
    calendar: Calendar


def explain(
    *,
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    exclusions: Sequence[Span] = (),
    extensions: Sequence[Limit] = (),
    at: datetime | None = None,
) -> Explanation:
    """Return the steps from the start to the end of the limit; `at` bounds what is still open."""
    due = deadline(
        start=start, limit=limit, calendar=calendar, pauses=pauses, exclusions=exclusions,
        extensions=extensions,
    )  # fmt: skip
    gaps = joined([*pauses, *exclusions])
    begin = counting_start(seconds_of(start), limit, calendar)
    rolled, counted_until = _rolled(begin, limit, calendar, gaps, extensions)
    if counted_until is None:
        counted_until = seconds_of(due.due_at or at or start)
    steps = [
        Step("limit", limit=limit),
        Step("calendar", name=calendar.name or calendar.code),
        Step("start", at=start.astimezone(calendar.zone), until=calendar.local(begin)),
        *(Step("extension", limit=extension) for extension in extensions),
        *(_span_step("pause", span, calendar) for span in sorted(pauses, key=_begin)),
        *(_span_step("exclusion", span, calendar) for span in sorted(exclusions, key=_begin)),
        *_days(_Count(begin, counted_until, limit, calendar, gaps)),
        *rolled,
        Step("due", at=due.due_at) if due.due_at else Step("held"),
        *([Step("uncovered", years=due.uncovered)] if due.uncovered else []),
    ]
    return Explanation(due, tuple(steps), calendar)


def _rolled(
    begin: int, limit: Limit, calendar: Calendar, gaps: Sequence[Gap], extensions: Sequence[Limit]
) -> tuple[list[Step], int | None]:
    """Return the step that tells of a last day moved to a working day, and where counting ended."""
    if limit.is_timed or not limit.rolls_over:
        return [], None
    found = last_day(begin, limit, calendar, gaps, extensions)
    if found is None or found.counted == found.moved:
        return [], None
    counted = date.fromordinal(found.counted)
    step = Step(
        "rolled", first=counted, last=date.fromordinal(found.moved), name=calendar.name_of(counted)
    )
    return [step], calendar.last_second(found.counted)


def _begin(span: Span) -> datetime:
    return span[0]


def _span_step(kind: Literal["pause", "exclusion"], span: Span, calendar: Calendar) -> Step:
    begin, end = span
    return Step(
        kind, at=begin.astimezone(calendar.zone), until=end and end.astimezone(calendar.zone)
    )


class _Count(NamedTuple):
    """What is counted, from where to where."""

    begin: int
    until: int
    limit: Limit
    calendar: Calendar
    gaps: Sequence[Gap]


def _days(count: _Count) -> Iterator[Step]:
    """Tell every day, neighbours of the same sort in one row."""
    day_of = count.calendar.ordinal_at
    row: Step | None = None
    for ordinal in range(day_of(count.begin), day_of(max(count.begin, count.until)) + 1):
        step = _day(ordinal, count)
        if row is not None and _continues(row, step):
            row = replace(
                row, last=step.last, days=row.days + step.days, seconds=row.seconds + step.seconds
            )
            continue
        if row is not None:
            yield row
        row = step
    if row is not None:
        yield row


def _continues(row: Step, step: Step) -> bool:
    """Rows join days of one sort; counted days only if each gave the same time."""
    if (row.kind, row.name) != (step.kind, step.name):
        return False
    return step.kind != "counted" or row.seconds == step.seconds * row.days


def _day(ordinal: int, count: _Count) -> Step:
    begin, until, limit, calendar, gaps = count
    day = date.fromordinal(ordinal)
    seconds = 0
    if limit.is_timed:
        first, last = max(begin, calendar.midnight(ordinal)), calendar.last_second(ordinal) + 1
        seconds = measured(first, max(first, min(until, last)), limit.counting, calendar, gaps)
        counts = seconds > 0
    else:
        counts = _counts_whole(ordinal, count)
    kind = _kind(calendar.kind_of(day), limit, counts=counts)
    name = calendar.name_of(day) if kind in {"makeup", "holiday"} else ""
    return Step(kind, first=day, last=day, days=int(counts), seconds=seconds, name=name)


def _counts_whole(ordinal: int, count: _Count) -> bool:
    """A whole day counts unless the clock stands still at its end."""
    end = count.calendar.last_second(ordinal)
    if any(gap.start <= end and (gap.end is None or end < gap.end) for gap in count.gaps):
        return False
    return count.limit.counting == "calendar" or count.calendar.is_working_day(ordinal)


def _kind(day: DayKind, limit: Limit, *, counts: bool) -> StepKind:
    keeps_holidays = limit.measure == "service"
    if counts:
        return "makeup" if keeps_holidays and day == "makeup" else "counted"
    if keeps_holidays and day in {"weekend", "holiday"}:
        return "weekend" if day == "weekend" else "holiday"
    return "idle"
