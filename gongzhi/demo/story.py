"""A few deeds on the newest matters of the story's town, made through the register itself: so that no box of the walk-through is empty."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.demo import texts
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as matters
from gongzhi.matters import queries
from gongzhi.matters.queries import Box, Filter

SUPERVISED, ASKED, TWINS = 3, 3, 2


def stage(*, at: datetime) -> int:
    """Supervise, ask for time and report twice; return how many deeds were done."""
    people = {name: _actor(name, at) for name in ("supervisor", "dispatcher", "handler", "lead")}
    return (
        _supervise(people["supervisor"], people["dispatcher"], at)
        + _ask(people["handler"], people["lead"], at)
        + _twins(people["dispatcher"], at)
    )


def _actor(username: str, at: datetime) -> Actor:
    person = accounts.person_by_username(username)
    assert person is not None
    return accounts.actor_for(person.id, at)


def _supervise(supervisor: Actor, of_town: Actor, at: datetime) -> int:
    late = queries.matters_in(
        Box.DOING, of_town, by=Filter(clock="late"), at=at, size=SUPERVISED
    ).rows
    return sum(
        _done(
            row.id,
            "supervise",
            supervisor,
            at,
            reason=reason,
            level="red" if place == 0 else "yellow",
        )
        for place, (row, reason) in enumerate(zip(late, texts.NOTES["supervise"], strict=False))
    )


def _ask(handler: Actor, lead: Actor, at: datetime) -> int:
    """Leave one extension to the head of unit, one to the duty officer, and a suspension to the head."""
    rows = queries.matters_in(Box.TODO, handler, by=Filter(state="handling"), at=at).rows
    open_ones = [row for row in rows if row.face.state in {"ok", "warn"}][:ASKED]
    until = timezone.localdate(at) + timedelta(days=21)
    done = 0
    for place, row in enumerate(open_ones):
        if place == 2:
            done += _done(
                row.id, "ask_suspension", handler, at, reason="台风期间停工，挂账", until=until
            )
            continue
        done += _done(
            row.id, "ask_extension", handler, at, reason=texts.NOTES["ask_extension"][place]
        )
        if place == 1:
            done += _done(row.id, "approve_first", lead, at, note="情况属实，同意")
    return done


def _twins(of_town: Actor, at: datetime) -> int:
    """Report what is open already once more, a few metres aside, as people do who have not looked."""
    found = queries.matters_in(Box.DOING, of_town, by=Filter(state="to_register"), at=at).rows
    return sum(_reported_again(row, at) for row in found[:TWINS])


def _reported_again(row: Any, at: datetime) -> int:
    on = timezone.localdate(at)
    item = next((item for item in catalogue.items_in_force(on) if item.name == row.item), None)
    if item is None or row.lon is None:
        return 0
    said = incidents.Report(
        item_id=item.id, text=f"{row.title}，一直没人处理", source="12345", lon=row.lon + 0.0001,
        lat=row.lat + 0.0001, address=row.address, outside_number=f"RX{at:%Y%m%d}{row.id % 10000:04d}", is_new=True,
    )  # fmt: skip
    try:
        incidents.report(said=said, actor=_actor("registrar", at), at=at)
    except (Refused, Invalid):
        return 0
    return 1


def _done(matter_id: int, move: str, actor: Actor, at: datetime, **values: str | date) -> int:
    """Make the move if it is open now; what is due at night or on a holiday may not be."""
    try:
        matters.move(matter_id=matter_id, move=move, values=values, actor=actor, at=at)
    except (Refused, Invalid):
        return 0
    return 1
