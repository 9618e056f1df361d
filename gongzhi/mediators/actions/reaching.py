"""Rows taken for a deed: within reach, locked; and what every deed leaves in the trail."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.clocks import queries as clocks
from gongzhi.mediators.models import Body, Filing, Mediator
from gongzhi.mediators.queries.defined import composition

FILING = "mediators.filing"


def locked_body(body_id: int, actor: Actor, capability: str) -> Body:
    rows = Body.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    found = rows.filter(pk=body_id).first()
    if found is None:
        raise OutOfReach
    return found


def locked_mediator(mediator_id: int, actor: Actor, capability: str) -> Mediator:
    rows = Mediator.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    found = rows.select_related("body").filter(pk=mediator_id).first()
    if found is None:
        raise OutOfReach
    return found


def locked_seat(mediator_id: int, actor: Actor, capability: str) -> Mediator:
    """Return an office, its body locked before it: of two who change seats at once the second sees the first."""
    rows = Mediator.objects.within_reach_of(actor, capability).filter(pk=mediator_id)
    body_ids = list(rows.values_list("body_id", flat=True))
    list(Body.objects.select_for_update().filter(pk__in=body_ids))
    return locked_mediator(mediator_id, actor, capability)


def own_office(mediator_id: int, actor: Actor) -> Mediator:
    """Return an office the actor holds themself, locked."""
    rows = Mediator.objects.filter(user_id=actor.id, left_on__isnull=True) if actor.id else Mediator.objects.none()  # fmt: skip
    found = rows.select_for_update(of=("self",)).select_related("body").filter(pk=mediator_id).first()  # fmt: skip
    if found is None:
        raise OutOfReach
    return found


def note(verb: str, row: Body | Mediator, actor: Actor, at: datetime, *, reason: str = "", **detail: Any) -> None:  # fmt: skip
    what = "body" if isinstance(row, Body) else "mediator"
    audit.record(
        actor=actor, verb=f"mediators.{verb}", subject=f"{what}:{row.pk}", at=at, reason=reason, detail=detail
    )  # fmt: skip


def owe_filing(body: Body, what: str, words: str, *, at: datetime) -> Filing | None:
    """Note that the court is to be told; changes of one kind that wait already are told together."""
    on = timezone.localtime(at).date()
    if composition(body.kind, on=on) is None:
        return None
    row = Filing.objects.filter(body=body, what=what, filed_on__isnull=True).first()
    if row is not None:
        row.note = "；".join(filter(None, [row.note, words]))[:300]
        row.save(update_fields=["note"])
        return row
    return Filing.objects.create(body=body, what=what, note=words[:300], happened_on=on, due_on=_filing_due(on, at))  # fmt: skip


def _filing_due(on: date, at: datetime) -> date:
    due = clocks.deadline(start=at, limit=clocks.rule_limit(FILING, on), calendar=clocks.calendar()).due_at  # fmt: skip
    assert due is not None  # a limit in working days has an end
    return timezone.localtime(due).date()
