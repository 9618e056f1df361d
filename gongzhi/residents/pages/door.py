"""Who may pass into a corner, and the small cookie that opens it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongzhi.base.bucket import Bucket
from gongzhi.base.pages import actor_of, page_of_ours
from gongzhi.residents import queries

Page = Callable[..., HttpResponseBase]
HOME = "/my"
_codes = Bucket(per_minute=settings.CODES_PER_MINUTE, burst=settings.CODES_AT_ONCE)
_tries = Bucket(per_minute=settings.LOOKS_PER_MINUTE, burst=settings.LOOKS_AT_ONCE)


def own_corner(page: Page) -> Page:
    """Let only a signed-in resident pass; others sign in and come back."""

    @never_cache
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        resident = queries.resident_of(request)
        if resident is None:
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else HOME
            return HttpResponseRedirect(f"/my/sign-in?next={quote(back)}")
        return page(request, *args, resident=resident, **kwargs)

    return guarded


def may_ask_for_code(request: HttpRequest) -> bool:
    return _codes.take(_key(request), now=time.monotonic())


def may_try(request: HttpRequest) -> bool:
    return _tries.take(_key(request), now=time.monotonic())


def too_often() -> str:
    return _(
        "That was very often in a short time. Please wait a few minutes; what you typed is kept."
    )


def _key(request: HttpRequest) -> str:
    return actor_of(request).address or str(request.META.get("REMOTE_ADDR", ""))


def next_of(values: Any) -> str:
    return page_of_ours(str(values.get("next", ""))[:300], HOME)


def let_in(answer: HttpResponse, resident: Any) -> HttpResponse:
    """Give the browser the cookie of the account, and the language and size that its owner chose."""
    _set(answer, queries.COOKIE, queries.signed_value(resident), days=settings.RESIDENT_DAYS)
    answer.delete_cookie(queries.TICKET)
    return speak(answer, resident)


def speak(answer: HttpResponse, resident: Any) -> HttpResponse:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, resident.language, max_age=365 * 86400, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
    return answer


def hand_ticket(answer: HttpResponse, ticket: str) -> HttpResponse:
    _set(answer, queries.TICKET, ticket, days=settings.CODE_MINUTES / 1440)
    return answer


def let_out(answer: HttpResponse) -> HttpResponse:
    answer.delete_cookie(queries.COOKIE)
    return answer


def _set(answer: HttpResponse, name: str, value: str, *, days: float) -> None:
    answer.set_signed_cookie(
        name, value, salt=name, max_age=round(days * 86400), httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
