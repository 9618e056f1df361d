"""How fast deadlines are worked out, and whether a million of them agree with walking every minute."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gongzhi.clocks.rules import Calendar, Limit, Schedule, deadline, parse_week, statutory
from gongzhi.clocks.tests.oracle import Oracle, difference, random_cases

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = "1-5 08:00-12:00 14:00-18:00"
CASES = 1_000_000
LIMITS = (
    Limit(5, "day"),
    Limit(4, "hour"),
    Limit(2, "hour", "continuous"),
    Limit(3, "day", "working", from_next_day=True),
    Limit(60, "day", "calendar", from_next_day=True, rolls_over=True),
)


def run(record: Callable[..., None]) -> None:
    calendar = Calendar(
        code="default",
        zone=ZONE,
        schedules=[Schedule(1, date(2000, 1, 1), parse_week(WEEK))],
        holidays=statutory(),
    )
    _speed(record, calendar)
    _agreement(record, calendar)


def _speed(record: Callable[..., None], calendar: Calendar) -> None:
    first = datetime(2026, 1, 1, tzinfo=ZONE)
    starts = [first + timedelta(minutes=7 * i, seconds=i % 60) for i in range(50_000)]
    slowest = float("inf")
    for limit in LIMITS:
        rate = max(_rate(starts, limit, calendar) for _ in range(3))
        slowest = min(slowest, rate)
        print(f"  {limit.amount} {limit.unit} {limit.counting}: {rate:,.0f} a second")
    record(
        name="clock: deadlines a second, one core, slowest kind of limit", value=round(slowest),
        unit="1/s", target=100_000, better="higher", ok=slowest >= 100_000,
        how=f"best of 3 runs over {len(starts):,} starts of a year, {len(LIMITS)} kinds of limit",
    )  # fmt: skip


def _rate(starts: list[datetime], limit: Limit, calendar: Calendar) -> float:
    begun = time.perf_counter()
    for start in starts:
        deadline(start=start, limit=limit, calendar=calendar)
    return len(starts) / (time.perf_counter() - begun)


def _agreement(record: Callable[..., None], calendar: Calendar) -> None:
    known = statutory()
    oracle = Oracle(
        zone=ZONE, week=parse_week(WEEK), off=known.off, makeup=known.makeup,
        first=date(2024, 1, 1), days=3 * 365,
    )  # fmt: skip
    differences = 0
    for number, case in enumerate(random_cases(Random(20261122), oracle, CASES)):
        if found := difference(case, oracle, calendar):
            differences += 1
            print(f"  case {number}: {found}")
    record(
        name="clock: differences from the minute-walking oracle", value=differences, unit="cases",
        target=0, better="lower", ok=differences == 0,
        how=f"{CASES:,} random limits, starts and pauses; each walked minute by minute or day by day",
    )  # fmt: skip
