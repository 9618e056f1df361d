"""Writes the ledger: one line for everything that happens to an award."""

from datetime import datetime

from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.rewards.lifecycle import Deed
from gongzhi.rewards.models import Award, LedgerEntry


def write(
    award: Award, deed: Deed, *, at: datetime, actor: Actor = ANONYMOUS, note: str = ""
) -> None:
    """Add a line to the ledger and one to the trail; in the caller's transaction."""
    LedgerEntry.objects.create(
        award=award, at=at, deed=deed, state=award.state, amount=award.amount, note=note[:500],
        actor_id=actor.id, actor_name=actor.name[:150],
    )  # fmt: skip
    audit.record(
        actor=actor, verb=f"rewards.{deed}", subject=f"award:{award.pk}", at=at, reason=note[:500],
        detail={"number": award.number, "amount": award.amount},
    )  # fmt: skip
