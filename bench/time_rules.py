"""The clock: deadlines a second on one core."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gongzhi.clocks import queries

CASES = 200_000
ZONE = ZoneInfo("Asia/Shanghai")
LIMITS = (
    queries.Limit(2, "hour", "continuous"),
    queries.Limit(4, "hour", "service"),
    queries.Limit(3, "day", "service"),
    queries.Limit(5, "day", "working", from_next_day=True),
    queries.Limit(15, "day", "calendar", from_next_day=True),
)


def run(record: Callable[..., None]) -> None:
    calendar = queries.calendar()
    chance = random.Random(7)
    first = datetime(2024, 1, 1, tzinfo=UTC)
    cases = [
        (
            (first + timedelta(minutes=chance.randrange(1_000_000))).astimezone(ZONE),
            chance.choice(LIMITS),
        )
        for _ in range(CASES)
    ]
    began = time.perf_counter()
    for start, limit in cases:
        queries.deadline(start=start, limit=limit, calendar=calendar)
    took = time.perf_counter() - began
    record(
        name="clocks.deadline", value=round(CASES / took), unit="deadlines/s", target=100_000,
        better="higher", how=f"{CASES:,} random starts in 2024 and 2025, five kinds of limit, one core",
    )  # fmt: skip
