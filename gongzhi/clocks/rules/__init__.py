"""Pure arithmetic of time limits: plain values in and out, no framework, no present time."""

from gongzhi.clocks.rules.backwards import latest_before
from gongzhi.clocks.rules.calendar import Calendar, Holidays, Hours, OutsideCalendar, Schedule
from gongzhi.clocks.rules.deadlines import Deadline, deadline, elapsed, limit_seconds, remaining
from gongzhi.clocks.rules.explanations import Explanation, Step, explain
from gongzhi.clocks.rules.hours import (
    UnreadableHours,
    format_hours,
    format_week,
    parse_hours,
    parse_week,
)
from gongzhi.clocks.rules.limits import Counting, EndsAt, Limit, UnfitLimit, Unit
from gongzhi.clocks.rules.spans import Span, joined, seconds_of
from gongzhi.clocks.rules.statutory import SOURCE, statutory

__all__ = [
    "SOURCE", "Calendar", "Counting", "Deadline", "EndsAt", "Explanation", "Holidays", "Hours",
    "Limit", "OutsideCalendar", "Schedule", "Span", "Step", "UnfitLimit", "Unit",
    "UnreadableHours", "deadline", "elapsed", "explain", "format_hours", "format_week", "joined",
    "latest_before", "limit_seconds", "parse_hours", "parse_week", "remaining", "seconds_of", "statutory",
]  # fmt: skip
