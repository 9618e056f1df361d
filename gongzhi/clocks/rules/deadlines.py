"""When a limit ends, when it turns amber, and how much of it is used. Whole seconds, no framework."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from gongzhi.clocks.rules.calendar import Calendar
from gongzhi.clocks.rules.limits import SECONDS, Counting, Limit, UnfitLimit
from gongzhi.clocks.rules.spans import Gap, Span, joined, seconds_of


class Deadline(NamedTuple):
    """Both times are None while an open pause keeps the limit from ever ending."""

    due_at: datetime | None
    warn_at: datetime | None  # amber from here on
    uncovered: tuple[int, ...] = ()  # years it touches whose holidays are unknown


def deadline(
    *,
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    exclusions: Sequence[Span] = (),
    extensions: Sequence[Limit] = (),
) -> Deadline:
    """Return when the limit ends. Pauses and exclusions do not count; extensions are added."""
    gaps = joined([*pauses, *exclusions]) if pauses or exclusions else []
    begin = counting_start(seconds_of(start), limit, calendar)
    if limit.is_timed and not gaps and not extensions:
        return _undisturbed(begin, limit, calendar)
    due = _due(begin, limit, calendar, gaps, extensions)
    if due is None:
        return Deadline(None, None, _uncovered(begin, begin, limit, calendar))
    warn = _warning(begin, due, limit, calendar, gaps)
    return Deadline(
        calendar.local(due), calendar.local(warn), _uncovered(begin, due, limit, calendar)
    )


def elapsed(
    *,
    start: datetime,
    end: datetime,
    counting: Counting,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    exclusions: Sequence[Span] = (),
) -> int:
    """Return the seconds that counted between two instants; negative when they are reversed."""
    first, last = seconds_of(start), seconds_of(end)
    gaps = joined([*pauses, *exclusions])
    if first > last:
        return -measured(last, first, counting, calendar, gaps)
    return measured(first, last, counting, calendar, gaps)


def remaining(
    *,
    start: datetime,
    at: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    exclusions: Sequence[Span] = (),
    extensions: Sequence[Limit] = (),
) -> int:
    """
    Return the counted seconds that are left at an instant; negative once it is overdue.

    A pause that is still open at that instant has held the clock since it began.
    """
    now = seconds_of(at)
    gaps = joined([*pauses, *exclusions], until=now)
    begin = counting_start(seconds_of(start), limit, calendar)
    due = _due(begin, limit, calendar, gaps, extensions)
    assert due is not None, "no gap is open any more"
    if now <= due:
        return measured(max(now, begin), due, limit.counting, calendar, gaps)
    return -measured(due, now, limit.counting, calendar, gaps)


def counting_start(start: int, limit: Limit, calendar: Calendar) -> int:
    """Return the instant from which the limit is counted."""
    if not limit.from_next_day:
        return calendar.checked(start)
    return calendar.midnight(calendar.ordinal_at(start) + 1)


def measured(
    first: int, last: int, counting: Counting, calendar: Calendar, gaps: Sequence[Gap]
) -> int:
    """Return the seconds between two instants that count: service hours, or every second."""
    position = _position(counting, calendar)
    total = position(last) - position(first)
    for gap in gaps:
        begin, end = max(gap.start, first), last if gap.end is None else min(gap.end, last)
        if begin < end:
            total -= position(end) - position(begin)
    return total


def limit_seconds(limit: Limit, calendar: Calendar, start: int) -> int:
    """Return a timed limit in seconds; a service day is as long as the calendar says."""
    if limit.counting == "service" and limit.unit == "day":
        return limit.amount * calendar.day_seconds_at(start)
    return limit.amount * SECONDS[limit.unit]


# Where the limit ends


def _undisturbed(begin: int, limit: Limit, calendar: Calendar) -> Deadline:
    """The usual case, for speed: the same answer as below for a limit that nothing interrupts."""
    total = limit_seconds(limit, calendar, begin)
    used = total - total * limit.warn_percent // 100
    if limit.counting == "continuous":
        due = calendar.checked(begin + total)
        return Deadline(calendar.local(due), calendar.local(begin + used))
    reached = calendar.position(begin)
    due = calendar.instant(reached + total)
    warn = calendar.instant(reached + used) if used else begin
    return Deadline(calendar.local(due), calendar.local(warn), calendar.uncovered(begin, due))


def _due(
    begin: int, limit: Limit, calendar: Calendar, gaps: Sequence[Gap], extensions: Sequence[Limit]
) -> int | None:
    if any(limit.counting != extension.counting for extension in extensions):
        raise UnfitLimit("counting")
    if limit.is_timed:
        total = sum(limit_seconds(part, calendar, begin) for part in (limit, *extensions))
        position, instant = _position(limit.counting, calendar), _instant(limit.counting, calendar)
        return _walk(begin, total, gaps, position, instant)
    return _end_of_last_day(begin, limit, calendar, gaps, extensions)


def _walk(
    begin: int,
    amount: int,
    gaps: Sequence[Gap],
    position: Callable[[int], int],
    instant: Callable[[int], int],
) -> int | None:
    """Go `amount` steps along the line from `begin`, leaving out the gaps."""
    reached = position(begin)
    for gap in gaps:
        if gap.end is not None and gap.end <= begin:
            continue
        open_until = position(max(gap.start, begin))
        if amount <= open_until - reached:
            break
        if gap.end is None:
            return None
        amount -= open_until - reached
        begin, reached = gap.end, position(gap.end)
    return instant(reached + amount)


def _end_of_last_day(
    begin: int, limit: Limit, calendar: Calendar, gaps: Sequence[Gap], extensions: Sequence[Limit]
) -> int | None:
    found = last_day(begin, limit, calendar, gaps, extensions)
    if found is None:
        return None
    if limit.ends_at == "service":
        return calendar.end_of_service(found.moved)
    return calendar.last_second(found.moved)


class LastDay(NamedTuple):
    counted: int  # the last of the counted days
    moved: int  # the same, or the next working day where the law lets it roll over


def last_day(
    begin: int, limit: Limit, calendar: Calendar, gaps: Sequence[Gap], extensions: Sequence[Limit]
) -> LastDay | None:
    """A day counts unless the clock stands still at its end; so pauses are ranges of whole days."""
    days = [
        Gap(
            calendar.ordinal_at(gap.start),
            None if gap.end is None else calendar.ordinal_at(gap.end),
        )
        for gap in gaps
    ]
    first = calendar.ordinal_at(begin)
    total = _day_count(first, (limit, *extensions), calendar)
    position: Callable[[int], int] = int
    day_at: Callable[[int], int] = int
    if limit.counting == "working":
        position, day_at = calendar.working_position, calendar.working_day
    counted = _walk(first, total, days, position, lambda reached: day_at(reached - 1))
    if counted is None:
        return None
    moved = _next_open_day(counted, calendar, days) if limit.rolls_over else counted
    return None if moved is None else LastDay(counted, moved)


def _day_count(first: int, limits: Sequence[Limit], calendar: Calendar) -> int:
    """
    Return how many days the limits have together, from their first counted day on.

    Months and years end on the day that corresponds to the one before the first counted day.
    """
    before = last = first - 1
    for limit in limits:
        if limit.unit == "day":
            last += limit.amount
        else:
            months = limit.amount * (12 if limit.unit == "year" else 1)
            last = _months_later(date.fromordinal(last), months).toordinal()
        calendar.midnight(last)
    return last - before


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _next_open_day(day: int, calendar: Calendar, paused: Sequence[Gap]) -> int | None:
    while True:
        gap = _gap_around(day, paused)
        if gap is None and calendar.is_working_day(day):
            return day
        if gap is not None and gap.end is None:
            return None
        day = day + 1 if gap is None or gap.end is None else gap.end


def _gap_around(day: int, gaps: Sequence[Gap]) -> Gap | None:
    return next((g for g in gaps if g.start <= day and (g.end is None or day < g.end)), None)


# Amber and warnings


def _warning(begin: int, due: int, limit: Limit, calendar: Calendar, gaps: Sequence[Gap]) -> int:
    """Return when the last part of the counted time begins."""
    counting = limit.measure
    total = measured(begin, due, counting, calendar, gaps)
    used = total - total * limit.warn_percent // 100
    if used <= 0:
        return begin
    warn = _walk(begin, used, gaps, _position(counting, calendar), _instant(counting, calendar))
    return due if warn is None else min(warn, due)


def _uncovered(begin: int, due: int, limit: Limit, calendar: Calendar) -> tuple[int, ...]:
    """Continuous time needs no holidays, nor do whole days that end where they end."""
    needs_holidays = limit.counting in {"service", "working"} or (
        limit.counting == "calendar" and (limit.rolls_over or limit.ends_at == "service")
    )
    return calendar.uncovered(begin, due) if needs_holidays else ()


def _position(counting: Counting, calendar: Calendar) -> Callable[[int], int]:
    return calendar.position if counting in {"service", "working"} else calendar.checked


def _instant(counting: Counting, calendar: Calendar) -> Callable[[int], int]:
    return calendar.instant if counting in {"service", "working"} else calendar.checked
