"""Spans of days that figures are told for, and those they are compared with."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Span(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CUSTOM = "custom"


@dataclass(frozen=True)
class Period:
    span: Span
    since: date
    until: date  # the day after the last

    @property
    def last(self) -> date:
        return self.until - DAY


MONTHS: Mapping[Span, int] = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


def period_of(span: Span, day: date) -> Period:
    """Return the day, week (from Monday), month, quarter, half or year that a day lies in."""
    if span == Span.WEEK:
        since = day - timedelta(days=day.weekday())
        return Period(span, since, since + 7 * DAY)
    if span in MONTHS:
        months = MONTHS[span]
        since = date(day.year, (day.month - 1) // months * months + 1, 1)
        return Period(span, since, _months_on(since, months))
    return Period(span, day, day + DAY)


def previous(period: Period) -> Period:
    """Return the period before: as many months, or as many days."""
    if period.span in MONTHS:
        return Period(period.span, _months_on(period.since, -MONTHS[period.span]), period.since)
    return Period(period.span, period.since - (period.until - period.since), period.since)


def following(period: Period) -> Period:
    """Return the period after."""
    if period.span in MONTHS:
        return Period(period.span, period.until, _months_on(period.until, MONTHS[period.span]))
    return Period(period.span, period.until, period.until + (period.until - period.since))


def year_before(period: Period) -> Period:
    """Return the same days a year earlier; of a week, 52 weeks earlier: weekdays matter more than dates."""
    if period.span == Span.WEEK:
        return Period(period.span, period.since - 364 * DAY, period.until - 364 * DAY)
    return Period(period.span, _months_on(period.since, -12), _months_on(period.until, -12))


def _months_on(day: date, months: int) -> date:
    """Return the day so many months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
