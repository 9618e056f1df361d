"""A dispute in mediation with its people, and terms to write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.agreements import actions
from gongzhi.agreements.models import Agreement
from gongzhi.base.actor import Actor
from gongzhi.disputes.tests.builders import a_body, a_mediator, everybody, in_mediation

PAY: dict[str, Any] = {
    "kind": "pay", "debtors": [1], "creditors": [0], "what": "天花板维修费", "amount": "3000.00", "due_on": "", "manner": "银行转账",
    "instalments": [{"amount": "1000.00", "due_on": "2026-12-10"}, {"amount": "2000.00", "due_on": "2027-01-10"}],
}  # fmt: skip
REPAIR: dict[str, Any] = {"kind": "repair", "debtors": [1], "what": "卫生间防水修复", "due_on": "2026-12-20"}  # fmt: skip
DRAWING = "M10 100 " + " ".join(f"L{10 + step * 20} {60 + step * 7 % 90}" for step in range(1, 25))


def some_terms(**said: Any) -> dict[str, Any]:
    return {
        "facts": "楼上漏水浸湿天花板。", "issues": "被申请人承担漏水责任。", "obligations": [PAY, REPAIR],
        "default_code": "whole", "default_words": "任何一期未按时足额支付的，可以就全部未付款项一并主张。", "closing": "", "copies": 3,
    } | said  # fmt: skip


@dataclass
class Table:
    """A dispute at the table: the clerk and the mediator by their roles, and who may do everything."""

    dispute: Any
    clerk: Any
    mediator: Any
    everybody: Actor
    at: datetime

    def actor(self, name: str) -> Actor:
        return accounts.actor_for(getattr(self, name).id, self.at)

    @property
    def id(self) -> int:
        return int(self.dispute.pk)

    @property
    def row(self) -> Agreement:
        return Agreement.objects.get(pk=self.id)


def a_table(unit: Any, *, at: datetime, **said: Any) -> Table:
    """Sit down with the two sides; needs the cast of tests/cast.py (units, areas)."""
    body = a_body(unit)
    people = {}
    for name, role in (("clerk", "body_clerk"), ("hejing", "mediator")):
        people[name] = a_user(username=name, name={"clerk": "文书", "hejing": "何静"}[name])
        a_posting(user=people[name], role=role, unit=unit, area_path=unit.area_path)
    a_mediator(body, user=people["hejing"])
    actor = everybody(body)
    row = in_mediation(body=body, actor=actor, at=at, **said)
    return Table(row, people["clerk"], people["hejing"], actor, at)


def offered(table: Table, **said: Any) -> Agreement:
    kept = actions.save(matter_id=table.id, terms=some_terms(**said), base=0, actor=table.actor("mediator"), at=table.at)  # fmt: skip
    return actions.offer(matter_id=table.id, version=kept.number, actor=table.actor("mediator"), at=table.at)  # fmt: skip


def signs(table: Table, seq: int, *, at: datetime | None = None) -> Any:
    """A side reads, declares and signs on its own screen."""
    said: dict[str, Any] = {"matter_id": table.id, "seq": seq, "at": at or table.at}
    actions.note_read(**said)
    actions.declare(words="我已阅读并理解协议全文，自愿签署", **said)
    return actions.sign_drawn(drawing=DRAWING, **said)


def in_force(table: Table, **said: Any) -> Agreement:
    offered(table, **said)
    signs(table, 0)
    signs(table, 1)
    actions.sign_as_mediator(matter_id=table.id, drawing=DRAWING, actor=table.actor("mediator"), at=table.at)  # fmt: skip
    return actions.seal(matter_id=table.id, uploads=[], actor=table.actor("clerk"), at=table.at)
