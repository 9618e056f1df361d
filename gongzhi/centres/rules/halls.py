"""Numbers of tickets, days of presence, points of the standard."""

from collections.abc import Mapping, Sequence
from datetime import date


def number_of(prefix: str, serial: int) -> str:
    """A, 7 → A007."""
    return f"{prefix}{serial:03d}"


def is_there(on: date, *, weekdays: Sequence[int], turns: Mapping[date, bool]) -> bool:
    """Whether a partner is at the centre on a day: what was said of that day goes before the weekdays."""
    return turns.get(on, on.isoweekday() in weekdays)


def wait_minutes(waiting: int, *, counters: int, minutes_each: int) -> int:
    """Return about how many minutes somebody waits behind so many."""
    return -(-waiting * minutes_each // max(1, counters))


def score(points: Mapping[str, int], shares: Mapping[str, int]) -> int:
    """Return the points reached, of items with points and the percent met of each; rounded down."""
    return sum(points[item] * shares.get(item, 0) for item in points) // 100
