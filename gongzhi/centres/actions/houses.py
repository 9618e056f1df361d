"""Open a centre, keep its rooms and counters, book a room, check the centre against the standard."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries
from gongzhi.centres.actions.reaching import locked
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Booking, Centre, Counter, Room, SelfCheck
from gongzhi.matters import queries as matters

LONGEST_BOOKING = timedelta(hours=12)
FARTHEST = timedelta(days=180)


@dataclass(frozen=True)
class CentreDraft:
    unit_id: int
    code: str
    name: str
    level: int
    address: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class RoomDraft:
    kind: str
    name: str
    seats: int = 0
    has_step_free_way: bool = True
    link: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class BookingDraft:
    room_id: int
    starts_at: datetime
    ends_at: datetime
    purpose: str
    number: str = ""  # of the matter


@transaction.atomic
def open_centre(*, draft: CentreDraft, actor: Actor, at: datetime) -> Centre:
    """Open the centre of a unit; the unit says where it is."""
    unit = accounts.unit(draft.unit_id)
    row = Centre.objects.create(
        **asdict(draft), area_path=unit.area_path, unit_ids=list(unit.ancestors)
    )
    audit.record(actor=actor, verb="centres.open", subject=f"centre:{row.pk}", at=at)
    return row


def keep_room(
    *, centre: Centre, room_id: int | None, draft: RoomDraft, actor: Actor, at: datetime
) -> Room:
    """Add a room, or change one; a room with bookings ahead is not closed."""
    if draft.kind not in queries.names("rooms"):
        raise Invalid({"kind": _("Choose the kind of room.")})
    try:
        with transaction.atomic():
            row = (
                locked(Room, room_id, actor, Can.KEEP)
                if room_id
                else Room(centre=_kept(centre, actor))
            )
            if room_id and not draft.is_open and _is_booked(row, at):
                raise Refused(_("The room is booked ahead; cancel the bookings first."))
            for name, value in asdict(draft).items():
                setattr(row, name, value)
            row.save()
            audit.record(actor=actor, verb="centres.room", subject=f"centre:{row.centre_id}", at=at)
    except IntegrityError:
        raise Invalid({"name": _("The centre has a room of this name.")}) from None
    return row


def _kept(centre: Centre, actor: Actor) -> Centre:
    return locked(Centre, centre.pk, actor, Can.KEEP)


def _is_booked(row: Room, at: datetime) -> bool:
    return Booking.objects.filter(room=row, cancelled_at__isnull=True, ends_at__gt=at).exists()


def keep_counter(
    *, centre: Centre, code: str, name: str, services: Sequence[str], actor: Actor, at: datetime
) -> Counter:
    """Add a counter or change the one with this code."""
    known = queries.names("services")
    if not services or set(services) - set(known):
        raise Invalid({"services": _("Choose at least one service.")})
    with transaction.atomic():
        row, _is_new = Counter.objects.update_or_create(
            centre=_kept(centre, actor),
            code=code,
            defaults={"name": name, "services": list(services)},
        )
        audit.record(actor=actor, verb="centres.counter", subject=f"centre:{centre.pk}", at=at)
    return row


def book(*, draft: BookingDraft, actor: Actor, at: datetime) -> Booking:
    """Book a room; Refused when somebody has it then. Two who ask at once cannot both get it."""
    _check_times(draft, at)
    reach = Room.objects.within_reach_of(actor, Can.TAKE_IN).select_related("centre")
    room = reach.filter(pk=draft.room_id, is_open=True).first()
    if room is None:
        raise OutOfReach
    matter_id = _matter(draft.number, actor)
    try:
        with transaction.atomic():
            row = Booking.objects.create(
                room=room, starts_at=draft.starts_at, ends_at=draft.ends_at, purpose=draft.purpose.strip()[:60],
                matter_id=matter_id, booked_by=actor.id, booked_by_name=actor.name, booked_at=at,
            )  # fmt: skip
            audit.record(
                actor=actor, verb="centres.book", subject=f"centre:{room.centre_id}", at=at
            )
    except IntegrityError:
        raise Refused(_("{room} is taken at this time; choose another time or room.").format(room=room.name)) from None  # fmt: skip
    return row


def _check_times(draft: BookingDraft, at: datetime) -> None:
    if draft.ends_at <= draft.starts_at:
        raise Invalid({"ends": _("The end lies before the beginning.")})
    if draft.ends_at - draft.starts_at > LONGEST_BOOKING:
        raise Invalid({"ends": _("At most twelve hours at a time.")})
    if draft.starts_at < at - timedelta(hours=1):
        raise Invalid({"starts": _("This time has passed.")})
    if draft.starts_at > at + FARTHEST:
        raise Invalid({"starts": _("At most half a year ahead.")})


def _matter(number: str, actor: Actor) -> int | None:
    if not number.strip():
        return None
    found = matters.ids_by_number([matters.whole_number(number)], actor)
    if not found:
        raise Invalid({"number": _("There is no such matter within your reach.")})
    return next(iter(found.values()))


@transaction.atomic
def cancel_booking(*, booking_id: int, actor: Actor, at: datetime) -> Booking:
    row = locked(Booking, booking_id, actor, Can.TAKE_IN)
    if row.cancelled_at is not None:
        raise Refused(_("This booking was cancelled already."))
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    audit.record(
        actor=actor, verb="centres.cancel_booking", subject=f"centre:{row.room.centre_id}", at=at
    )
    return row


@transaction.atomic
def self_check(
    *, centre: Centre, item: str, share: int, words: str, actor: Actor, at: datetime
) -> SelfCheck:
    """Say how far an item of the standard is met; what was said before stays as history."""
    if item not in queries.by_code("standards"):
        raise Invalid({"item": _("Choose an item of the standard.")})
    if share not in {0, 50, 100}:
        raise Invalid({"share": _("Met, half met or not met.")})
    if share and not words.strip():
        raise Invalid({"words": _("Say what shows it: a document, a photo, a number.")})
    row = SelfCheck.objects.create(
        centre=_kept(centre, actor), item=item, share=share, words=words.strip()[:300], checked_at=at,
        checked_by=actor.id, checked_by_name=actor.name,
    )  # fmt: skip
    audit.record(actor=actor, verb="centres.self_check", subject=f"centre:{centre.pk}", at=at)
    return row
