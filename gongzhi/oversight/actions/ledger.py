"""Writes the ledger: one line for everything that happens to an order, an owner, a batch or a suggestion."""

from datetime import datetime

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.oversight.lifecycle import Deed
from gongzhi.oversight.models import Record


def write(
    subject: str,
    subject_id: int,
    deed: Deed,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    matter_id: int | None = None,
    rule: str = "",
    count: int = 0,
) -> None:
    """Add a line to the ledger and one to the trail, in the caller's transaction."""
    Record.objects.create(
        subject=subject, subject_id=subject_id, matter_id=matter_id, deed=deed, at=at, actor_id=actor.id,
        actor_name=actor.name[:80], note=note, rule=rule, count=count,
    )  # fmt: skip
    audit.record(
        actor=actor, verb=f"oversight.{deed}", subject=f"{subject}:{subject_id}", at=at, reason=note[:500]
    )  # fmt: skip
