"""Alarms of the urgent matters that are open, most of them acknowledged; a big screen for the city and one for the lively town."""

from datetime import datetime, timedelta

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.command import actions, queries
from gongzhi.matters import queries as matters

NEWEST = 2000  # matters that are looked through for urgent ones
LEFT = 1  # alarms that still wait: the walk-through acknowledges them
SCREENS = (
    ("supervisor", "市级指挥大屏", "template:city"),
    ("supervisor", "市级拼接屏", "template:city-wall"),
    ("duty", "南城街道值班大屏", "template:town"),
)


def hang(*, at: datetime) -> int:
    """Ring for what is urgent and compose the screens; return how many alarms there are."""
    rung = _ring(at)
    for who, name, start in SCREENS:
        actor = _actor(who, at)
        unit = next(iter(queries.homes(actor)), None) if actor else None
        if actor is not None and unit is not None:
            actions.compose(name=name, ratio="16:9", start=start, unit=unit, actor=actor, at=at)
    return rung


def _ring(at: datetime) -> int:
    standings = matters.standing_ids(matters.newest_ids(most=NEWEST)).values()
    urgent = sorted(
        (one for one in standings if one.is_urgent and one.is_open),
        key=lambda one: one.reported_at,
    )
    for one in urgent:
        actions.ring(matter_id=one.id)
    dispatcher = _actor("dispatcher", at)
    for one in urgent[:-LEFT]:
        if dispatcher is not None and queries.desk_of(dispatcher, one.area_path):
            moment = min(one.reported_at + timedelta(minutes=3), at)
            actions.acknowledge(matter_id=one.id, actor=dispatcher, at=moment)
    return len(urgent)


def _actor(username: str, at: datetime) -> Actor | None:
    person = accounts.person_by_username(username)
    return accounts.actor_for(person.id, at) if person else None
