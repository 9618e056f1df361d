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
from gongzhi.clocks.queries.snapshot import CalendarRow, Rule, forget
from gongzhi.clocks.queries.words import duration, explanation_words, limit_words, moment
from gongzhi.clocks.rules import (
    Calendar,
    Counting,
    Deadline,
    EndsAt,
    Limit,
    OutsideCalendar,
    UnfitLimit,
    Unit,
    elapsed,
    explain,
)

__all__ = [
    "COPY_COLUMNS", "Calendar", "CalendarRow", "ClockRow", "Counting", "Deadline", "EndsAt",
    "Face", "Limit", "OutsideCalendar", "Rule", "Start", "Stretch", "UnfitLimit", "Unit",
    "calendar", "calendar_of_units", "calendar_row", "calendars", "clock", "clocks_of",
    "copy_values", "deadline", "duration", "elapsed", "explain", "explanation",
    "explanation_words", "face", "forget", "limit_words", "moment", "outside", "remaining", "row_values",
    "rule", "rule_limit", "rules_in_force", "running_of", "uncovered_years",
]  # fmt: skip
