"""Bulletins: published to units, confirmed by each, recalled with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty.capabilities import Can
from gongzhi.duty.events import BulletinPublished, BulletinRecalled
from gongzhi.duty.models import Bulletin, BulletinFile, Reader
from gongzhi.duty.queries.units import columns_of, homes
from gongzhi.files import actions as files

LONGEST = timedelta(days=366)
MOST_FILES = 9


@dataclass(frozen=True)
class BulletinDraft:
    unit_id: int  # who says it
    title: str
    text: str
    valid_until: datetime
    reader_ids: Sequence[int]
    urgency: str = ""  # "urgent": told at night, too
    uploads: Sequence[str] = ()


@transaction.atomic
def publish_bulletin(*, draft: BulletinDraft, actor: Actor, at: datetime) -> Bulletin:
    """Publish a bulletin to units within reach; their people are told."""
    readers = [unit for unit in dict.fromkeys(draft.reader_ids) if unit != draft.unit_id]
    _check(draft, readers, at)
    row = Bulletin.objects.create(
        **columns_of(draft.unit_id), title=draft.title.strip(), text=draft.text.strip(),
        is_urgent=draft.urgency == "urgent", published_at=at, valid_until=draft.valid_until, actor_id=actor.id,
        actor_name=actor.name[:150],
    )  # fmt: skip
    Reader.objects.bulk_create(Reader(bulletin=row, **columns_of(unit)) for unit in readers)
    _within_reach(row, actor, len(readers))
    claimed = files.claim(tokens=draft.uploads, actor=actor, at=at)
    BulletinFile.objects.bulk_create(BulletinFile(bulletin=row, file_id=one) for one in claimed)
    _note("publish_bulletin", row, actor, at, readers=len(readers))
    bus.publish(BulletinPublished(row.pk, at))
    return row


def _check(draft: BulletinDraft, readers: Sequence[int], at: datetime) -> None:
    problems = {}
    if len(draft.title.strip()) < 2:
        problems["title"] = _("Give a title.")
    if len(draft.text.strip()) < 2:
        problems["text"] = _("Write the text.")
    if not readers:
        problems["units"] = _("Choose who is to read it.")
    if draft.valid_until <= at:
        problems["valid_until"] = _("It must hold for some time.")
    elif draft.valid_until - at > LONGEST:
        problems["valid_until"] = _("At most a year.")
    if len(draft.uploads) > MOST_FILES:
        problems["uploads"] = _("At most {n} files.").format(n=MOST_FILES)
    if problems:
        raise Invalid(problems)


def _within_reach(row: Bulletin, actor: Actor, count: int) -> None:
    """Ask of the rows themselves whether the actor may say this, and to all of them."""
    if row.unit_id not in homes(actor, Can.ANNOUNCE):
        raise OutOfReach
    reached = Reader.objects.within_reach_of(actor, Can.ANNOUNCE).filter(bulletin=row).count()
    if reached != count:
        raise Invalid({"units": _("Some of these units are not below yours.")})


@transaction.atomic
def confirm_read(*, reader_id: int, actor: Actor, at: datetime) -> Reader:
    """Say for one's own unit that it was read; the first one's name stays."""
    rows = Reader.objects.select_for_update(of=("self",)).select_related("bulletin")
    row = rows.filter(pk=reader_id, unit__in=homes(actor, Can.ANSWER)).first()
    if row is None:
        raise OutOfReach
    if row.bulletin.recalled_at:
        raise Refused(_("This bulletin was recalled."))
    if row.read_at is None:
        row.read_at, row.read_by_name = at, actor.name[:150]
        row.save(update_fields=["read_at", "read_by_name"])
        _note("read_bulletin", row.bulletin, actor, at, unit=row.unit_id)
    return row


@transaction.atomic
def recall_bulletin(*, bulletin_id: int, reason: str, actor: Actor, at: datetime) -> Bulletin:
    """Take a bulletin back; it stays readable with the reason, and its readers are told."""
    rows = Bulletin.objects.within_reach_of(actor, Can.ANNOUNCE).select_for_update(of=("self",))
    row = rows.filter(pk=bulletin_id).first()
    if row is None:
        raise OutOfReach
    if row.recalled_at:
        raise Refused(_("This bulletin was recalled."))
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    row.recalled_at, row.recalled_by_name, row.recall_reason = (
        at,
        actor.name[:150],
        reason.strip()[:300],
    )
    row.save(update_fields=["recalled_at", "recalled_by_name", "recall_reason"])
    _note("recall_bulletin", row, actor, at, reason=row.recall_reason)
    bus.publish(BulletinRecalled(row.pk, at))
    return row


def _note(
    verb: str, row: Bulletin, actor: Actor, at: datetime, *, reason: str = "", **detail: int
) -> None:
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"bulletin:{row.pk}", at=at, reason=reason,
        detail={"title": row.title, **detail},
    )  # fmt: skip
