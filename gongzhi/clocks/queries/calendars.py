"""Questions about calendars and time rules; answered from memory."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.clocks import rules
from gongzhi.clocks.queries.snapshot import SHARED, CalendarRow, Rule, snapshot
from gongzhi.clocks.rules import Calendar, Deadline, Limit, OutsideCalendar, Span


def calendar(code: str = SHARED) -> Calendar:
    return snapshot().calendar(code)


def calendars() -> list[CalendarRow]:
    return sorted(snapshot().calendars.values(), key=lambda row: (row.code != SHARED, row.code))


def calendar_row(code: str) -> CalendarRow:
    return snapshot().row(code)


def calendar_of_units(units: Sequence[int]) -> str:
    """Return the code of the calendar of the first unit that has one (nearest first)."""
    by_unit = {row.unit: row.code for row in snapshot().calendars.values() if row.unit is not None}
    return next((by_unit[unit] for unit in units if unit in by_unit), SHARED)


def rule(code: str, on: date) -> Rule:
    """Return the version of a time rule that is in force on a day."""
    versions = snapshot().rules.get(code, [])
    for candidate in reversed(versions):
        if candidate.valid_from <= on and (candidate.valid_to is None or on < candidate.valid_to):
            return candidate
    raise Refused(_("No time rule “{code}” is in force on {day}.").format(code=code, day=on))


def rule_limit(code: str, on: date) -> Limit:
    """Return the limit a rule sets; Refused when it rules only counts."""
    found = rule(code, on)
    if found.limit is None:
        raise Refused(_("The time rule “{code}” sets no limit.").format(code=code))
    return found.limit


def rules_in_force() -> list[Rule]:
    """Return every version of every rule, newest version of a code first."""
    return [rule for _code, rows in sorted(snapshot().rules.items()) for rule in reversed(rows)]


def uncovered_years(first: int, last: int) -> list[int]:
    known = snapshot().known_years
    return [year for year in range(first, last + 1) if year not in known]


def deadline(
    *,
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    exclusions: Sequence[Span] = (),
    extensions: Sequence[Limit] = (),
) -> Deadline:
    """Compute as rules.deadline does; a time no calendar covers is refused in a sentence."""
    try:
        return rules.deadline(
            start=start, limit=limit, calendar=calendar, pauses=pauses, exclusions=exclusions,
            extensions=extensions,
        )  # fmt: skip
    except OutsideCalendar as error:
        raise outside(error) from error


def outside(error: OutsideCalendar) -> Refused:
    return Refused(
        _("This date lies outside the working calendar, which runs from {first} to {last}.").format(
            first=error.first, last=error.last
        )
    )
