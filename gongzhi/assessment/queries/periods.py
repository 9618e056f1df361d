"""Periods in words, and which ones to choose from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.assessment.rules import Period, Span, period_of, previous

SPANS: Mapping[str, Any] = {
    Span.DAY: pgettext_lazy("span", "Day"), Span.WEEK: pgettext_lazy("span", "Week"), Span.MONTH: pgettext_lazy("span", "Month"),
    Span.QUARTER: pgettext_lazy("span", "Quarter"), Span.HALF: pgettext_lazy("span", "Half-year"), Span.YEAR: pgettext_lazy("span", "Year"),
    Span.CUSTOM: pgettext_lazy("span", "Own days"),
}  # fmt: skip
PUBLISHED = (Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR)
CHOICES = 18  # ended periods of a length to choose from


def period_words(period: Period) -> str:
    """Name a period as people do: a month, a quarter, or its first and last day."""
    year, month = period.since.year, period.since.month
    if period.span == Span.MONTH:
        return _("{month}/{year}").format(year=year, month=month)
    if period.span == Span.QUARTER:
        return _("quarter {quarter} of {year}").format(year=year, quarter=(month + 2) // 3)
    if period.span == Span.HALF:
        return _("first half of {year}").format(year=year) if month == 1 else _("second half of {year}").format(year=year)  # fmt: skip
    if period.span == Span.YEAR:
        return _("the year {year}").format(year=year)
    return range_words(period)


def range_words(period: Period) -> str:
    if period.since == period.last:
        return period.since.isoformat()
    return _("{first} to {last}").format(first=period.since.isoformat(), last=period.last.isoformat())  # fmt: skip


def ended_periods(span: Span, *, today: date) -> list[Period]:
    """Return the newest periods of a length that have ended, the newest first."""
    found = [previous(period_of(span, today))]
    while len(found) < (CHOICES if span == Span.MONTH else 6):
        found.append(previous(found[-1]))
    return found
