"""Awards in every state, by people who may."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from gongzhi.base.actor import Actor, Grant
from gongzhi.rewards import actions
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.lifecycle import State
from gongzhi.rewards.models import Award, RewardBudget, RewardRule

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CITY, TOWN = "441900/", "441900/441900004/"
GRID = f"{TOWN}441900004012/"
_serial = count(1)


def an_actor(number: int, *capabilities: str, area: str = "") -> Actor:
    return Actor(number, f"Person {number}", (Grant(frozenset(capabilities), area),))


ROSA = an_actor(1, Can.REVIEW)
ADA = an_actor(2, Can.APPROVE)
ADA_TOO = an_actor(4, Can.APPROVE)
PIA = an_actor(3, Can.PAY)
SETTER = an_actor(5, Can.SET_RULES)


def a_rule(**changes) -> RewardRule:
    facts = {
        "code": "facility", "version": next(_serial), "name": "设施问题", "covers": ["P01"], "amount": 10, "day_most": 3,
        "person_most": 100, "claim_days": 60, "objection_days": 15, "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 1, 1), "source": "示范", "created_at": NOON, "created_by_name": "Set",
    }  # fmt: skip
    return RewardRule.objects.create(**(facts | changes))


def a_budget(amount: int = 1000, *, area_path: str = CITY) -> RewardBudget:
    return RewardBudget.objects.create(
        area_path=area_path, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), amount=amount, source="示范",
        set_at=NOON, set_by_name="Set",
    )  # fmt: skip


def a_closed_matter(**changes) -> Any:
    n = next(_serial)
    facts = {
        "number": f"26-{n:04}-0000-1", "kind": "incident", "state": "closed", "is_open": False, "title": f"井盖破损 {n}",
        "source": "portal", "area_path": GRID, "placed_on": NOON.date(), "reported_at": NOON, "changed_at": NOON,
        "closed_at": NOON,
    }  # fmt: skip
    matter = Award._meta.get_field("matter").related_model
    return matter.objects.create(**(facts | changes))


def an_award(*, state: str = State.PROPOSED, person: str = "p1", rule=None, **changes) -> Award:
    matter, rule = a_closed_matter(), rule or a_rule()
    facts = {
        "number": matter.number, "title": matter.title, "area_path": GRID, "reported_at": NOON, "closed_at": NOON,
        "state": state, "rule": rule, "amount": rule.amount, "person": person, "proposed_at": NOON, "reporter_id": 1,
    }  # fmt: skip
    return Award.objects.create(matter=matter, **(facts | changes))


def an_approved(**changes) -> Award:
    award = an_award(**changes)
    actions.review(award_id=award.pk, actor=ROSA, at=NOON)
    return actions.approve(award_id=award.pk, actor=ADA, at=NOON)
