"""What is said in rooms. The mediator sits in all of them, a side in the shared one and its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.texts import plain
from gongzhi.files import actions as files
from gongzhi.talks import queries
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import CaucusNote, Message, MessageFile, Room
from gongzhi.talks.queries import Seat

LONGEST = 2000
MOST_FILES = 6


@dataclass(frozen=True)
class Words:
    """What is said, with papers; `key` makes a second sending harmless."""

    text: str
    key: str
    files: Sequence[str] = ()


def say(*, seat: Seat, room: str, said: Words, at: datetime, sender: str = "") -> Message:
    """A side says something in a room it sits in."""
    if room not in seat.keys:
        raise OutOfReach
    _must_talk(is_talking=seat.is_talking, state=seat.state_label)
    _brake(seat, at)
    return _said(
        seat.matter_id,
        room,
        said,
        {"party_id": seat.party_id},
        actor=ANONYMOUS,
        at=at,
        sender=sender,
    )


def say_as_mediator(*, number: str, room: str, said: Words, actor: Actor, at: datetime) -> Message:
    """The mediator says something in any room of the dispute."""
    talk = queries.mediated(number, actor, Can.HOLD)
    if not queries.has_room(talk.matter_id, room):
        raise OutOfReach
    _must_talk(is_talking=talk.is_talking, state=talk.state_label)
    return _said(talk.matter_id, room, said, {"user_id": actor.id}, actor=actor, at=at, sender="")


def _said(
    matter_id: int,
    key: str,
    said: Words,
    by: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
    sender: str,
) -> Message:
    text = plain(said.text).strip()
    if not (text or said.files):
        raise Invalid({"text": _("Write something or add a paper.")})
    if len(text) > LONGEST:
        raise Invalid({"text": _("At most {n} characters at a time.").format(n=LONGEST)})
    try:
        with transaction.atomic():
            room = open_room(matter_id, key, at=at)
            made = Message.objects.create(room=room, text=text, key=said.key[:64], at=at, **by)
            _hang(made, said.files, actor, at, sender)
    except IntegrityError:
        known = Message.objects.filter(room__dispute_id=matter_id, room__key=key, key=said.key[:64], **by).first()  # fmt: skip
        if known is None:
            raise
        return known
    return made


def _hang(row: Message, tokens: Sequence[str], actor: Actor, at: datetime, sender: str) -> None:
    wanted = list(tokens)[:MOST_FILES]
    if wanted:
        ids = files.claim(tokens=wanted, actor=actor, at=at, sender=sender)
        MessageFile.objects.bulk_create(MessageFile(message=row, file_id=one) for one in ids)


def open_room(matter_id: int, key: str, *, at: datetime) -> Room:
    """Return the room, made when somebody enters it first; a closed one takes no more words."""
    Room.objects.bulk_create([Room(dispute_id=matter_id, key=key, made_at=at)], ignore_conflicts=True)  # fmt: skip
    room = Room.objects.get(dispute_id=matter_id, key=key)
    if room.closed_at:
        raise Refused(_("This room is closed."))
    return room


def _must_talk(*, is_talking: bool, state: str) -> None:
    if not is_talking:
        raise Refused(_("The rooms are open while the mediation is under way; it is “{state}”.").format(state=state))  # fmt: skip


def _brake(seat: Seat, at: datetime) -> None:
    most = queries.norm("messages.per_minute", on=timezone.localdate(at))
    lately = Message.objects.filter(party_id=seat.party_id, at__gt=at - timedelta(minutes=1))
    if lately.count() >= most:
        raise Refused(_("That was very often in a short time. Please wait a minute."))


@transaction.atomic
def note(*, number: str, room: str, text: str, actor: Actor, at: datetime) -> CaucusNote:
    """Keep a note for the mediator alone; it is encrypted and in no paper."""
    talk = queries.mediated(number, actor, Can.HOLD)
    words = plain(text).strip()
    if not words or not queries.has_room(talk.matter_id, room):
        raise Invalid({"text": _("Write something.")})
    made = CaucusNote.objects.create(
        dispute_id=talk.matter_id, room_key=room, user_id=actor.id, text=words[:LONGEST], at=at
    )
    audit.record(actor=actor, verb="talks.note", subject=f"matter:{talk.matter_id}", at=at)
    return made


@transaction.atomic
def forget_note(*, number: str, note_id: int, actor: Actor, at: datetime) -> None:
    """Delete one's own note: it is nobody's file."""
    talk = queries.mediated(number, actor, Can.HOLD)
    CaucusNote.objects.filter(pk=note_id, dispute_id=talk.matter_id, user_id=actor.id).delete()
    audit.record(actor=actor, verb="talks.forget_note", subject=f"matter:{talk.matter_id}", at=at)


def close_rooms(*, matter_id: int, at: datetime) -> int:
    """Close the rooms when the mediation is over; what was said in them stays with who sat there."""
    return Room.objects.filter(dispute_id=matter_id, closed_at=None).update(closed_at=at)


def reopen_rooms(*, matter_id: int) -> int:
    return Room.objects.filter(dispute_id=matter_id).exclude(closed_at=None).update(closed_at=None)
