"""Disputes for tests, and the people who settle them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import Actor, Grant
from gongzhi.disputes import actions, queries
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Dispute
from gongzhi.matters import actions as matters
from tests.cast import MONDAY, TOWN, VILLAGE, Cast, a_town

Body = apps.get_model("mediators", "Body")
Mediator = apps.get_model("mediators", "Mediator")
Unit = apps.get_model("accounts", "Unit")
User = apps.get_model("accounts", "User")

APPLICANT = actions.Side(
    side="applicant", name="陈甲", phone="13800000001", address="胜和一路 1 号"
)
RESPONDENT = actions.Side(
    side="respondent", name="李乙", phone="13800000002", address="胜和一路 2 号"
)


def a_dispute(*, actor: Actor, at: datetime, area_path: str, **said: Any) -> Dispute:
    """Open a dispute between two neighbours; needs the cast of tests/cast.py (units, areas)."""
    actions.load_kinds()
    values: dict[str, Any] = {
        "kind_code": "neighbour", "sides": [APPLICANT, RESPONDENT], "story": "楼上漏水浸湿天花板。",
        "wish": "修好并赔偿。", "area_path": area_path, "source": "counter", "address": "胜和一路",
    }  # fmt: skip
    return actions.open_dispute(intake=actions.Intake(**(values | said)), actor=actor, at=at)


def a_body(unit: Unit, **said: Any) -> Body:
    values: dict[str, Any] = {
        "code": f"B{Body.objects.count() + 1}", "name": "胜和社区人民调解委员会", "kind": "committee",
        "unit": unit, "unit_ids": list(unit.ancestors), "area_path": unit.area_path,
    }  # fmt: skip
    return Body.objects.create(**(values | said))


def a_mediator(body: Body, **said: Any) -> Mediator:
    values: dict[str, Any] = {
        "code": f"M{Mediator.objects.count() + 1}", "name": "何静", "body": body, "employment": "full",
        "is_woman": True, "appointed_on": date(2024, 1, 1), "area_path": body.area_path,
        "unit_ids": body.unit_ids,
    }  # fmt: skip
    return Mediator.objects.create(**(values | said))


def everybody(body: Body) -> Actor:
    """Return somebody who may do every move of a dispute: centre, body and mediator in one."""
    capabilities = frozenset(
        {*map(str, Can), "matters.view", "matters.ask", "matters.note", "matters.visit"}
    )
    return Actor(id=7, name="合", grants=(Grant(capabilities, home=body.unit_id),))


def make_move(row: Dispute, name: str, *, actor: Actor, at: datetime, **values: Any) -> Dispute:
    matters.move(matter_id=row.pk, move=name, values=values, actor=actor, at=at)
    row.refresh_from_db()
    return row


def all_agree(
    row: Dispute, subject: str, *, actor: Actor, at: datetime, answer: bool = True
) -> None:
    """Put the answer of every side on record."""
    for party in row_sides(row):
        actions.record_consent(
            party_id=party, subject=subject, answer=answer, how="counter", actor=actor, at=at
        )


def all_sign_the_notice(row: Dispute, *, actor: Actor, at: datetime) -> None:
    for party in row_sides(row):
        actions.sign_notice(party_id=party, version="2026-1", how="paper", actor=actor, at=at)


def row_sides(row: Dispute) -> list[int]:
    return [party.pk for party in queries.principals(row.pk)]


def in_mediation(*, body: Body, actor: Actor, at: datetime, **said: Any) -> Dispute:
    """Return a dispute whose sides agreed, whose notices are signed and whose mediator is appointed."""
    row = a_dispute(actor=actor, at=at, area_path=said.pop("area_path", body.area_path), **said)
    make_move(row, "triage", actor=actor, at=at, body=body.pk)
    all_agree(row, "mediation", actor=actor, at=at)
    make_move(row, "consent", actor=actor, at=at)
    all_sign_the_notice(row, actor=actor, at=at)
    person = Mediator.objects.filter(body=body).first() or a_mediator(body)
    return make_move(row, "appoint", actor=actor, at=at, mediators=[person.pk])


@dataclass
class House:
    """Clerk Xu of the centre, clerk Wen of the body, mediators He (of the body) and Gao (of another), Tan on duty."""

    cast: Cast
    body: Body
    people: dict[str, User]
    mediators: dict[str, Mediator]

    def actor(self, name: str) -> Actor:
        return accounts.actor_for(self.people[name].id, MONDAY)


def a_house() -> House:
    cast = a_town()
    station, town = cast.units["station"], cast.units["town"]
    body = a_body(station)
    other = a_body(cast.units["office"], name="南城街道人民调解委员会")
    posts = {
        "xu": ("centre_clerk", town, TOWN), "wen": ("body_clerk", station, VILLAGE), "he": ("mediator", station, VILLAGE),
        "gao": ("mediator", cast.units["office"], TOWN), "wu": ("mediator", station, VILLAGE),
    }  # fmt: skip
    people = {name: a_user(username=name, name=name.title()) for name in posts}
    for name, (role, unit, area) in posts.items():
        a_posting(user=people[name], role=role, unit=unit, area_path=area)
    mediators = {
        "he": a_mediator(body, user=people["he"]), "wu": a_mediator(body, user=people["wu"], name="吴明"),
        "gao": a_mediator(other, user=people["gao"], name="高平"),
    }  # fmt: skip
    accounts.forget()
    actions.load_kinds()
    return House(cast, body, people | cast.people, mediators)
