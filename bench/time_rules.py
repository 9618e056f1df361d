"""The clock: deadlines a second on one core, and whether a million of them agree with walking every minute."""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from gongzhi.clocks import queries
from gongzhi.clocks.rules import Calendar, Limit, Schedule, parse_week, statutory
from gongzhi.clocks.tests.oracle import Oracle, difference, random_cases

WEEK = "1-5 08:00-12:00 14:00-18:00"
STARTS = 50_000
CASES = 1_000_000
LIMITS = {
    "service days": Limit(5, "day"),
    "service hours": Limit(4, "hour"),
    "urgent hours": Limit(2, "hour", "continuous"),
    "working days": Limit(3, "day", "working", from_next_day=True),
    "calendar days": Limit(60, "day", "calendar", from_next_day=True, rolls_over=True),
}


def run(record: Callable[..., None]) -> None:
    calendar = queries.calendar()
    first = datetime(2026, 1, 1, tzinfo=calendar.zone)
    starts = [first + timedelta(minutes=7 * i, seconds=i % 60) for i in range(STARTS)]
    rates = {
        name: max(_rate(starts, limit, calendar) for _ in range(3))
        for name, limit in LIMITS.items()
    }
    said = ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items())
    record(
        name="clocks.deadline", value=round(min(rates.values())), unit="deadlines/s", target=100_000,
        better="higher",
        how=f"slowest kind, one core, best of 3 × {STARTS:,} starts in 2026: {said}",
    )  # fmt: skip
    record(
        name="clocks.differs_from_oracle", value=_differences(), unit="cases", target=0,
        better="lower",
        how=f"{CASES:,} random starts, limits and pauses, each walked minute by minute or day by day",
    )  # fmt: skip


def _rate(starts: Sequence[datetime], limit: Limit, calendar: Calendar) -> float:
    begun = time.perf_counter()
    for start in starts:
        queries.deadline(start=start, limit=limit, calendar=calendar)
    return len(starts) / (time.perf_counter() - begun)


def _differences() -> int:
    """Compare a million cases with an oracle that counts minutes one by one; it knows 2024 to 2026."""
    known, zone = statutory(), queries.calendar().zone
    schedule = Schedule(1, date(2000, 1, 1), parse_week(WEEK))
    calendar = Calendar(code="bench", zone=zone, schedules=[schedule], holidays=known)
    oracle = Oracle(
        zone=zone, week=schedule.weekdays, off=known.off, makeup=known.makeup,
        first=date(2024, 1, 1), days=3 * 365,
    )  # fmt: skip
    differences = 0
    for case in random_cases(Random(20261122), oracle, CASES):
        if found := difference(case, oracle, calendar):
            differences += 1
            print(f"      {found}")
    return differences
