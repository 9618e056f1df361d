"""
When an alarm rings at a duty desk, and when its silence is heard one level up.

Levels: 0 city, 1 town, 2 village. The level that commands the matter is rung first. Each level has its
minutes; when nobody there has acknowledged by then, the level above is told that the one below did not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Face(StrEnum):
    RINGS = "rings"  # this desk must acknowledge
    MISSED = "missed"  # a desk below did not in time: this one must
    WAITS = "waits"  # a desk below still has time
    TOLD = "told"  # a desk above answers for it; here only for notice
    HEARD = "heard"  # acknowledged by this desk or one that answers for it


@dataclass(frozen=True)
class Heard:
    """A desk's acknowledgement: which level, when."""

    level: int
    at: datetime


def face(
    *, raised_at: datetime, level: int, desk: int, heard: Mapping[int, datetime],
    minutes: Mapping[int, int], at: datetime,
) -> Face:  # fmt: skip
    """Return what an alarm is to the desk of a level; `heard` holds acknowledgements by level."""
    if desk in heard:
        return Face.HEARD
    if desk > level:
        return Face.HEARD if any(by <= level for by in heard) else Face.TOLD
    if any(desk < by <= level for by in heard):
        return Face.HEARD
    if desk == level:
        return Face.RINGS
    return Face.MISSED if at >= due_above(raised_at, level, desk, minutes) else Face.WAITS


def due_above(raised_at: datetime, level: int, desk: int, minutes: Mapping[int, int]) -> datetime:
    """Return when an alarm that nobody below acknowledges reaches the desk of a higher level."""
    return raised_at + timedelta(
        minutes=sum(minutes.get(below, 0) for below in range(desk + 1, level + 1))
    )


def needs_answer(face: Face) -> bool:
    return face in {Face.RINGS, Face.MISSED}
