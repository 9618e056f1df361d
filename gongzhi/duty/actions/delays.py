"""Tells of receipts and answers that are overdue, once each."""

from datetime import datetime

from django.db import transaction

from gongzhi.base import bus
from gongzhi.base.actor import system
from gongzhi.duty.actions.recording import record
from gongzhi.duty.events import InstructionLate
from gongzhi.duty.lifecycle import OWED, Deed, Receipt
from gongzhi.duty.models import Receiver

AT_ONCE = 500
CLOCK = system("指令时限")


@transaction.atomic
def note_late(*, at: datetime) -> int:
    """Note what has become overdue and have it told; return how many parts of instructions that were."""
    rows = Receiver.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "instruction"
    )
    unsigned = rows.filter(state=Receipt.TO_RECEIVE, receipt_due_at__lt=at, receipt_told_at=None)
    unanswered = rows.filter(state__in=OWED, due_at__lt=at, told_at=None)
    told = 0
    for what, column, found in (
        ("receipt", "receipt_told_at", unsigned),
        ("answer", "told_at", unanswered),
    ):
        for row in found.order_by("pk")[:AT_ONCE]:
            Receiver.objects.filter(pk=row.pk).update(**{column: at})
            record(
                row.instruction,
                Deed.LATE,
                at=at,
                actor=CLOCK,
                note=what,
                unit_id=row.unit_id,
                receiver=row,
            )
            bus.publish(InstructionLate(row.pk, what, at))
            told += 1
    return told
