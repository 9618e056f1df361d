"""Rows and sentences the calendar pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.clocks.queries.calendars import calendar, calendar_row, rules_in_force
from gongzhi.clocks.queries.snapshot import Rule
from gongzhi.clocks.queries.words import limit_words, week_words
from gongzhi.clocks.rules import Hours, format_hours
from gongzhi.clocks.rules.tables import DayTable


@dataclass(frozen=True)
class HourVersion:
    version: int
    valid_from: date
    hours: str
    makeup: str
    source: str


@dataclass(frozen=True)
class RuleLine:
    rule: Rule
    limit: str
    state: str  # in_force, planned, past


def hours_on(code: str, day: date) -> Sequence[Hours]:
    return calendar(code).schedule_on(day).weekdays


def hour_versions(code: str) -> list[HourVersion]:
    row = calendar_row(code)
    ordered = sorted(row.schedules, key=lambda schedule: schedule.valid_from, reverse=True)
    return [
        HourVersion(
            schedule.version,
            schedule.valid_from,
            week_words(schedule.weekdays),
            format_hours(schedule.makeup or schedule.ordinary),
            row.sources.get(schedule.version, ""),
        )
        for schedule in ordered
    ]


def rule_lines(text: str, on: date) -> list[RuleLine]:
    """Return the versions whose code, name or source has the text; each with its state on a day."""
    needle = text.lower()
    lines: list[RuleLine] = []
    in_force: set[str] = set()
    for rule in rules_in_force():
        state = "planned" if rule.valid_from > on else "past"
        if state == "past" and rule.code not in in_force and not _ended(rule, on):
            state = "in_force"
            in_force.add(rule.code)
        if any(needle in part.lower() for part in (rule.code, rule.name, rule.source)):
            lines.append(RuleLine(rule, _terms(rule), state))
    return lines


def _ended(rule: Rule, on: date) -> bool:
    return rule.valid_to is not None and rule.valid_to <= on


def _terms(rule: Rule) -> str:
    said = [limit_words(rule.limit)] if rule.limit else []
    if rule.most is not None:
        said.append(_("at most {n} time(s)").format(n=rule.most))
    if rule.levels is not None:
        said.append(_("{n} level(s) of approval").format(n=rule.levels))
    return "；".join(said)


def problem_words(table: DayTable) -> list[tuple[int, str]]:
    """Say what is wrong with each row that cannot be used, as (row, sentence)."""
    words = {
        "date": _("“{cell}” is not a date."),
        "years": _("“{cell}” lies outside the years of the calendar."),
        "kind": _("“{cell}” is none of 放假, 上班, 平日."),
        "twice": _("“{cell}” stands in the table twice."),
        "long": _("“{cell}” is too long."),
    }
    return [
        (problem.row, words[problem.trouble].format(cell=problem.cell[:40]))
        for problem in table.problems
    ]
