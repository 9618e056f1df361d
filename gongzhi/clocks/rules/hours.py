"""Service hours as people write them: "1-5 08:00-12:00 14:00-18:00; 6 09:00-12:00"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from gongzhi.clocks.rules.calendar import DAY, Hours

_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?")


class UnreadableHours(ValueError):
    """The part of the text that cannot be read is the message."""


def parse_hours(text: str) -> Hours:
    """Read "08:00-12:00 14:00-18:00" into seconds of the day, in order and without overlap."""
    spans = [_span(part) for part in text.replace("，", " ").replace(",", " ").split()]
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise UnreadableHours(text.strip())
    return tuple(spans)


def parse_week(text: str) -> tuple[Hours, ...]:
    """Read one entry a weekday (1 is Monday); a weekday that is not named is closed."""
    week: list[Hours] = [()] * 7
    for part in filter(None, (part.strip() for part in text.replace("；", ";").split(";"))):
        days, _, hours = part.partition(" ")
        for named in days.split(","):
            for day in _day_range(named):
                week[day - 1] = parse_hours(hours)
    return tuple(week)


def format_hours(hours: Hours) -> str:
    return " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in hours)


def format_week(week: Sequence[Hours]) -> str:
    """Write the week, neighbouring weekdays with the same hours together."""
    parts: list[tuple[int, int, Hours]] = []
    for day, hours in enumerate(week, start=1):
        if parts and parts[-1][2] == hours:
            parts[-1] = (parts[-1][0], day, hours)
        else:
            parts.append((day, day, hours))
    return "; ".join(
        f"{first}-{last} {format_hours(hours)}"
        if last > first
        else f"{first} {format_hours(hours)}"
        for first, last, hours in parts
        if hours
    )


def _day_range(text: str) -> range:
    found = _DAYS.fullmatch(text.strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise UnreadableHours(text)
    return range(int(found[1]), int(found[2] or found[1]) + 1)


def _span(text: str) -> tuple[int, int]:
    start, _, end = text.replace("–", "-").replace("：", ":").partition("-")
    span = _seconds(start), _seconds(end)
    if span[0] >= span[1]:
        raise UnreadableHours(text)
    return span


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text.strip())
    if (
        found is None
        or int(found[2]) > 59
        or (seconds := int(found[1]) * 3600 + int(found[2]) * 60) > DAY
    ):
        raise UnreadableHours(text)
    return seconds


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
