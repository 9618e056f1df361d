"""Officers begin and end their duty. Two moments are kept, no way between them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import ShiftEnded, ShiftStarted
from gongzhi.patrol.models import Norm, Shift
from gongzhi.patrol.queries.lists import norm
from gongzhi.patrol.queries.work import ShiftRow


@transaction.atomic
def start_shift(*, actor: Actor, at: datetime, note: str = "") -> ShiftRow:
    """Begin the own shift; a second start while it runs is the same shift."""
    if not actor.can(Can.VISIT):
        raise OutOfReach
    row = Shift.objects.select_for_update().filter(user=actor.id, ended_at__isnull=True).first()
    if row is None:
        row = Shift.objects.create(user_id=actor.id, started_at=at, note=note.strip()[:200])
        audit.record(actor=actor, verb="patrol.start_shift", subject=f"user:{actor.id}", at=at)
        bus.publish(ShiftStarted(actor.id, at))
    return ShiftRow("on", row.started_at, None)


@transaction.atomic
def end_shift(*, actor: Actor, at: datetime, note: str = "") -> ShiftRow:
    """End the own shift; a repeated end changes nothing."""
    row = Shift.objects.select_for_update().filter(user=actor.id).order_by("-started_at").first()
    if row is None:
        raise Refused(_("You have not started a shift."))
    if row.ended_at is None:
        row.ended_at = max(at, row.started_at)
        row.note = note.strip()[:200] or row.note
        row.save(update_fields=["ended_at", "note"])
        audit.record(actor=actor, verb="patrol.end_shift", subject=f"user:{actor.id}", at=at)
        bus.publish(ShiftEnded(actor.id, row.ended_at))
    return ShiftRow("off", row.started_at, row.ended_at)


def end_forgotten_shifts(*, at: datetime) -> int:
    """End shifts that run longer than any shift lasts, marked as ended by themselves; return how many."""
    try:
        hours = norm("shift_hours", on=timezone.localdate(at))
    except Norm.DoesNotExist:
        return 0
    forgotten = Shift.objects.filter(
        ended_at__isnull=True, started_at__lt=at - timedelta(hours=hours)
    )
    return forgotten.update(ended_at=at, ended_by_itself=True)
