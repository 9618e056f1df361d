"""
A slow and simple second opinion: walks every minute (or day) and counts.

It shares no arithmetic with the rules: each minute's local time is asked of the zone, each day is
looked up by name, and the answer is the n-th minute that counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from gongzhi.clocks.rules import Calendar, Limit, Unit, deadline

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
Pause = tuple[int, int]  # minutes since the oracle's first


@dataclass(frozen=True)
class Case:
    start: int  # minutes since the oracle's first
    limit: Limit
    pauses: tuple[Pause, ...]


class Oracle:
    def __init__(
        self,
        *,
        zone: ZoneInfo,
        week: Sequence[Sequence[tuple[int, int]]],
        off: Mapping[date, str],
        makeup: Mapping[date, str],
        first: date,
        days: int,
    ) -> None:
        self.zone, self.week, self.off, self.makeup = zone, week, off, makeup
        self.first = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
        self.minutes = days * 1440
        self.serves = np.fromiter(map(self._serves, range(self.minutes)), dtype=bool)

    def moment(self, minute: int) -> datetime:
        return (self.first + minute * MINUTE).astimezone(self.zone)

    def _serves(self, minute: int) -> bool:
        local = self.moment(minute)
        return self._is_open(local.date(), local.hour * 3600 + local.minute * 60)

    def _is_open(self, day: date, second: int) -> bool:
        return any(start <= second < end for start, end in self._hours(day))

    def _hours(self, day: date) -> Sequence[tuple[int, int]]:
        if day in self.off:
            return ()
        hours = self.week[day.weekday()]
        return (hours or self.week[0]) if day in self.makeup else hours

    def due(self, case: Case) -> datetime | None:
        """Return when the limit ends; None when the walk leaves the oracle's days."""
        if case.limit.is_timed:
            minute = self._walk_minutes(case)
            return None if minute is None else self.moment(minute)
        return self._walk_days(case)

    def _walk_minutes(self, case: Case) -> int | None:
        limit = case.limit
        wanted = limit.amount * {"minute": 1, "hour": 60, "day": 1440}[limit.unit]
        if limit.counting == "service" and limit.unit == "day":
            wanted = limit.amount * sum(end - start for start, end in self.week[0]) // 60
        reach = 4000
        while case.start + reach < self.minutes:
            stop = case.start + reach
            counts = (
                self.serves[case.start : stop].copy()
                if limit.counting == "service"
                else np.ones(reach, dtype=bool)
            )
            for begin, end in case.pauses:
                counts[max(begin - case.start, 0) : max(end - case.start, 0)] = False
            found = np.flatnonzero(counts)
            if len(found) >= wanted:
                return case.start + int(found[wanted - 1]) + 1
            reach *= 3
        return None

    def _walk_days(self, case: Case) -> datetime:
        limit = case.limit
        pauses = [(self.moment(begin), self.moment(end)) for begin, end in case.pauses]
        day, counted = self.moment(case.start).date(), 0
        if limit.from_next_day:
            day += ONE_DAY
        while True:
            works = limit.counting == "calendar" or bool(self._hours(day))
            if works and not self._is_held(day, pauses):
                counted += 1
                if counted == limit.amount:
                    break
            day += ONE_DAY
        while limit.rolls_over and (self._is_held(day, pauses) or not self._hours(day)):
            day += ONE_DAY
        return self._end(day)

    def _end(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=self.zone)

    def _is_held(self, day: date, pauses: Sequence[tuple[datetime, datetime]]) -> bool:
        end = self._end(day)
        return any(begin <= end < finish for begin, finish in pauses)


def random_cases(random: Random, oracle: Oracle, count: int) -> Iterator[Case]:
    for _ in range(count):
        start = random.randrange(0, oracle.minutes - 1440 * 150)
        yield Case(start, _random_limit(random), _random_pauses(random, start))


def _random_limit(random: Random) -> Limit:
    if random.random() < 0.12:
        return Limit(
            random.randint(1, 20),
            "day",
            random.choice(("working", "calendar")),
            from_next_day=random.random() < 0.5,
            rolls_over=random.random() < 0.5,
        )
    unit, most = random.choice(_TIMED)
    return Limit(random.randint(1, most), unit, random.choice(("service", "service", "continuous")))


_TIMED: tuple[tuple[Unit, int], ...] = (("minute", 600), ("hour", 60), ("day", 12))


def _random_pauses(random: Random, start: int) -> tuple[Pause, ...]:
    """Pauses overlap, touch, nest, begin before the start, and may be empty."""
    pauses = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        begin = max(0, start + random.randint(-2000, 12000))
        pauses.append((begin, begin + random.choice((0, 1, 60, 500, 1440, 6000))))
    return tuple(pauses)


def difference(case: Case, oracle: Oracle, calendar: Calendar) -> str:
    """Return what the two disagree on; empty when they agree."""
    expected = oracle.due(case)
    if expected is None:
        return ""
    pauses = [(oracle.moment(begin), oracle.moment(end)) for begin, end in case.pauses]
    found = deadline(
        start=oracle.moment(case.start), limit=case.limit, calendar=calendar, pauses=pauses
    ).due_at
    if found is not None and found.astimezone(UTC) == expected.astimezone(UTC):
        return ""
    return f"{case}: rules say {found}, walking says {expected}"
