"""Brings the disputes into the register: a year in bulk, the stories and what is rare by real deeds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import actions as clocks
from gongzhi.demo import tables
from gongzhi.demo.disputes import bodies, stories
from gongzhi.demo.disputes.bodies import DemoBody
from gongzhi.demo.disputes.history import Rows, quarrel, write
from gongzhi.demo.seeds import dice
from gongzhi.disputes import actions as disputes
from gongzhi.matters import actions as register
from gongzhi.places import queries as places

MOST = 400
TOWNS = 8
OF_THE_STORY = 0.45  # share of the story's town, so that its lists are full
NEW = 0.3  # share of the last five weeks: what is under way
NOTICE = "2026-1"


def load(*, matters: int, seed: int, at: datetime) -> int:
    """Write a year of disputes up to an instant, more in a larger register; return how many."""
    disputes.load_kinds()
    story = accounts.person_by_username("counter")
    if story is None:
        return 0
    home = tables.areas_of(story.id)[0]
    others = [town.path for town in places.areas_at_level(1) if town.path != home][: TOWNS - 1]
    made = bodies.found([home, *others], on=timezone.localdate(at))
    count = _history(seed, min(MOST, matters // 5), list(made.values()), at)
    return count + stories.tell(made[home], at=at)


@transaction.atomic
def _history(seed: int, count: int, towns: Sequence[list[DemoBody]], at: datetime) -> int:
    chance = dice(seed, "disputes")
    opened = sorted(_opened(chance.random(), chance.random(), at) for _ in range(count))
    ids = [serial for (serial,) in tables.run("SELECT nextval(pg_get_serial_sequence('matters_matter', 'id')) FROM generate_series(1, %s)", [count])]  # fmt: skip
    rows: Rows = {name: [] for name in ("matters", "entries", "clocks", "disputes", "parties", "consents", "notices", "appointments")}  # fmt: skip
    for serial, moment in zip(ids, opened, strict=True):
        there = towns[0] if chance.random() < OF_THE_STORY else chance.choice(towns[1:])
        write(seed, quarrel(seed, there, id=serial, opened=moment, until=at), rows)
    for name in ("matters", "entries"):
        register.copy_history(name, rows[name])
    clocks.copy_in(rows=rows["clocks"])
    history = disputes.History(**{name: rows[name] for name in ("disputes", "parties", "consents", "notices", "appointments")})  # fmt: skip
    return disputes.take_history(history=history, notice_version=NOTICE)


def _opened(age: float, hour: float, at: datetime) -> datetime:
    """Return an instant of the last year, in the hours of a counter."""
    days = age / NEW * 35 if age < NEW else 35 + (age - NEW) / (1 - NEW) * 330
    local = timezone.localtime(at - timedelta(days=days))
    if local.weekday() == 6:
        local -= timedelta(days=1)
    moment = local.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(seconds=round(hour * 8 * 3600))  # fmt: skip
    return moment if moment < at else moment - timedelta(days=1)
