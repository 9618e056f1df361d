"""Headers on every answer, and one place where errors become pages."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost, ObjectDoesNotExist
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.live import queries as live

_log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:{tiles}; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; connect-src 'self'{tiles}{live}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def size_limit(get_response: Answer) -> Answer:
    """
    Refuse what is too large by what its head declares, before a byte of its body is read.

    A body sent without a declared length is never read at all: Django takes it as empty.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) <= settings.LARGEST_REQUEST:
            return get_response(request)
        sentence = _("This is too large: at most {limit} MB can be sent at once.")
        response = HttpResponse(
            sentence.format(limit=settings.LARGEST_REQUEST // 1024**2),
            status=413,
            content_type="text/plain; charset=utf-8",
        )
        response["Connection"] = "close"  # what is still on its way is not waited for
        return response

    return answer


def plain_addresses(get_response: Answer) -> Answer:
    """Answer 404 to an address with NUL characters: no page has one, and no database takes them."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse(status=404)
        return get_response(request)

    return answer


def security_headers(get_response: Answer) -> Answer:
    tiles = urlsplit(settings.MAP_TILES)
    of_tiles = f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = POLICY.format(tiles=of_tiles, live=_live_origin(request))
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)"
        )
        return response

    return answer


def _live_origin(request: HttpRequest) -> str:
    """The stream may stand on a port of its own; a request for a host we do not serve gets none."""
    if settings.LIVE_URL.startswith("/"):
        return ""
    try:
        parts = urlsplit(live.address(request.get_host(), scheme=request.scheme or "http"))
    except DisallowedHost:
        return ""
    return f" {parts.scheme}://{parts.netloc}"


class errors_people_can_act_on:  # noqa: N801 - a middleware is called like a function
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return _page(request, "refused.html", str(error), 409)
        if isinstance(error, Invalid):
            return _page(request, "refused.html", str(error), 422)
        if isinstance(error, OutOfReach | ObjectDoesNotExist | Http404):
            return _page(request, "404.html", "", 404)
        if isinstance(error, DataError | UnicodeEncodeError):
            # No form foresaw it, so it is logged; the sender is told what to do all the same.
            _log.error("%s %s: %s", request.method, request.path, error)
            return _page(request, "refused.html", _unstorable(), 422)
        return None


def _unstorable() -> str:
    return _(
        "What was sent holds a character or a number that cannot be kept. Remove special characters and send it again."
    )


def _page(request: HttpRequest, template: str, message: str, status: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        template = "_refused.html"
    return render(request, template, {"message": message, "status": status}, status=status)
