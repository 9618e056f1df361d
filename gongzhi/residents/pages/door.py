"""Who may pass into a corner, and the small cookie that opens it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongzhi.base.pages import page_of_ours
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.residents import queries

Page = Callable[..., HttpResponseBase]
HOME = "/my"


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


def verdict_on_code(request: HttpRequest, *, at: datetime) -> guard.Verdict:
    """Ask the guard whether a code may be sent; a check passed with this very form counts."""
    sender = guarding.sender_of(request)
    is_proved = guarding.is_proved(request)
    if not is_proved and guard.prove(posted=request.POST, at=at):
        is_proved = True
        guarding.remember_proof(request)
    return guard.admit(
        deed=guarding.Deed.CODE, device=sender.device, address=sender.address, at=at, is_proved=is_proved
    )  # fmt: skip


def to_check(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Show the check for people, which sends the form on."""
    context = guarding.check_context(request.POST, action=request.get_full_path(), at=at)
    return render(request, "guard/check.html", context, status=403)


def may_try(request: HttpRequest, *, at: datetime) -> bool:
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at
    ).allowed


def too_often() -> str:
    return _(
        "That was very often in a short time. Please wait a few minutes; what you typed is kept."
    )


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


def keep_on_device(answer: HttpResponse, follows: dict[str, str]) -> HttpResponse:
    """Let the device remember what it follows; empty: forget it."""
    if not follows:
        answer.delete_cookie(queries.FOLLOWING)
        return answer
    _set(answer, queries.FOLLOWING, queries.device_value(follows), days=queries.FOLLOWING_DAYS)
    return answer


def let_out(answer: HttpResponse) -> HttpResponse:
    answer.delete_cookie(queries.COOKIE)
    return answer


def _set(answer: HttpResponse, name: str, value: str, *, days: float) -> None:
    answer.set_signed_cookie(
        name, value, salt=name, max_age=round(days * 86400), httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
