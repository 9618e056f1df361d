"""Receive an upload, claim it for a matter, store a drawn one, remove what nobody claimed."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.files.clients import is_harmless
from gongzhi.files.models import StoredFile
from gongzhi.files.queries import FRESH, FileLink, limits, link
from gongzhi.files.rules import (
    Clean,
    Kind,
    Problem,
    Unusable,
    bands_of,
    clean_name,
    inspect,
    kind_of,
)

FIELD = "file"
DRAWN = "drawn"


class Upload(Protocol):
    """What Django calls an uploaded file, or anything with a name, a size and bytes."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self, size: int = -1, /) -> bytes: ...


def receive(
    *,
    upload: Upload,
    actor: Actor,
    at: datetime,
    sender: str = "",
    purpose: str = "",
    held_until: datetime | None = None,
) -> FileLink:
    """
    Check, clean and keep one upload; Invalid with a sentence when it cannot be kept.

    It waits a day for the form it belongs to, or until `held_until`.

    Costs up to a second of work, so call it outside the transaction that files the matter.
    `sender` names the browser of a person who is not signed in (see pages.sender_of).
    """
    try:
        content = _content(upload)
        clean = inspect(content, limits=limits(), zone=timezone.get_current_timezone(), before=at)
    except Unusable as error:
        raise Invalid({FIELD: _sentence(error)}) from error
    if not is_harmless(content):
        raise Invalid({FIELD: _("The virus check did not let this file pass.")})
    return _kept(
        clean, source=content, name=str(upload.name or ""), at=at,
        created_by=actor.id, sender="" if actor.id else sender, purpose=purpose, held_until=held_until,
    )  # fmt: skip


def put_drawn(*, name: str, content: bytes, at: datetime) -> int:
    """Keep a picture this program made itself and return its id, already claimed."""
    clean = inspect(content, limits=limits(), zone=timezone.get_current_timezone(), before=at)
    return _kept(clean, source=content, name=name, at=at, purpose=DRAWN, claimed=True).id


def remove_drawn(*, file_id: int) -> None:
    """Remove a picture this program made, when nothing refers to it any more; a person's upload is never touched."""
    with transaction.atomic():
        file = StoredFile.objects.filter(pk=file_id, purpose=DRAWN).first()
        if file is not None:
            _remove(file)


def _remove(file: StoredFile) -> None:
    _lock(file.key)
    file.delete()
    if not StoredFile.objects.filter(key=file.key).exists():
        for key in filter(None, (file.key, file.thumb_key)):
            default_storage.delete(key)


@transaction.atomic
def remove(*, ids: Sequence[int]) -> list[str]:
    """
    Remove files nobody may have any more and return the hash of each; one that something else still refers to stays.

    Content that several files share goes with the last of them.
    """
    gone = []
    for file in StoredFile.objects.filter(pk__in=list(ids)).order_by("pk"):
        try:
            with transaction.atomic():
                _remove(file)
        except ProtectedError:
            continue
        gone.append(file.sha256)
    return gone


def claim(*, tokens: Sequence[str], actor: Actor, at: datetime, sender: str = "") -> list[int]:
    """
    Make uploads part of a matter, in one statement, and return their ids in the order of the tokens.

    Only the sender's own uploads can be claimed, once; Invalid when one is missing.
    """
    wanted = list(dict.fromkeys(tokens))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE files_storedfile SET claimed = true"
            " WHERE token = ANY(%s) AND NOT claimed AND (received_at > %s OR held_until > %s)"
            " AND CASE WHEN created_by > 0 THEN created_by = %s ELSE sender <> '' AND sender = %s END"
            " RETURNING token, id",
            [wanted, at - FRESH, at, actor.id, sender],
        )
        ids: dict[str, int] = dict(cursor.fetchall())
    if len(ids) < len(wanted):
        raise Invalid({FIELD: _("An attached file is no longer there. Please add it again.")})
    return [ids[token] for token in wanted]


def hold(*, tokens: Sequence[str], until: datetime, actor: Actor) -> None:
    """Keep the sender's own uploads for a record that waits for a decision."""
    StoredFile.objects.filter(token__in=tokens, created_by=actor.id, claimed=False).update(
        held_until=until
    )


def remove_unclaimed(*, at: datetime, limit: int = 1000) -> int:
    """Remove uploads whose form was never sent, oldest first; return how many."""
    old = StoredFile.objects.filter(claimed=False, received_at__lt=at - FRESH).filter(
        Q(held_until=None) | Q(held_until__lt=at)
    )
    keys = list(old.order_by("received_at").values_list("pk", "key", "thumb_key")[:limit])
    for pk, key, thumb_key in keys:
        with transaction.atomic():
            _lock(key)
            removed, _by_model = old.filter(pk=pk).delete()
            if removed and not StoredFile.objects.filter(key=key).exists():
                default_storage.delete(key)
                if thumb_key:
                    default_storage.delete(thumb_key)
    return len(keys)


def _content(upload: Upload) -> bytes:
    """Read no more than the largest kind allows; a name or a stated type is never believed."""
    largest = max(limit.bytes for limit in limits().values())
    if (upload.size or 0) > largest:
        raise Unusable(Problem.TOO_LARGE, limit=largest)
    content = upload.read(largest + 1)
    if len(content) > largest:
        raise Unusable(Problem.TOO_LARGE, limit=largest)
    kind_of(content[:8192])
    return content


def _kept(clean: Clean, *, source: bytes, name: str, at: datetime, **facts: Any) -> FileLink:
    sha256 = hashlib.sha256(clean.content).hexdigest()
    key = f"{clean.kind}/{sha256[:2]}/{sha256[2:4]}/{sha256}.{clean.suffix}"
    thumb_key = f"thumb/{sha256[:2]}/{sha256[2:4]}/{sha256}.webp" if clean.thumb else ""
    with transaction.atomic():
        _lock(key)
        _store(key, clean.content)
        if thumb_key:
            _store(thumb_key, clean.thumb)
        return link(
            StoredFile.objects.create(
                token=secrets.token_urlsafe(18),
                kind=clean.kind,
                content_type=clean.content_type,
                sha256=sha256,
                source_sha256=hashlib.sha256(source).hexdigest(),
                key=key,
                thumb_key=thumb_key,
                size=len(clean.content),
                width=clean.width,
                height=clean.height,
                duration=clean.duration,
                likeness=clean.likeness,
                bands=None if clean.likeness is None else bands_of(clean.likeness),
                taken_at=clean.taken_at,
                lon=clean.lon,
                lat=clean.lat,
                name=clean_name(name, suffix=clean.suffix),
                received_at=at,
                **facts,
            )
        )


def _lock(key: str) -> None:
    """Keep the same content from being stored and removed at once; freed with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [key])


def _store(key: str, content: bytes) -> None:
    """Write content under its hash unless it is there already."""
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(content))


def _sentence(error: Unusable) -> str:
    if error.problem == Problem.TOO_LARGE:
        return _too_large(error)
    sentences = {
        Problem.EMPTY: _("The file is empty. Please choose it again."),
        Problem.UNKNOWN: _(
            "This kind of file cannot be used. Send a photo (JPEG, PNG, WebP), a PDF, a recording "
            "(MP3, M4A, WAV) or a video (MP4, MOV)."
        ),
        Problem.PROGRAM: _("This is a program, whatever its name says. Programs are not accepted."),
        Problem.HEIC: _(
            "HEIC photos cannot be read here. On the phone choose “Most Compatible” as camera "
            "format, or send a screenshot."
        ),
        Problem.DAMAGED: _("The file is damaged or incomplete. Please take or save it again."),
        Problem.TOO_MANY_PIXELS: _("The picture has more than {limit} million pixels."),
        Problem.TOO_LONG: _("Longer than {limit} seconds. Please shorten it."),
        Problem.NO_LENGTH: _("The length of the recording cannot be read. Please record it again."),
        Problem.ENCRYPTED: _("The PDF is protected by a password. Please send it without one."),
        Problem.ACTIVE: _(
            "The PDF contains scripts or attached files. Please print it to a new PDF."
        ),
    }
    limit = error.limit // 1_000_000 if error.problem == Problem.TOO_MANY_PIXELS else error.limit
    return sentences[error.problem].format(limit=limit)


def _too_large(error: Unusable) -> str:
    size = error.limit // (1024 * 1024)
    names = {
        Kind.PHOTO: _("A photo may have at most {size} MB."),
        Kind.PDF: _("A document may have at most {size} MB."),
        Kind.AUDIO: _("A recording may have at most {size} MB."),
        Kind.VIDEO: _("A video may have at most {size} MB."),
    }
    sentence = names.get(error.kind) if error.kind else None
    return (sentence or _("A file may have at most {size} MB.")).format(size=size)
