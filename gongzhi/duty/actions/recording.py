"""Writes the record of an instruction: one line for everything that happens to it."""

from collections.abc import Sequence
from datetime import datetime

from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.duty.lifecycle import Deed
from gongzhi.duty.models import Instruction, InstructionFile, Receiver, Record


def record(
    of: Instruction,
    deed: Deed,
    *,
    at: datetime,
    actor: Actor = ANONYMOUS,
    note: str = "",
    unit_id: int | None = None,
    receiver: Receiver | None = None,
    file_ids: Sequence[int] = (),
) -> Record:
    """Add a line to the record and one to the trail; in the caller's transaction."""
    row = Record.objects.create(
        instruction=of, receiver=receiver, at=at, deed=deed, note=note, unit_id=unit_id, actor_id=actor.id,
        actor_name=actor.name[:150],
    )  # fmt: skip
    InstructionFile.objects.bulk_create(
        InstructionFile(record=row, file_id=one) for one in file_ids
    )
    audit.record(
        actor=actor, verb=f"duty.{deed}_instruction", subject=f"instruction:{of.number}", at=at, reason=note[:500],
        detail={"version": of.version, "unit": receiver.unit_id if receiver else unit_id},
    )  # fmt: skip
    return row
