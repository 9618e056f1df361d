"""Doors: send a file, see a file, see its thumbnail."""

import secrets
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
)  # fmt: skip
from django.utils import timezone
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.bucket import Bucket
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of
from gongzhi.files import actions, queries
from gongzhi.files.rules import byte_range

CHUNK = 256 * 1024
_bucket = Bucket(per_minute=settings.UPLOADS_PER_MINUTE, burst=settings.UPLOADS_AT_ONCE)


@csrf_exempt  # the size is looked at before the body is read; _receive then asks for the token
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    if _length(request) > settings.LARGEST_REQUEST:
        size = settings.LARGEST_REQUEST // (1024 * 1024)
        return _problem(_("A file may have at most {size} MB.").format(size=size), 413)
    if words := _held_back(request):
        return _problem(words, 429)
    return _receive(request)


def _held_back(request: HttpRequest) -> str:
    """Return why no file is taken now: the brake knows residents, who may share an address; staff have a bucket each."""
    actor = actor_of(request)
    if not actor.id and (words := queries.held_back(request, at=timezone.now())) is not None:
        return words
    key = f"person {actor.id}" if actor.id else actor.address
    is_calm = _bucket.take(key, now=time.monotonic())
    return "" if is_calm else _("Too many files at once. Please wait a minute.")


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return _problem(_("No file arrived. Please choose it again."), 422)
    secret = queries.secret_of(request) or secrets.token_urlsafe(24)
    try:
        kept = actions.receive(
            upload=file, actor=actor_of(request), at=timezone.now(),
            sender=queries.hashed(secret), purpose=request.POST.get("purpose", "")[:20],
        )  # fmt: skip
    except Invalid as error:
        return _problem(str(error), 422)
    answer = JsonResponse(_described(kept), status=201)
    answer.set_signed_cookie(
        queries.COOKIE,
        secret,
        max_age=queries.DAY,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return answer


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponseBase:
    file = queries.visible_file(
        token=token,
        actor=actor_of(request),
        sender=queries.sender_of(request),
        request=request,
        at=timezone.now(),
    )
    return _content(
        request, key=file.key, size=file.size, content_type=file.content_type,
        name=file.name, etag=f'"{file.sha256}"', at=file.received_at,
    )  # fmt: skip


@require_safe
def thumb(request: HttpRequest, token: str) -> HttpResponseBase:
    file = queries.visible_file(
        token=token, actor=actor_of(request), sender=queries.sender_of(request), request=request,
        at=timezone.now(), thumb=True,
    )  # fmt: skip
    if not file.thumb_key:
        return HttpResponse(status=404)
    etag = f'"{file.sha256}-thumb"'
    if unchanged := _unchanged(request, etag):
        return unchanged
    with queries.opened(file.thumb_key) as small:
        answer = HttpResponse(small.read(), content_type="image/webp")
    return _headed(answer, name=f"{file.name}.webp", etag=etag, at=file.received_at)


def _content(
    request: HttpRequest,
    *,
    key: str,
    size: int,
    content_type: str,
    name: str,
    etag: str,
    at: datetime,
) -> HttpResponseBase:
    if unchanged := _unchanged(request, etag):
        return unchanged
    try:
        part = byte_range(request.headers.get("Range", ""), size=size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size - 1)
    answer = StreamingHttpResponse(
        _chunks(key, start, end),
        content_type=content_type,
        status=206 if part else 200,
    )
    answer.headers["Content-Length"] = str(end - start + 1)
    if part:
        answer.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer.headers["Accept-Ranges"] = "bytes"
    return _headed(answer, name=name, etag=etag, at=at)


def _headed(answer: HttpResponseBase, *, name: str, etag: str, at: datetime) -> HttpResponseBase:
    answer.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=False, filename=name)
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # Nothing in a stored file may run or load anything, whatever a browser takes it for.
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(at.timestamp())
    return answer


def _unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(
            headers={"ETag": etag, "Cache-Control": "private, max-age=3600"}
        )
    return None


def _chunks(key: str, start: int, end: int) -> Iterator[bytes]:
    with queries.opened(key) as file:  # opened late: a visitor who left costs nothing
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _described(kept: queries.FileLink) -> dict[str, Any]:
    return {
        "token": kept.token, "kind": kept.kind, "name": kept.name, "url": kept.url,
        "thumb_url": kept.thumb_url, "size": kept.size, "duration": kept.duration,
        "taken_at": kept.taken_at.isoformat() if kept.taken_at else None,
        "lon": kept.lon, "lat": kept.lat,
    }  # fmt: skip


def _problem(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _length(request: HttpRequest) -> int:
    stated = str(request.META.get("CONTENT_LENGTH") or 0)
    return int(stated) if stated.isdecimal() else 0
