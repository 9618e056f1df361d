"""Actors and moments for tests; none of them needs a row."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from gongzhi.base.actor import Actor, Grant

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ids = count(1_000_001)


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def an_actor(
    *capabilities: str,
    area: str = "",
    unit: int | None = None,
    home: int | None = None,
    role: str = "",
    id: int | None = None,
    name: str = "李梅",
) -> Actor:
    """Return somebody who holds the capabilities in one area and unit (and nothing elsewhere)."""
    grant = Grant(frozenset(capabilities), area=area, unit=unit, role=role, home=home)
    return Actor(id=id or next(_ids), name=name, grants=(grant,) if capabilities else ())
