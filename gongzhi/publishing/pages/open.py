"""Public pages: the list, the map, one matter, and telling what is wrong with it."""

import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.bucket import Bucket
from gongzhi.base.pages import FAILED, actor_of, attempt, page_asked
from gongzhi.publishing import actions, queries
from gongzhi.publishing.forms import ProblemForm
from gongzhi.publishing.pages.photos import covered

FILTERS = ("q", "town", "class", "state", "days", "sort")
_problems = Bucket(per_minute=0.5, burst=5)


def asked(request: HttpRequest, **changes: str) -> str:
    kept = {name: value[:60] for name in FILTERS if (value := request.GET.get(name))}
    return urlencode(kept | changes)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    by, at = queries.open_filter(request.GET), timezone.now()
    page = queries.open_list(by, at=at, **page_asked(request))
    context = {
        "page": page,
        "previous": f"?{asked(request, before=page.previous)}" if page.previous else "",
        "next": f"?{asked(request, after=page.next)}" if page.next else "",
        "is_first": not (request.GET.get("after") or request.GET.get("before")),
        **_choices(request, by),
    }
    return render(request, "publishing/list.html", context)


def _choices(request: HttpRequest, by: queries.OpenFilter) -> dict[str, Any]:
    return {
        "by": by, "asked": asked(request), "towns": queries.town_names().items(),
        "classes": list(queries.classes(on=timezone.localdate())), "periods": queries.PERIODS,
    }  # fmt: skip


@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    by = queries.open_filter(request.GET)
    context = {"tiles": settings.MAP_TILES, **_choices(request, by)}
    return render(request, "publishing/map.html", context)


@require_safe
def points(request: HttpRequest) -> HttpResponseBase:
    """Answer with GeoJSON; unchanged while nothing public changed in these five minutes (clocks run on)."""
    etag = f'"{queries.edition()}-{get_language()}-{int(time.time() // 300)}"'
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "no-cache"})
    found = queries.open_points(
        queries.open_filter(request.GET),
        bbox=bbox_of(request.GET.get("bbox", "")),
        at=timezone.now(),
    )
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
    return JsonResponse(found, headers=headers)


def bbox_of(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    is_box = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_box else None


@require_safe
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    return _shown(request, public_id, ProblemForm())


def _shown(
    request: HttpRequest, public_id: str, form: ProblemForm, *, status: int = 200
) -> HttpResponse:
    try:
        seen = queries.open_case(public_id, at=timezone.now())
    except queries.Gone:
        return render(request, "publishing/gone.html", status=410)
    context = {
        "seen": seen,
        "row": seen.row,
        "before": _links(seen.before),
        "after": _links(seen.after),
        "problem_form": form,
        "address": settings.PUBLIC_ADDRESS + seen.row.url,
        "tiles": settings.MAP_TILES,
    }
    answer = render(request, "publishing/one.html", context, status=status)
    answer["Cache-Control"] = "no-cache"
    return answer


def _links(photos: list[Any]) -> list[dict[str, Any]]:
    return [{"url": p.url, "thumb_url": p.thumb_url, "kind": "photo", "words": ""} for p in photos]


@require_safe
def photo(request: HttpRequest, public_id: str, photo_id: int, form: str) -> HttpResponseBase:
    """Answer with a covered photo; a browser that has it asks whether it may still show it."""
    file = queries.open_photo(public_id, photo_id)
    answer = covered(file, private=False, small=form == "webp")
    if answer["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(
            status=304, headers={"ETag": answer["ETag"], "Cache-Control": "public, no-cache"}
        )
    return answer


@require_http_methods(["POST"])
def problem(request: HttpRequest, public_id: str) -> HttpResponse:
    """Pass on what a reader says is wrong; nothing about the reader is kept."""
    form = ProblemForm(request.POST)
    if form.is_valid() and not _problems.take(
        actor_of(request).address or str(request.META.get("REMOTE_ADDR", "")), now=time.monotonic()
    ):
        form.add_error(None, _("That was very often in a short time. Please wait a few minutes."))
        return _shown(request, public_id, form, status=429)

    def deed(*, nature: str, text: str) -> None:
        actions.tell_problem(public_id=public_id, nature=nature, text=text, at=timezone.now())

    if attempt(form, deed) is FAILED:
        return _shown(request, public_id, form, status=422)
    messages.success(request, _("Thank you. A moderator looks at it."))
    return HttpResponseRedirect(f"/matters/{public_id}")
