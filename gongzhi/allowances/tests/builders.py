"""Allowances in every state, by people who may."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps

from gongzhi.allowances import actions
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.lifecycle import State
from gongzhi.allowances.models import Account, Allowance, Budget, RuleLine, RuleSet, Share
from gongzhi.base.actor import Actor, Grant
from gongzhi.mediators.tests.builders import a_body, a_mediator

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)  # the publicity is over
CITY, TOWN = "441900/", "441900/004/"
VILLAGE = f"{TOWN}012/"
_serial = count(1)


def an_actor(number: int, *capabilities: str, area: str = "") -> Actor:
    return Actor(number, f"Person {number}", (Grant(frozenset(map(str, capabilities)), area),))


REVIEWER = an_actor(900_101, Can.REVIEW)
APPROVER = an_actor(900_102, Can.APPROVE)
OTHER_APPROVER = an_actor(900_104, Can.APPROVE)
PAYER = an_actor(900_103, Can.PAY)
BUYER = an_actor(900_105, Can.BUY)


def a_table(*, full_time_too: bool = False) -> RuleSet:
    made = RuleSet.objects.create(
        area_path=CITY, version=next(_serial), name="示范标准", source="示范文件", full_time_too=full_time_too,
        valid_from=date(2026, 1, 1), created_at=NOON, created_by_name="Set",
    )  # fmt: skip
    for score, performed, amount in (("4", False, 300), ("6", True, 500)):
        RuleLine.objects.create(
            rules=made, grade="major", form="written", least_score=Decimal(score), needs_performed=performed, amount=amount
        )  # fmt: skip
    return made


def a_budget(amount: int = 1000) -> Budget:
    return Budget.objects.create(
        area_path=CITY, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), amount=amount, source="示范", set_at=NOON,
        set_by_name="Set",
    )  # fmt: skip


def a_matter(**changes: Any) -> Any:
    n = next(_serial)
    facts = {
        "number": f"26-{n:04}-0000-1", "kind": "dispute", "state": "archived", "is_open": False, "title": "邻里（胜和一路）",
        "source": "counter", "area_path": VILLAGE, "placed_on": NOON.date(), "reported_at": NOON, "changed_at": NOON,
        "closed_at": NOON,
    }  # fmt: skip
    return apps.get_model("matters", "Matter").objects.create(**(facts | changes))


def a_person(**said: Any) -> Any:
    body = said.pop("body", None) or a_body()
    return a_mediator(body, employment=said.pop("employment", "part"), **said)


def an_allowance(*people: Any, **changes: Any) -> Allowance:
    """Return one that waits for its review; of one mediator unless some are named."""
    table = RuleSet.objects.first() or a_table()
    line = table.lines.order_by("amount").last()
    matter, those = a_matter(), people or (a_person(),)
    facts = {
        "number": matter.number, "kind_name": "邻里", "body": those[0].body, "area_path": VILLAGE, "grade": "major",
        "form": "written", "is_performed": True, "archived_at": NOON, "state": State.PROPOSED, "line": line,
        "amount": line.amount, "proposed_at": NOON,
    }  # fmt: skip
    row = Allowance.objects.create(matter=matter, **(facts | changes))
    for one in those:
        Share.objects.create(allowance=row, mediator=one, amount=row.amount // len(those))
    return row


def a_published(*people: Any, **changes: Any) -> Allowance:
    row = an_allowance(*people, **changes)
    actions.review(allowance_id=row.pk, score=Decimal(6), actor=REVIEWER, at=NOON)
    return actions.approve(allowance_id=row.pk, actor=APPROVER, at=NOON)


def an_account(person: Any) -> Account:
    return Account.objects.create(
        mediator=person, payee=person.name, bank="农商银行", number="6222000011112222", set_at=NOON
    )
