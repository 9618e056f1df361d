"""
The officers' app talks to the server here: handsets, the data package, uploads in parts, operations, receipts.

The session signs in; the header X-Handset says which device speaks. A device that was taken out of use gets 410.
"""

from datetime import datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from gongzhi.accounts import actions as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of
from gongzhi.field import actions, queries
from gongzhi.field.capabilities import Can
from gongzhi.files import actions as files
from gongzhi.files import queries as file_queries

router = Router(tags=["field"])


class HandsetIn(Schema):
    id: UUID = Field(description="made by the app when it is installed for a person")
    name: str = Field("", max_length=200)
    platform: str = Field("", max_length=200)
    app_version: str = Field("", max_length=100)


class HandsetOut(Schema):
    id: UUID
    wipe_after_days: int
    server_time: datetime


class ManifestOut(Schema):
    server_time: datetime
    parts: dict[str, str] = Field(description="the mark (ETag) of every part")


class UploadOut(Schema):
    id: UUID
    offset: int = Field(description="go on from here")
    complete: bool
    words: str = ""


class SentIn(Schema):
    handset: UUID | None = None
    sent_at: datetime = Field(description="by the device's clock, with its zone")
    round_trip_s: float = Field(0, description="of the last request, if known")
    unsent: int | None = Field(None, ge=0, le=1_000_000)
    ops: list[dict[str, Any]] = Field(description="at most 50, oldest first")


class SentOut(Schema):
    server_time: datetime
    skew_s: int
    words: str = ""
    revoked: str = ""
    results: list[dict[str, Any]]


class AskedIn(Schema):
    ids: list[UUID] = Field(max_length=200)


class ReceiptsOut(Schema):
    server_time: datetime
    results: list[dict[str, Any]]


@router.post("handsets", response=HandsetOut)
def register(request: HttpRequest, given: HandsetIn) -> HandsetOut:
    """Make the device known, or its new version."""
    row = actions.register_handset(
        handset_id=given.id, name=given.name, platform=given.platform, app_version=given.app_version,
        actor=_officer(request), at=timezone.now(),
    )  # fmt: skip
    return HandsetOut(
        id=row.id, wipe_after_days=settings.FIELD_WIPE_DAYS, server_time=timezone.now()
    )


@router.post("handsets/wiped", response={204: None})
def wiped(request: HttpRequest) -> Status[None]:
    """Say that the device has removed its data."""
    handset_id = _handset_id(request)
    if handset_id:
        actions.note_wiped(handset_id=handset_id, actor=actor_of(request), at=timezone.now())
    return Status(204, None)


@router.get("package", response=ManifestOut)
def manifest(request: HttpRequest) -> ManifestOut:
    """Say which parts there are and whether they changed."""
    actor, at = _here(request), timezone.now()
    _work_offline(request, actor)
    return ManifestOut(server_time=at, parts=queries.manifest(actor, at=at))


@router.get("package/{name}", include_in_schema=True)
def part(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with one part of the data package: 304 when the device has it."""
    found = queries.part(name, _here(request), at=timezone.now())
    headers = {
        "ETag": f'"{found.etag}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding",
    }
    if f'"{found.etag}"' in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(found.content, content_type="application/json", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return HttpResponse(found.packed, content_type="application/json", headers=headers)


@router.get("uploads/{uuid:upload_id}", response=UploadOut)
def upload_state(request: HttpRequest, upload_id: UUID) -> UploadOut:
    """Say how much of an upload is here; nothing of an unknown one."""
    actor = _here(request, sends=True)
    state = file_queries.parts_of([upload_id], actor).get(upload_id)
    return _upload(state or file_queries.PartState(upload_id))


@router.put("uploads/{uuid:upload_id}", response=UploadOut)
def upload(request: HttpRequest, upload_id: UUID, offset: int = 0) -> UploadOut:
    """Take the raw bytes of one part. Repeated and overlapping parts do no harm."""
    actor = _here(request, sends=True)
    size = request.headers.get("X-Size", "")
    if not (size.isascii() and size.isdecimal() and len(size) < 12):
        raise Invalid({"X-Size": _("Say how many bytes the whole has.")})
    if int(request.headers.get("Content-Length") or 0) > settings.UPLOAD_PART_BYTES:
        raise Invalid({"part": _("This part is too large. Send smaller ones.")})
    announced = files.Announced(
        upload_id, int(size), request.headers.get("X-SHA256", "").lower(),
        unquote(request.headers.get("X-Name", ""), errors="replace"),
    )  # fmt: skip
    state = files.take_part(
        upload=announced, start=offset, content=request.body, actor=actor, at=timezone.now()
    )
    return _upload(state)


@router.post("ops", response=SentOut)
def operations(request: HttpRequest, given: SentIn) -> SentOut:
    """Take records. Each is done once, however often it is sent; the answer is its receipt."""
    at = timezone.now()
    actor = _officer(request)
    handset = actions.seen(
        handset_id=_handset_id(request) or given.handset, actor=actor, at=at, sends=True
    )
    if given.sent_at.tzinfo is None:
        raise Invalid({"sent_at": _("Give the time with its zone.")})
    taken = actions.take(
        operations=given.ops, handset=handset, sent_at=given.sent_at, actor=actor, at=at,
        round_trip_s=given.round_trip_s, unsent=given.unsent,
    )  # fmt: skip
    return SentOut(
        server_time=at, skew_s=taken.skew_s, words=taken.words, results=taken.results,
        revoked="" if handset.state == "active" else handset.state,
    )  # fmt: skip


@router.post("receipts", response=ReceiptsOut)
def receipts(request: HttpRequest, given: AskedIn) -> ReceiptsOut:
    """Answer with the receipts of those records that are known here."""
    actor = _here(request, sends=True)
    return ReceiptsOut(server_time=timezone.now(), results=queries.receipts(given.ids, actor))


def revoked(_request: HttpRequest, error: Any) -> HttpResponse:
    """Tell a device that was taken out of use what to do with what it holds."""
    state = "after_sending" if error.state == "after_sending" else "wipe"
    return JsonResponse(
        {"revoked": state, "words": error.words, "message": error.words}, status=410
    )


def _upload(state: file_queries.PartState) -> UploadOut:
    if state.refused:
        raise Invalid({"file": state.words})
    return UploadOut(id=state.id, offset=state.offset, complete=state.complete, words=state.words)


def _work_offline(request: HttpRequest, actor: Actor) -> None:
    """Keep the session through hours without a network, which are work and not idleness."""
    found = getattr(request.session, "found", None)
    if found is not None and not found.works_offline:
        accounts.let_work_offline(session_key=str(request.session.session_key), actor=actor)


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.can(Can.USE):
        raise Refused(
            _("Your account cannot use the field app at present. The workbench says what to do.")
        )
    return actor


def _here(request: HttpRequest, *, sends: bool = False) -> Actor:
    """Return the officer, after a look at the device they speak from."""
    actor = _officer(request)
    actions.seen(handset_id=_handset_id(request), actor=actor, at=timezone.now(), sends=sends)
    return actor


def _handset_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.headers.get("X-Handset", ""))
    except ValueError:
        return None
