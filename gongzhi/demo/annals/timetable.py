"""How many reports come in which hour by which door, over four years; and the stretches they are made in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from gongzhi.clocks import queries as clocks
from gongzhi.demo.rhythm import EAST_EIGHT, MACHINE, SEASON, SOURCES, WEEKDAY, rain_on
from gongzhi.demo.seeds import generator

YEARS = 4
GROWTH = 1.07  # reports a year against the year before: residents learn that it helps
HOLIDAY, MAKEUP = 0.48, 1.02  # against an average working day
SPRING_FESTIVAL = 0.55  # of an ordinary holiday: the city has gone home
HOUR = 3600

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """A run of hours whose reports are made at once; depends on nothing but the seed and its number."""

    number: int
    first_id: int
    count: int
    first_hour: int
    last_hour: int  # not included


class Timetable:
    """Reports by hour and source; the counts of all hours add up to the whole."""

    def __init__(self, *, seed: int, count: int, until: datetime) -> None:
        self.seed, self.count = seed, count
        last = (until + EAST_EIGHT).date()
        first = last - timedelta(days=round(365.25 * YEARS))
        self.start = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
        self.start -= int(EAST_EIGHT.total_seconds())
        self.days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        full = (int(until.timestamp()) - self.start) // HOUR
        weights = _weights(seed, self.days)[:, :full]
        drawn = generator(seed, "timetable", count, until.isoformat()).multinomial(
            count, weights.ravel() / weights.sum()
        )
        self.by_hour: Ints = drawn.reshape(weights.shape)
        self.before = np.concatenate([[0], self.by_hour.sum(axis=0).cumsum()])

    def hour_of(self, matter: int) -> int:
        """Return the hour in which so many reports have come already."""
        return int(np.searchsorted(self.before, matter, "left"))

    def stretches(self, *, until_hour: int, size: int) -> Iterator[Stretch]:
        """Cut the hours up to one into stretches of about `size` reports."""
        hour, number = 0, 0
        while hour < until_hour:
            end = min(until_hour, max(hour + 1, self.hour_of(int(self.before[hour]) + size)))
            first, after = int(self.before[hour]), int(self.before[end])
            if after > first:
                yield Stretch(number, first + 1, after - first, hour, end)
                number += 1
            hour = end

    def moments(self, stretch: Stretch) -> tuple[Ints, Ints]:
        """Return the seconds and the sources of a stretch's reports, in the order of time."""
        rng = generator(self.seed, "moments", stretch.first_id)
        counts = self.by_hour[:, stretch.first_hour : stretch.last_hour].ravel()
        width = stretch.last_hour - stretch.first_hour
        slot = np.repeat(np.arange(len(counts)), counts)
        seconds = self.start + (stretch.first_hour + slot % width) * HOUR
        seconds = seconds + rng.integers(0, HOUR, len(slot))
        order = np.argsort(seconds, kind="stable")
        return seconds[order], (slot // width)[order]

    def rain(self, seconds: Ints) -> Ints:
        """Return how wet the day of each report was, 0 to 3."""
        number = (seconds - self.start) // (24 * HOUR)
        first, last = int(number.min()), int(number.max())
        wet = [round(rain_on(self.seed, day)) for day in self.days[first : last + 1]]
        return np.array(wet, dtype=np.int64)[number - first]


def _weights(seed: int, days: list[date]) -> Floats:
    """Return how much of all reports each source has in each hour, one row a source."""
    people = np.array([_day_weight(seed, day) for day in days])
    machines = np.array([SEASON[day.month - 1] * (1 + 0.3 * rain_on(seed, day)) for day in days])
    growth = GROWTH ** (np.arange(len(days)) / 365.25)
    total = sum(share for share, _hours in SOURCES.values())
    made = []
    for share, hours in SOURCES.values():
        daily = (machines if hours is MACHINE else people) * growth
        table = np.outer(daily, hours).ravel()
        made.append(table / table.sum() * share / total)
    return np.array(made)


def _day_weight(seed: int, day: date) -> float:
    weight = SEASON[day.month - 1] * _WEEK[_kind_of(day)](day) * (1 + 0.16 * rain_on(seed, day))
    return weight * (SPRING_FESTIVAL if clocks.calendar().name_of(day) == "春节" else 1.0)


def _kind_of(day: date) -> str:
    return clocks.calendar().kind_of(day)


_WEEK: dict[str, Callable[[date], float]] = {
    "working": lambda day: WEEKDAY[day.weekday()],
    "weekend": lambda day: WEEKDAY[day.weekday()],
    "holiday": lambda _day: HOLIDAY,
    "makeup": lambda _day: MAKEUP,
}
