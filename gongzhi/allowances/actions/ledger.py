"""Writes the ledger: one line for everything that happens to an allowance."""

from datetime import datetime

from django.utils import timezone

from gongzhi.allowances.lifecycle import Deed
from gongzhi.allowances.models import Allowance, LedgerEntry
from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.clocks import queries as clocks


def write(
    row: Allowance, deed: Deed, *, at: datetime, actor: Actor = ANONYMOUS, note: str = ""
) -> None:
    """Add a line to the ledger and one to the trail; in the caller's transaction."""
    LedgerEntry.objects.create(
        allowance=row, at=at, deed=deed, state=row.state, amount=row.amount, note=note[:500], actor_id=actor.id,
        actor_name=actor.name[:150],
    )  # fmt: skip
    audit.record(
        actor=actor, verb=f"allowances.{deed}", subject=f"allowance:{row.pk}", at=at, reason=note[:500],
        detail={"number": row.number, "amount": row.amount},
    )  # fmt: skip


def due(rule: str, at: datetime) -> datetime:
    """Return when the time of a rule ends that begins now."""
    limit = clocks.rule_limit(rule, timezone.localtime(at).date())
    found = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert found is not None  # a limit in working days has an end
    return found
