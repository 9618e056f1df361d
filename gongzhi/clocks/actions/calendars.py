"""Set apart days, open calendars, change hours, publish time rules. Every change is in the trail."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.clocks import queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.events import CalendarChanged
from gongzhi.clocks.models import (
    HolidayDay,
    HolidayYear,
    Revision,
    ServiceCalendar,
    ServiceHours,
    TimeRule,
)
from gongzhi.clocks.queries import Limit
from gongzhi.clocks.queries.snapshot import SHARED
from gongzhi.clocks.rules import UnreadableHours, parse_hours, parse_week
from gongzhi.clocks.rules.tables import DayLine


def set_day(
    *,
    calendar: str,
    day: date,
    kind: str,
    actor: Actor,
    at: datetime,
    name: str = "",
    source: str = "",
) -> None:
    """Set one day apart: a day off, a make-up workday, or an ordinary day after all."""
    line = DayLine(day, kind, name.strip(), source.strip())
    set_days(calendar=calendar, lines=[line], complete_years=(), actor=actor, at=at)


@transaction.atomic
def set_days(
    *,
    calendar: str,
    lines: Sequence[DayLine],
    complete_years: Sequence[int],
    actor: Actor,
    at: datetime,
) -> int:
    """Write many days at once; `complete_years` are those whose whole arrangement is now known."""
    _manager(actor)
    _checked_days(calendar, [line.date for line in lines])
    HolidayDay.objects.bulk_create(
        [
            HolidayDay(
                calendar=calendar, date=line.date, kind=line.kind, name=line.name[:40],
                source=line.source[:200],
            )
            for line in lines
        ],
        update_conflicts=True, unique_fields=["calendar", "date"],
        update_fields=["kind", "name", "source"],
    )  # fmt: skip
    for year in complete_years:
        source = next((line.source for line in lines if line.source), _("entered by the city"))
        HolidayYear.objects.update_or_create(year=year, defaults={"source": source[:200]})
    days = [line.date for line in lines]
    days += [day for year in complete_years for day in (date(year, 1, 1), date(year, 12, 31))]
    detail = {"days": len(lines), "first": str(min(days)), "last": str(max(days))}
    _changed(calendar, days, at)
    audit.record(actor=actor, verb="set_days", subject=f"calendar:{calendar}", at=at, detail=detail)
    return len(lines)


@transaction.atomic
def clear_day(*, calendar: str, day: date, actor: Actor, at: datetime) -> None:
    """Take back what was set for a day; the shipped arrangement holds again."""
    _manager(actor)
    deleted, _rows = HolidayDay.objects.filter(calendar=calendar, date=day).delete()
    if not deleted:
        raise Invalid({"date": _("Nothing was set for this day.")})
    _changed(calendar, [day], at)
    audit.record(
        actor=actor,
        verb="clear_day",
        subject=f"calendar:{calendar}",
        at=at,
        detail={"day": str(day)},
    )


@transaction.atomic
def open_calendar(
    *,
    code: str,
    name: str,
    hours: str,
    actor: Actor,
    at: datetime,
    unit: int | None = None,
    makeup: str = "",
    keeps_holidays: bool = True,
    source: str = "",
) -> None:
    """Open a calendar of its own for a unit (and the units below it) or for a kind of duty."""
    _manager(actor)
    if any(row.code == code for row in queries.calendars()):
        raise Invalid({"code": _("There is a calendar with this code already.")})
    if unit is not None and ServiceCalendar.objects.filter(unit=unit).exists():
        raise Invalid({"unit": _("This unit has a calendar already.")})
    _checked_hours(hours, makeup)
    opened = ServiceCalendar.objects.create(
        code=code, name=name.strip(), unit_id=unit, keeps_holidays=keeps_holidays
    )
    ServiceHours.objects.create(
        calendar=opened, version=1, valid_from=date(2000, 1, 1), hours=hours, makeup=makeup,
        source=source,
    )  # fmt: skip
    _bump()
    audit.record(actor=actor, verb="open_calendar", subject=f"calendar:{code}", at=at, detail={"hours": hours})  # fmt: skip


@transaction.atomic
def change_hours(
    *,
    calendar: str,
    valid_from: date,
    hours: str,
    actor: Actor,
    at: datetime,
    makeup: str = "",
    source: str = "",
) -> None:
    """Add a version of service hours from a date on; earlier days keep theirs."""
    _manager(actor)
    row = queries.calendar_row(calendar)
    _checked_hours(hours, makeup)
    _checked_days(calendar, [valid_from])
    if any(schedule.valid_from == valid_from for schedule in row.schedules):
        raise Invalid({"valid_from": _("A version begins on this day already.")})
    kept, _created = ServiceCalendar.objects.get_or_create(
        code=calendar,
        defaults={"name": row.name, "zone": row.zone, "keeps_holidays": row.keeps_holidays},
    )
    version = max(schedule.version for schedule in row.schedules) + 1
    ServiceHours.objects.create(
        calendar=kept, version=version, valid_from=valid_from, hours=hours, makeup=makeup,
        source=source,
    )  # fmt: skip
    last = date(queries.calendar(calendar).last_year, 12, 31)
    _changed(calendar, [valid_from, last], at)
    audit.record(
        actor=actor, verb="change_hours", subject=f"calendar:{calendar}", at=at,
        detail={"version": version, "hours": hours, "valid_from": str(valid_from)},
    )  # fmt: skip


@transaction.atomic
def publish_rule(
    *,
    code: str,
    name: str,
    limit: Limit | None,
    source: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    most: int | None = None,
    levels: int | None = None,
) -> int:
    """Publish a new version of a time rule; what runs keeps the version it began with."""
    _manager(actor)
    versions = [rule for rule in queries.rules_in_force() if rule.code == code]
    if versions and valid_from <= max(rule.valid_from for rule in versions):
        raise Invalid({"valid_from": _("A new version begins later than the one before.")})
    if not source.strip():
        raise Invalid({"source": _("Name the law or decision this rule comes from.")})
    held = TimeRule.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    version = max([held, *(rule.version for rule in versions)]) + 1
    terms: dict[str, Any] = limit.as_dict() if limit else {}
    TimeRule.objects.create(
        code=code, version=version, name=name.strip(), most=most, levels=levels,
        source=source.strip(), valid_from=valid_from, **terms,
    )  # fmt: skip
    _bump()
    audit.record(
        actor=actor, verb="publish_rule", subject=f"time_rule:{code}", at=at,
        detail={"version": version, **terms},
    )  # fmt: skip
    return version


def _manager(actor: Actor) -> None:
    if not actor.can(Can.MANAGE):
        raise OutOfReach


def _checked_hours(hours: str, makeup: str) -> None:
    for field, text, read in (("hours", hours, parse_week), ("makeup", makeup, parse_hours)):
        try:
            read(text)
        except UnreadableHours as error:
            raise Invalid(
                {field: _("“{text}” cannot be read as service hours.").format(text=error)}
            ) from error
    if not any(parse_week(hours)):
        raise Invalid({"hours": _("At least one weekday needs service hours.")})


def _checked_days(calendar: str, days: Sequence[date]) -> None:
    compiled = queries.calendar(calendar)
    if any(not compiled.first_year <= day.year <= compiled.last_year for day in days):
        raise Invalid(
            {
                "date": _("Dates from {first} to {last} can be set.").format(
                    first=compiled.first_year, last=compiled.last_year
                )
            }
        )


def _changed(calendar: str, days: Sequence[date], at: datetime) -> None:
    """Let every process reload, and have what runs over these days worked out again."""
    _bump()
    around = timedelta(days=1)
    bus.publish(CalendarChanged(calendar or SHARED, min(days) - around, max(days), at))


def _bump() -> None:
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.create(pk=1, number=1)
    queries.forget()
