"""Keeps the contact book and the rooms to meet in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import Contact, Room
from gongzhi.duty.queries.contacts import own_units
from gongzhi.duty.queries.units import columns_of
from gongzhi.duty.rules import flaw_of_link, flaw_of_phone


@dataclass(frozen=True)
class ContactDraft:
    unit_id: int
    post: str
    phone: str
    hours: str = ""
    note: str = ""


@transaction.atomic
def add_contact(*, draft: ContactDraft, actor: Actor, at: datetime) -> Contact:
    """Add a duty telephone of a unit. Somebody's own number is refused: only they can enter it."""
    _check(draft)
    row = Contact(**_columns(draft), changed_at=at, changed_by_name=actor.name[:150])
    _save(row)
    _kept(row, actor)
    _note("add_contact", row, actor, at)
    return row


@transaction.atomic
def change_contact(*, contact_id: int, draft: ContactDraft, actor: Actor, at: datetime) -> Contact:
    """Set an entry right; one's own, or a duty telephone within reach."""
    row = _locked(contact_id, actor)
    if row.user_id is None:
        _check(draft)
    elif flaw_of_phone(draft.phone):
        raise Invalid({"phone": _("This is no telephone number.")})
    before = {"post": row.post, "phone": row.phone if row.user_id is None else ""}
    row.post, row.phone, row.hours, row.note = (
        draft.post.strip(),
        draft.phone.strip(),
        draft.hours,
        draft.note,
    )
    row.changed_at, row.changed_by_name = at, actor.name[:150]
    _save(row)
    _note("change_contact", row, actor, at, before=before)
    return row


@transaction.atomic
def remove_contact(*, contact_id: int, actor: Actor, at: datetime) -> None:
    row = _locked(contact_id, actor)
    _note("remove_contact", row, actor, at)
    row.delete()


@transaction.atomic
def enter_own_number(*, draft: ContactDraft, actor: Actor, at: datetime) -> Contact:
    """Enter one's own number for colleagues; it can be taken out again at any time."""
    if draft.unit_id not in dict(own_units(actor)):
        raise OutOfReach
    if flaw_of_phone(draft.phone):
        raise Invalid({"phone": _("This is no telephone number.")})
    row = Contact(
        **{**_columns(draft), "post": draft.post.strip() or actor.name}, user_id=actor.id, changed_at=at,
        changed_by_name=actor.name[:150],
    )  # fmt: skip
    _save(row)
    _note("enter_own_number", row, actor, at)
    return row


def _columns(draft: ContactDraft) -> dict[str, Any]:
    return {
        **columns_of(draft.unit_id), "post": draft.post.strip(), "phone": draft.phone.strip(),
        "hours": draft.hours.strip(), "note": draft.note.strip(),
    }  # fmt: skip


def _check(draft: ContactDraft) -> None:
    problems = {}
    if len(draft.post.strip()) < 2:
        problems["post"] = _("Name the post, for example 值班室.")
    if flaw_of_phone(draft.phone):
        problems["phone"] = _("This is no telephone number.")
    elif accounts.works_here(draft.phone):
        problems["phone"] = _(
            "This is somebody's own number: only they can enter it, under “My own number”."
        )
    if problems:
        raise Invalid(problems)


def _save(row: Contact) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Invalid({"phone": _("This stands in the book already.")}) from clash


def _kept(row: Contact | Room, actor: Actor) -> None:
    if not type(row).objects.within_reach_of(actor, Can.KEEP_CONTACTS).filter(pk=row.pk).exists():
        raise OutOfReach


def _locked(contact_id: int, actor: Actor) -> Contact:
    """Return an entry to change: a person's own is theirs alone, whoever keeps the book."""
    row = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id).first()
    if row is None:
        raise OutOfReach
    if row.user_id is None:
        _kept(row, actor)
    elif row.user_id != actor.id:
        raise OutOfReach
    return row


@dataclass(frozen=True)
class RoomDraft:
    unit_id: int
    name: str
    kind: str
    url: str


@transaction.atomic
def add_room(*, draft: RoomDraft, actor: Actor, at: datetime) -> Room:
    """Add a room to meet in by video or voice: an address that is http, https, tel or sip."""
    problems = {}
    if len(draft.name.strip()) < 2:
        problems["name"] = _("Name the room.")
    if draft.kind not in Room.Kind.values:
        problems["kind"] = _("Choose one of the list.")
    if flaw := flaw_of_link(draft.url.strip()):
        problems["url"] = _link_words(flaw)
    if problems:
        raise Invalid(problems)
    row = Room(
        **columns_of(draft.unit_id), name=draft.name.strip(), kind=draft.kind, url=draft.url.strip(), changed_at=at,
        changed_by_name=actor.name[:150],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Invalid({"name": _("The unit has a room of this name.")}) from clash
    _kept(row, actor)
    _note("add_room", row, actor, at, name=row.name, url=row.url)
    return row


@transaction.atomic
def remove_room(*, room_id: int, actor: Actor, at: datetime) -> None:
    rows = Room.objects.within_reach_of(actor, Can.KEEP_CONTACTS).select_for_update(of=("self",))
    row = rows.filter(pk=room_id).first()
    if row is None:
        raise OutOfReach
    _note("remove_room", row, actor, at, name=row.name, url=row.url)
    row.delete()


def _link_words(flaw: str) -> str:
    return {
        "scheme": _("An address begins with https://, http://, tel: or sip:."),
        "host": _("The address names no place, or a password that must not stand there."),
        "number": _("After tel: comes a number."),
        "blank": _("An address has no blanks."),
    }[flaw]


def _note(verb: str, row: Contact | Room, actor: Actor, at: datetime, **detail: Any) -> None:
    what = "contact" if isinstance(row, Contact) else "room"
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"{what}:{row.pk}", at=at, detail={"unit": row.unit_id, **detail}
    )  # fmt: skip
