"""Rooms lent to those who hold a sitting: they need no office at the centre, only a dispute it is there for."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.centres import queries
from gongzhi.centres.models import Booking
from gongzhi.talks.actions import Wanted


def lend(*, wanted: Wanted, actor: Actor, at: datetime) -> tuple[int, str]:
    """Book a room of the dispute's centre for a sitting; Refused when somebody has it then."""
    names = dict(queries.rooms_to_lend(wanted.area_path))
    if wanted.room_id not in names:
        raise Invalid({"room_id": _("Choose a room of the centre.")})
    name = names[wanted.room_id]
    try:
        with transaction.atomic():
            row = Booking.objects.create(
                room_id=wanted.room_id, starts_at=wanted.starts_at, ends_at=wanted.ends_at, purpose=_("Sitting"),
                matter_id=wanted.matter_id, booked_by=actor.id, booked_by_name=actor.name, booked_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_taken(wanted, name)) from None
    audit.record(actor=actor, verb="centres.book", subject=f"matter:{wanted.matter_id}", at=at)
    return row.pk, name


def _taken(wanted: Wanted, name: str) -> str:
    """Say what else is free then."""
    had = Booking.objects.filter(cancelled_at=None, starts_at__lt=wanted.ends_at, ends_at__gt=wanted.starts_at)  # fmt: skip
    taken = set(had.values_list("room_id", flat=True))
    free = [other for room_id, other in queries.rooms_to_lend(wanted.area_path) if room_id not in taken]  # fmt: skip
    when = timezone.localtime(wanted.starts_at).strftime("%m-%d %H:%M")
    if free:
        return _("{room} is taken at {when}; free then: {others}.").format(room=name, when=when, others="、".join(free))  # fmt: skip
    return _("{room} is taken at {when}, and no other room is free then.").format(room=name, when=when)  # fmt: skip


def take_back(*, booking_id: int, actor: Actor, at: datetime) -> None:
    """Cancel a booking; doing it twice changes nothing."""
    row = Booking.objects.filter(pk=booking_id, cancelled_at=None).first()
    if row is None:
        return
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    audit.record(actor=actor, verb="centres.cancel_booking", subject=f"matter:{row.matter_id}", at=at)  # fmt: skip
