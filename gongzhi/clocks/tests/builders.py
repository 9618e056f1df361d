"""What the tests of clocks build: calendars, moments, running clocks."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from gongzhi.base.tests.builders import SHANGHAI, local
from gongzhi.clocks import actions
from gongzhi.clocks.queries import ClockRow, Start
from gongzhi.clocks.rules import Calendar, Holidays, Limit, Schedule, parse_week, statutory

WEEK = "1-5 08:00-12:00 14:00-18:00"


def a_calendar(
    hours: str = WEEK,
    *,
    zone: ZoneInfo = SHANGHAI,
    holidays: Holidays | None = None,
    later: Sequence[tuple[str, str]] = (),
) -> Calendar:
    schedules = [Schedule(1, date(2000, 1, 1), parse_week(hours))]
    for version, (valid_from, week) in enumerate(later, start=2):
        schedules.append(Schedule(version, date.fromisoformat(valid_from), parse_week(week)))
    return Calendar(
        code="default",
        zone=zone,
        schedules=schedules,
        holidays=holidays or statutory(),
        first_year=2020,
        last_year=2030,
    )


def a_clock(
    *,
    subject: int = 7,
    name: str = "whole",
    limit: Limit | None = None,
    at: str = "2026-11-16 09:00",
    party: str = "unit:3",
) -> ClockRow:
    start = Start(name, limit or Limit(2, "day"), party=party)
    return actions.change(subject=subject, at=local(at), start=[start])[0]
