"""Handsets: registered by the app itself, taken out of use by an office or their officer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.base.texts import plain
from gongzhi.field.capabilities import Can
from gongzhi.field.models import Handset

NOTED_EVERY = timedelta(minutes=2)  # a contact is written down no more often


class Revoked(Exception):
    """The handset is to forget what it holds: at once, or when what it has not sent is here (410)."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.words = {
            Handset.State.AFTER_SENDING: _(
                "This device was taken out of use. Send what is unsent; then its data is removed."
            )
        }.get(Handset.State(state), _("This device was taken out of use. Its data is removed now."))
        super().__init__(self.words)


@transaction.atomic
def register_handset(
    *, handset_id: UUID, name: str, platform: str, app_version: str, actor: Actor, at: datetime
) -> Handset:
    """Make a handset known, or take note of its new version; one that was wiped needs a new id."""
    row = Handset.objects.select_for_update().filter(pk=handset_id).first()
    if row is not None and row.user_id != actor.id:
        raise Refused(_("This device is registered for somebody else. Remove its data first."))
    if row is not None and row.state != Handset.State.ACTIVE:
        raise Revoked(row.state)
    values = {
        "name": plain(name).strip()[:80] or _("Unnamed device"),
        "platform": plain(platform).strip()[:80],
        "app_version": plain(app_version).strip()[:40],
        "area_path": home_area(actor), "seen_at": at,
    }  # fmt: skip
    if row is None:
        row = Handset.objects.create(id=handset_id, user_id=actor.id, registered_at=at, **values)
        audit.record(
            actor=actor, verb="field.register_handset", subject=f"handset:{row.id}", at=at,
            detail={"name": row.name, "platform": row.platform},
        )  # fmt: skip
        return row
    for column, value in values.items():
        setattr(row, column, value)
    row.save(update_fields=list(values))
    return row


def seen(*, handset_id: UUID | None, actor: Actor, at: datetime, sends: bool = False) -> Handset:
    """
    Return the actor's handset and note the contact.

    One that is to be wiped after sending may still send; Revoked otherwise.
    """
    row = Handset.objects.filter(pk=handset_id, user_id=actor.id).first() if handset_id else None
    if row is None:
        raise Refused(_("This device is not registered. Sign in to the app once more."))
    if row.state != Handset.State.ACTIVE and not (
        sends and row.state == Handset.State.AFTER_SENDING
    ):
        raise Revoked(row.state)
    if at - row.seen_at > NOTED_EVERY:
        Handset.objects.filter(pk=row.pk).update(seen_at=at)
    return row


@transaction.atomic
def revoke(*, handset_id: UUID, at_once: bool, actor: Actor, at: datetime) -> Handset:
    """Take a handset out of use: one's own, or one within reach. It hears of it at its next contact."""
    mine = Q(user_id=actor.id)
    in_reach = Handset.objects.within_reach_of(actor, Can.REVOKE).values("pk")
    row = Handset.objects.select_for_update().get(mine | Q(pk__in=in_reach), pk=handset_id)
    wanted = Handset.State.WIPE if at_once else Handset.State.AFTER_SENDING
    if row.state in {Handset.State.WIPED, wanted}:
        raise Refused(_("This device is taken out of use already."))
    if row.state == Handset.State.WIPE:
        raise Refused(_("This device is to be wiped at once; that cannot be taken back."))
    row.state, row.revoked_at, row.revoked_by = wanted, at, actor.id
    row.save(update_fields=["state", "revoked_at", "revoked_by"])
    audit.record(
        actor=actor, verb="field.revoke", subject=f"handset:{row.id}", at=at,
        detail={"user": row.user_id, "at_once": at_once},
    )  # fmt: skip
    return row


def note_wiped(*, handset_id: UUID, actor: Actor, at: datetime) -> None:
    """The handset says that it has removed its data."""
    changed = (
        Handset.objects.filter(pk=handset_id, user_id=actor.id)
        .exclude(state=Handset.State.WIPED)
        .update(state=Handset.State.WIPED, wiped_at=at, seen_at=at)
    )
    if changed:
        audit.record(actor=actor, verb="field.wiped", subject=f"handset:{handset_id}", at=at)


def home_area(actor: Actor) -> str:
    """Return the area of the posting the actor uses the app with; the first one, when there are several."""
    return next((grant.area for grant in actor.grants_for(Can.USE)), "")
