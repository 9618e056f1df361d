"""Playback of a day: its matters coming in and being closed, minute by minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.command.queries.kept import kept, moment, reach_key
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters

MOST: Final = 40_000
DAY: Final = 24 * 60  # minutes
LIVE: Final = 30  # seconds an unfinished day is kept


@dataclass(frozen=True)
class Playback:
    """
    The matters of one day in an area.

    `rows` are [lon, lat, minute it came in, minute it was closed or -1, 1 if urgent]; minutes are of
    the day's clock; what was closed on a later day is -1. `hours` counts those that came in and those
    of them that were closed, by hour.
    """

    day: date
    rows: list[list[Any]]
    hours: list[tuple[int, int]]
    until: int  # minutes of the day that are past
    is_complete: bool


def playback(actor: Actor, *, area: str, day: date, at: datetime) -> Playback:
    """Return how a day went; kept for half a minute while the day lasts."""
    today = timezone.localtime(at).date()
    key = ("playback", reach_key(actor, Matters.VIEW), area, day, moment(at, LIVE))
    return kept.get(key, lambda: _playback(actor, area, day, today, at))


def _playback(actor: Actor, area: str, day: date, today: date, at: datetime) -> Playback:
    start = timezone.make_aware(datetime.combine(day, time.min))
    courses = matters.courses_of_day(actor, area=area, day=day, most=MOST)
    rows = [_row(one, start, at) for one in courses]
    until = DAY if day < today else max(0, int((at - start) / timedelta(minutes=1)))
    return Playback(day, rows, _hours(rows), min(until, DAY), len(rows) < MOST)


def _row(one: matters.Course, start: datetime, at: datetime) -> list[Any]:
    came = _minute(one.reported_at, start)
    gone = _minute(one.closed_at, start) if one.closed_at and one.closed_at <= at else DAY
    return [
        round(one.lon, 5),
        round(one.lat, 5),
        came,
        max(gone, came) if gone < DAY else -1,
        int(one.is_urgent),
    ]


def _minute(moment: datetime, start: datetime) -> int:
    return int((moment - start) / timedelta(minutes=1))


def _hours(rows: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    came, gone = [0] * 24, [0] * 24
    for row in rows:
        came[min(row[2] // 60, 23)] += 1
        if row[3] >= 0:
            gone[min(row[3] // 60, 23)] += 1
    return list(zip(came, gone, strict=True))
