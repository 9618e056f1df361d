"""
An upload that comes in parts, over a network that breaks.

The sender chooses the id and says beforehand how long the whole is and what its SHA-256 will be. Whatever is sent
twice or overlaps is passed over; the answer always says where to go on.
"""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.files.actions.receiving import FIELD, receive
from gongzhi.files.models import Part, PartUpload
from gongzhi.files.queries import PartState, limits, state_of
from gongzhi.files.rules import clean_name


@dataclass(frozen=True)
class Announced:
    """What the sender says about the whole before the first byte."""

    id: UUID
    size: int
    sha256: str
    name: str = ""


def take_part(
    *, upload: Announced, start: int, content: bytes, actor: Actor, at: datetime
) -> PartState:
    """
    Take the bytes from `start` on; the last ones make it a file like any other.

    A wrong sum starts over. A file that cannot be kept stays known as such, with the reason, so that
    whatever needs it can say why it does not come.
    """
    _check(upload, start, content)
    with transaction.atomic():
        row = _locked(upload, actor, at)
        if row.file_id is not None or row.problem or start > row.offset:
            return state_of(row)
        fresh = content[row.offset - start :]
        if row.offset + len(fresh) > row.size:
            raise Invalid({FIELD: _("More bytes came than were announced.")})
        if row.offset + len(fresh) < row.size:
            return _kept(row, fresh, at)
        return _finished(row, fresh, actor, at)


def forget_parts(*, at: datetime) -> int:
    """Remove what was never finished, and the notes of finished uploads that are no longer asked for."""
    old = at - timedelta(days=settings.UPLOAD_DAYS)
    removed, _by_model = PartUpload.objects.filter(touched_at__lt=old).delete()
    return removed


def _check(upload: Announced, start: int, content: bytes) -> None:
    largest = max(limit.bytes for limit in limits().values())
    if not 0 < upload.size <= largest:
        size = largest // (1024 * 1024)
        raise Invalid({FIELD: _("A file may have at most {size} MB.").format(size=size)})
    if len(content) > settings.UPLOAD_PART_BYTES:
        raise Invalid({FIELD: _("This part is too large. Send smaller ones.")})
    if start < 0 or not content:
        raise Invalid({FIELD: _("The part is empty. Please send it again.")})
    if len(upload.sha256) != 64 or set(upload.sha256) - set("0123456789abcdef"):
        raise Invalid({FIELD: _("The check sum of the file is missing.")})


def _locked(upload: Announced, actor: Actor, at: datetime) -> PartUpload:
    row = PartUpload.objects.select_for_update(of=("self",)).filter(pk=upload.id).first()
    if row is None:
        _check_room(actor)
        new = PartUpload(
            id=upload.id, created_by=actor.id, size=upload.size, sha256=upload.sha256,
            name=clean_name(upload.name, suffix="part")[:120], begun_at=at, touched_at=at,
        )  # fmt: skip
        PartUpload.objects.bulk_create([new], ignore_conflicts=True)  # the same part may come twice
        row = PartUpload.objects.select_for_update(of=("self",)).get(pk=upload.id)
    if row.created_by != actor.id:
        raise OutOfReach
    if (row.size, row.sha256) != (upload.size, upload.sha256):
        raise Refused(_("Another file was begun under this id. Begin again with a new one."))
    return row


def _check_room(actor: Actor) -> None:
    begun = PartUpload.objects.filter(
        created_by=actor.id, file=None, problem="", offset__lt=F("size")
    )
    if begun[: settings.UPLOADS_UNFINISHED].count() >= settings.UPLOADS_UNFINISHED:
        raise Refused(_("Too many files are unfinished. Send the rest of those first."))


def _kept(row: PartUpload, fresh: bytes, at: datetime) -> PartState:
    if fresh:
        Part.objects.create(upload=row, start=row.offset, content=fresh)
        row.offset += len(fresh)
    row.touched_at = at
    row.save(update_fields=["offset", "touched_at"])
    return state_of(row)


def _finished(row: PartUpload, fresh: bytes, actor: Actor, at: datetime) -> PartState:
    earlier = [] if not row.offset else _parts(row)
    whole = b"".join([*earlier, fresh])
    words = ""
    if hashlib.sha256(whole).hexdigest() == row.sha256:
        _receive(row, whole, actor, at)
        row.offset = row.size
    else:
        words = _("The file did not arrive as it was sent. It is sent once more from the start.")
        row.offset = 0
    if earlier:
        Part.objects.filter(upload=row).delete()
    row.touched_at = at
    row.save(update_fields=["offset", "file", "problem", "touched_at"])
    return state_of(row, words=words)


def _parts(row: PartUpload) -> list[bytes]:
    contents = Part.objects.filter(upload=row).order_by("start").values_list("content", flat=True)
    return [bytes(content) for content in contents]


def _receive(row: PartUpload, whole: bytes, actor: Actor, at: datetime) -> None:
    try:
        kept = receive(
            upload=File(io.BytesIO(whole), name=row.name), actor=actor, at=at,
            held_until=at + timedelta(days=settings.UPLOAD_DAYS),
        )  # fmt: skip
    except Invalid as trouble:
        row.problem = str(trouble)[:300]
        return
    row.file_id = kept.id
