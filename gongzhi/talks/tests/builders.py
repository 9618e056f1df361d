"""A dispute two neighbours talk about, and everybody who talks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps

from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import Actor, Grant
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.disputes.tests import builders as disputes
from gongzhi.talks import actions, queries
from gongzhi.talks.capabilities import Can
from tests.cast import MONDAY, Cast, a_town

Dispute = apps.get_model("disputes", "Dispute")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR
KEY = "a-key-of-sixteen-letters"


@dataclass
class Talks:
    cast: Cast
    row: Dispute
    me: Actor  # mediates
    clerk: Actor  # of the same body, mediates nothing

    @property
    def number(self) -> str:
        return self.row.matter.number

    @property
    def sides(self) -> list[queries.Side]:
        return queries.sides(self.row.pk)

    def party(self, place: int) -> Any:
        return disputes.queries.principals(self.row.pk)[place]

    def seat(self, place: int) -> queries.Seat:
        found = queries.seat(self.number, self.party(place).code)
        assert found
        return found


def talks(*, state: str = "mediating", cast: Cast | None = None, **said: Any) -> Talks:
    """Return a dispute in mediation, or one whose sides are still asked."""
    cast = cast or a_town()
    station = cast.units["station"]
    body = disputes.a_body(station)
    user = a_user(username="he", name="何静")
    a_posting(user=user, role="mediator", unit=station, area_path=body.area_path)
    disputes.a_mediator(body, user=user)
    me = _actor(user.id, station.pk)
    if state == "mediating":
        row = disputes.in_mediation(body=body, actor=me, at=MONDAY, **said)
    else:
        row = disputes.a_dispute(actor=me, at=MONDAY, area_path=body.area_path, **said)
        disputes.make_move(row, "triage", actor=me, at=MONDAY, body=body.pk)
    return Talks(cast, row, me, _actor(user.id + 1000, station.pk))


def _actor(user_id: int, unit_id: int) -> Actor:
    held = {*map(str, Disputes), *map(str, Can), "matters.view", "matters.ask", "matters.note"}
    return Actor(id=user_id, name="何静", grants=(Grant(frozenset(held), home=unit_id),))


def a_link(party: Any, *, at: datetime = MONDAY) -> str:
    return actions.make_invitation(party, at=at).code


def a_sitting(talk: Talks, **said: Any) -> Any:
    values: dict[str, Any] = {
        "mode": "in_person", "starts_at": MONDAY + DAY, "ends_at": MONDAY + DAY + HOUR, "place": "调解一室",
    }  # fmt: skip
    plan = actions.Plan(**(values | said))
    return actions.plan_sitting(number=talk.number, plan=plan, actor=talk.me, at=LATER)


def an_attempt(talk: Talks, place: int, *, at: datetime, **said: Any) -> Any:
    values: dict[str, Any] = {
        "party_id": talk.sides[place].id,
        "way": "call",
        "outcome": "no_answer",
    }
    return actions.record_attempt(
        number=talk.number, said=actions.Record(**(values | said)), actor=talk.me, at=at
    )
