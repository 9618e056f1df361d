"""Calendars and time rules in memory: shipped content with the city's tables on top."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base import snapshots
from gongzhi.base.errors import Invalid
from gongzhi.clocks.models import (
    HolidayDay,
    HolidayYear,
    Revision,
    ServiceCalendar,
    ServiceHours,
    TimeRule,
)
from gongzhi.clocks.rules import SOURCE, Calendar, Holidays, Limit, Schedule, parse_week, statutory
from gongzhi.clocks.rules.hours import parse_hours

CONTENT = Path(__file__).parents[1] / "content"
SHARED = "default"  # its holidays hold for every calendar that keeps holidays


@dataclass(frozen=True)
class Rule:
    """One version of a rule about time, shipped or of the city's own table."""

    code: str
    version: int
    name: str
    limit: Limit | None  # None: only the counts below are ruled
    most: int | None
    levels: int | None
    source: str
    valid_from: date
    valid_to: date | None
    shipped: bool = False

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"


@dataclass(frozen=True)
class DayRow:
    kind: str
    name: str
    source: str
    shipped: bool


@dataclass
class CalendarRow:
    code: str
    name: str
    zone: str
    keeps_holidays: bool
    unit: int | None = None
    shipped: bool = False
    schedules: list[Schedule] = field(default_factory=list)
    sources: dict[int, str] = field(default_factory=dict)


@dataclass
class Snapshot:
    """Everything that rarely changes, as it was at one revision."""

    calendars: dict[str, CalendarRow]
    days: dict[str, dict[date, DayRow]]
    years: dict[int, str]
    rules: dict[str, list[Rule]]
    compiled: dict[str, Calendar] = field(default_factory=dict)

    def calendar(self, code: str) -> Calendar:
        if code not in self.compiled:
            self.compiled[code] = self._compile(code)
        return self.compiled[code]

    def row(self, code: str) -> CalendarRow:
        try:
            return self.calendars[code]
        except KeyError:
            raise Invalid(
                {"calendar": _("There is no calendar “{code}”.").format(code=code)}
            ) from None

    def _compile(self, code: str) -> Calendar:
        row = self.row(code)
        days = self.days_of(code) if row.keeps_holidays else {}
        return _compiled(
            code=code,
            name=row.name,
            zone=row.zone or settings.TIME_ZONE,
            schedules=tuple(row.schedules),
            days=tuple((day, found.kind, found.name) for day, found in days.items()),
            years=self.known_years if row.keeps_holidays else None,
        )

    @property
    def known_years(self) -> frozenset[int]:
        return frozenset(self.years)

    def days_of(self, code: str) -> Mapping[date, DayRow]:
        """Return what is known of single days: shipped, then the city's, then the calendar's own."""
        merged = {**_shipped_days(), **self.days.get(SHARED, {})}
        return merged if code == SHARED else {**merged, **self.days.get(code, {})}


@lru_cache(maxsize=64)
def _compiled(
    *,
    code: str,
    name: str,
    zone: str,
    schedules: tuple[Schedule, ...],
    days: tuple[tuple[date, str, str], ...],
    years: frozenset[int] | None,
) -> Calendar:
    """Compile sixty years once for the same content: most revisions change another calendar, or a rule."""
    return Calendar(
        code=code,
        name=name,
        zone=ZoneInfo(zone),
        schedules=schedules,
        holidays=Holidays(
            off={day: words for day, kind, words in days if kind == "holiday"},
            makeup={day: words for day, kind, words in days if kind == "workday"},
            years=years,
        ),
    )


def content(name: str) -> Iterator[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _revision() -> int:
    return Revision.objects.values_list("number", flat=True).first() or 0


def _read(_revision: int) -> Snapshot:
    days: dict[str, dict[date, DayRow]] = {}
    for day in HolidayDay.objects.all():
        row = DayRow(day.kind, day.name, day.source, shipped=False)
        days.setdefault(day.calendar, {})[day.date] = row
    years = dict.fromkeys(statutory().years or (), SOURCE)
    years.update(HolidayYear.objects.values_list("year", "source"))
    return Snapshot(_calendars(), days, years, _rules())


def _calendars() -> dict[str, CalendarRow]:
    rows: dict[str, CalendarRow] = {}
    for line in content("calendars.csv"):
        rows[line["code"]] = CalendarRow(
            line["code"], line["name"], line["zone"], line["keeps_holidays"] == "1", shipped=True,
            schedules=[_schedule(1, date.fromisoformat(line["valid_from"]), line["hours"], line["makeup"])],
            sources={1: line["source"]},
        )  # fmt: skip
    codes: dict[int, str] = {}
    for found in ServiceCalendar.objects.all():
        codes[found.pk] = found.code
        shipped = rows.get(found.code)
        rows[found.code] = CalendarRow(
            found.code, found.name, found.zone, found.keeps_holidays, found.unit_id,
            schedules=list(shipped.schedules) if shipped else [],
            sources=dict(shipped.sources) if shipped else {},
        )  # fmt: skip
    for hours in ServiceHours.objects.order_by("version"):
        row = rows[codes[hours.calendar_id]]
        row.schedules.append(_schedule(hours.version, hours.valid_from, hours.hours, hours.makeup))
        row.sources[hours.version] = hours.source
    return {code: row for code, row in rows.items() if row.schedules}


def _schedule(version: int, valid_from: date, hours: str, makeup: str) -> Schedule:
    return Schedule(version, valid_from, parse_week(hours), parse_hours(makeup))


def _shipped_days() -> Mapping[date, DayRow]:
    if not _SHIPPED:
        known = statutory()
        _SHIPPED.update(
            {day: DayRow("holiday", name, SOURCE, shipped=True) for day, name in known.off.items()}
        )
        _SHIPPED.update(
            {
                day: DayRow("workday", name, SOURCE, shipped=True)
                for day, name in known.makeup.items()
            }
        )
    return _SHIPPED


_SHIPPED: dict[date, DayRow] = {}


def _rules() -> dict[str, list[Rule]]:
    rules = {
        rule.key: rule
        for name in ("time_rules.csv", "time_rules_law.csv")
        for rule in _shipped(name)
    }
    for row in TimeRule.objects.values():
        rule = _rule(row)
        rules[rule.key] = rule
    by_code: dict[str, list[Rule]] = {}
    for rule in sorted(rules.values(), key=lambda rule: (rule.valid_from, rule.version)):
        by_code.setdefault(rule.code, []).append(rule)
    return by_code


def _shipped(name: str) -> Iterator[Rule]:
    for line in content(name):
        values: dict[str, Any] = dict(line)
        for number in ("version", "amount", "most", "levels", "warn_percent"):
            values[number] = int(line[number]) if line[number] else None
        for flag in ("from_next_day", "rolls_over"):
            values[flag] = line[flag] == "1"
        values["valid_from"] = date.fromisoformat(line["valid_from"])
        values["valid_to"] = date.fromisoformat(line["valid_to"]) if line["valid_to"] else None
        yield _rule(values, shipped=True)


def _rule(values: Mapping[str, Any], *, shipped: bool = False) -> Rule:
    limit = Limit.from_dict(values) if values["amount"] else None
    kept = ("code", "version", "name", "most", "levels", "source", "valid_from", "valid_to")
    return Rule(limit=limit, shipped=shipped, **{name: values[name] for name in kept})


_shelf = snapshots.Snapshot(mark=_revision, read=_read)
snapshot, forget = _shelf.current, _shelf.forget
