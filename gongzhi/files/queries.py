"""Questions about stored files, and the gate that decides who may see them."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.files.models import PartUpload, StoredFile
from gongzhi.files.rules import NEAR, Kind, Limit

Gate: TypeAlias = Callable[[str, Actor, Any], bool]
Brake: TypeAlias = Callable[[Any, datetime], str]
FRESH = timedelta(hours=24)  # how long an upload waits for the form it belongs to

COOKIE = "gz_uploads"
DAY = int(FRESH.total_seconds())

_log = logging.getLogger(__name__)
_gates: dict[str, Gate] = {}
_brakes: list[Brake] = []


@dataclass(frozen=True)
class FileLink:
    """What a page needs to show a file."""

    id: int
    token: str
    kind: str
    name: str
    size: int
    width: int
    height: int
    duration: float
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    has_thumb: bool

    @property
    def url(self) -> str:
        return f"/files/{self.token}"

    @property
    def thumb_url(self) -> str:
        return f"/files/{self.token}/thumb" if self.has_thumb else ""


@dataclass(frozen=True)
class PartState:
    """How much of an upload in parts is here; `words` when something stands against it."""

    id: UUID
    offset: int = 0
    complete: bool = False
    words: str = ""
    refused: bool = False  # it is whole and cannot be kept: another photo is needed
    token: str = ""
    file_id: int | None = None


def state_of(row: PartUpload, *, words: str = "", token: str = "") -> PartState:
    return PartState(
        row.id, row.offset, row.file_id is not None, words or row.problem,
        refused=bool(row.problem), token=token, file_id=row.file_id,
    )  # fmt: skip


def parts_of(ids: Sequence[UUID], actor: Actor) -> dict[UUID, PartState]:
    """Return what is here of the actor's own uploads, in one statement; unknown ids are left out."""
    if not ids:
        return {}
    rows = PartUpload.objects.filter(pk__in=ids, created_by=actor.id).select_related("file")
    return {row.id: state_of(row, token=row.file.token if row.file else "") for row in rows}


def install_gate(gate: Gate, *, for_thumbs: Gate | None = None) -> None:
    """
    Set who may see a file: gate(token, actor, request) -> bool, asked for the file and its thumbnail.

    `for_thumbs` is asked as well for the thumbnail alone: public pages show small pictures only.
    Without a gate nobody but the sender of a fresh upload sees anything.
    """
    _gates["file"] = gate
    _gates["thumb"] = for_thumbs or gate


def install_brake(brake: Brake) -> None:
    """Set who tells that a visitor sends too much: brake(request, at) -> a sentence, or "" to go on."""
    _brakes[:] = [brake]


def held_back(request: Any, *, at: datetime) -> str | None:
    """Return why this visitor may send no file now: "" when nothing stands against it, None when nobody watches."""
    return _brakes[0](request, at) if _brakes else None


def visible_file(
    *, token: str, actor: Actor, sender: str, request: Any, at: datetime, thumb: bool = False
) -> StoredFile:
    """Return the file if this actor or browser may see it; OutOfReach otherwise."""
    file = StoredFile.objects.filter(token=token).first()
    if file is None or not (
        _is_own_and_fresh(file, actor=actor, sender=sender, at=at)
        or _passes("file", token, actor, request)
        or (thumb and _passes("thumb", token, actor, request))
    ):
        raise OutOfReach
    return file


def file_links(ids: Sequence[int]) -> list[FileLink]:
    """Return the links in the order of the ids, in one statement; unknown ids are left out."""
    if not ids:
        return []
    known = {file.pk: link(file) for file in StoredFile.objects.filter(pk__in=ids)}
    return [known[i] for i in ids if i in known]


def links_of(tokens: Sequence[str]) -> list[FileLink]:
    """Return the links of files by their tokens, in one statement."""
    if not tokens:
        return []
    known = {file.token: link(file) for file in StoredFile.objects.filter(token__in=tokens)}
    return [known[token] for token in tokens if token in known]


def link(file: StoredFile) -> FileLink:
    return FileLink(
        id=file.pk, token=file.token, kind=file.kind, name=file.name, size=file.size,
        width=file.width, height=file.height, duration=file.duration, taken_at=file.taken_at,
        lon=file.lon, lat=file.lat, has_thumb=bool(file.thumb_key),
    )  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """A photo of ours that looks like another one: sent again, or cut a little, or saved once more."""

    file_id: int
    other_id: int
    bits: int  # how many of the 64 bits differ; 0 is as good as the same
    is_residents: bool = True  # the other one was sent by somebody who was not signed in as staff


_ALIKE = """
    SELECT mine.id, other.id, bit_count((mine.likeness # other.likeness)::bit(64)) AS bits, other.created_by = 0
      FROM files_storedfile mine
      JOIN files_storedfile other ON other.bands && mine.bands AND other.id <> mine.id
     WHERE {which} AND other.claimed AND other.purpose <> 'drawn'
       AND bit_count((mine.likeness # other.likeness)::bit(64)) <= %s
     UNION
    SELECT mine.id, other.id, 0, other.created_by = 0
      FROM files_storedfile mine
      JOIN files_storedfile other ON other.sha256 = mine.sha256 AND other.id <> mine.id
     WHERE {which} AND mine.kind = 'photo' AND other.claimed AND other.purpose <> 'drawn'
     ORDER BY 3, 2 LIMIT 50
"""


def alike(*, ids: Sequence[int] = (), tokens: Sequence[str] = ()) -> list[Alike]:
    """Return photos of filed reports that look like these, the likest first; one statement, none for nothing."""
    if not (ids or tokens):
        return []
    which, asked = (
        ("mine.id = ANY(%s)", list(ids)) if ids else ("mine.token = ANY(%s)", list(tokens))
    )
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(which=which), [asked, NEAR, asked])
        found = [Alike(*row) for row in cursor.fetchall()]
    likest: dict[tuple[int, int], Alike] = {}
    for one in found:
        likest.setdefault((one.file_id, one.other_id), one)
    return list(likest.values())


def sender_of(request: Any) -> str:
    """
    Return the hash that stands for this browser's uploads; empty for a browser that sent none.

    A cookie of its own, not the session: a resident who reports something needs no row of ours.
    """
    secret = secret_of(request)
    return hashed(secret) if secret else ""


def secret_of(request: Any) -> str:
    return str(request.get_signed_cookie(COOKIE, default="", max_age=DAY))


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def opened(key: str) -> IO[bytes]:
    """Open stored content by its key, wherever the city keeps it."""
    try:
        return default_storage.open(key)
    except FileNotFoundError:
        _log.exception("stored content is missing: %s", key)
        raise OutOfReach from None


def content_of(file_id: int) -> bytes:
    """Return what is stored of a file, for a module that makes something else of it; OutOfReach when there is none."""
    key = StoredFile.objects.filter(pk=file_id).values_list("key", flat=True).first()
    if key is None:
        raise OutOfReach
    with opened(key) as file:
        return file.read()


def limits() -> dict[Kind, Limit]:
    return {Kind(kind): Limit(**limit) for kind, limit in settings.FILE_LIMITS.items()}


def _is_own_and_fresh(file: StoredFile, *, actor: Actor, sender: str, at: datetime) -> bool:
    own = file.created_by == actor.id if file.created_by else bool(sender) and file.sender == sender
    is_held = not file.claimed and file.held_until is not None and at < file.held_until
    return own and (is_held or at - file.received_at < FRESH)


def _passes(door: str, token: str, actor: Actor, request: Any) -> bool:
    gate = _gates.get(door)
    return gate is not None and gate(token, actor, request)
