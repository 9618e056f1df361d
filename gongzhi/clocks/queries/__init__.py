"""What clocks answer: calendars, rules, deadlines, running clocks and their face."""

from gongzhi.clocks.queries.calendars import (
    calendar,
    calendar_of_units,
    calendar_row,
    calendars,
    deadline,
    outside,
    rule,
    rule_limit,
    rules_in_force,
    uncovered_years,
)
from gongzhi.clocks.queries.face import Face, face
from gongzhi.clocks.queries.running import (
    COPY_COLUMNS,
    ClockRow,
    Start,
    Stretch,
    clock,
    clocks_of,
    copy_values,
    explanation,
    remaining,
    row_values,
    running_of,
)
from gongzhi.clocks.queries.showing import hour_versions, hours_on, problem_words, rule_lines
from gongzhi.clocks.queries.snapshot import CalendarRow, Rule, forget
from gongzhi.clocks.queries.spells import Spell, spells
from gongzhi.clocks.queries.tables import day_table, days_csv, days_xlsx
from gongzhi.clocks.queries.trying import Trial, trial
from gongzhi.clocks.queries.words import (
    duration,
    explanation_words,
    full_moment,
    limit_words,
    moment,
    week_words,
    weekday_names,
)
from gongzhi.clocks.queries.years import DayCell, YearView, day_cell, year_view
from gongzhi.clocks.rules import (
    Calendar,
    Counting,
    Deadline,
    EndsAt,
    Limit,
    OutsideCalendar,
    Span,
    UnfitLimit,
    Unit,
    elapsed,
    explain,
    latest_before,
)
from gongzhi.clocks.rules.tables import DayLine, DayTable

__all__ = [
    "COPY_COLUMNS", "Calendar", "CalendarRow", "ClockRow", "Counting", "DayCell", "DayLine",
    "DayTable", "Deadline", "EndsAt", "Face", "Limit", "OutsideCalendar", "Rule", "Span", "Spell", "Start",
    "Stretch", "Trial", "UnfitLimit", "Unit", "YearView", "calendar", "calendar_of_units",
    "calendar_row", "calendars", "clock", "clocks_of", "copy_values", "day_cell", "day_table",
    "days_csv", "days_xlsx", "deadline", "duration", "elapsed", "explain", "explanation",
    "explanation_words", "face", "forget", "full_moment", "hour_versions", "hours_on",
    "latest_before", "limit_words", "moment", "outside", "problem_words", "remaining", "row_values", "rule",
    "rule_limit", "rule_lines", "rules_in_force", "running_of", "spells", "trial", "uncovered_years",
    "week_words", "weekday_names", "year_view",
]  # fmt: skip
