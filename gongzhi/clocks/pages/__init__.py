"""Calendars, time rules and the deadline calculator, as pages."""

from gongzhi.clocks.pages.calendars import calendars, clear, day, export, hours, new_calendar, year
from gongzhi.clocks.pages.imports import import_days
from gongzhi.clocks.pages.rules import new_version, time_rules
from gongzhi.clocks.pages.trying import try_deadline

__all__ = [
    "calendars", "clear", "day", "export", "hours", "import_days", "new_calendar",
    "new_version", "time_rules", "try_deadline", "year",
]  # fmt: skip
