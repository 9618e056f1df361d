"""What the residents' pages share: who follows what, and how often one visitor may ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.matters import queries as matters


def verdict_on_report(
    request: HttpRequest, *, words: str, tokens: Sequence[str], at: datetime
) -> guard.Verdict:
    """Ask the guard about one report; a check passed with this very form counts."""
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.REPORT, device=sender.device, address=sender.address, at=at, words=words, tokens=tokens,
        is_proved=guarding.is_proved(request) or _proves(request, at=at),
    )  # fmt: skip


def _proves(request: HttpRequest, *, at: datetime) -> bool:
    is_proved = guard.prove(posted=request.POST, at=at)
    if is_proved:
        guarding.remember_proof(request)
    return is_proved


def turned_away(
    request: HttpRequest, verdict: guard.Verdict, *, at: datetime
) -> HttpResponse | None:
    """Return the page for a block or a check; None when the form itself says how long to wait."""
    if verdict.block:
        return HttpResponseRedirect("/blocked")
    if verdict.must_prove:
        context = guarding.check_context(request.POST, action=request.path, at=at)
        return render(request, "guard/check.html", context, status=403)
    return None


def note_sent(request: HttpRequest, *, number: str, words: str, at: datetime) -> None:
    sender = guarding.sender_of(request)
    guard.note_sent(number=number, device=sender.device, address=sender.address, words=words, at=at)


def may_look(request: HttpRequest, *, at: datetime) -> bool:
    """Count a look with number and code: guessing codes must take longer than a lifetime."""
    sender = guarding.sender_of(request)
    return guard.admit(
        deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at
    ).allowed


def too_often(seconds: int = 0) -> str:
    if seconds:
        words = _(
            "That was very often in a short time. Please wait {minutes} min; what you typed is kept."
        )
        return words.format(minutes=-(-seconds // 60))
    return _(
        "That was very often in a short time. Please wait a few minutes; what you typed is kept."
    )


def follow(request: HttpRequest, answer: HttpResponseBase, *, number: str, code: str) -> None:
    """Let this browser see the matter's photos, and find its page again."""
    answer.set_signed_cookie(
        matters.FOLLOWED_COOKIE,
        matters.followed_text(matters.followed(request), number, code),
        max_age=matters.FOLLOWED_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def point_in(values: Any) -> tuple[float, float] | None:
    """Read lon and lat of a query; None when they are no numbers."""
    try:
        return float(values.get("lon", "")), float(values.get("lat", ""))
    except ValueError:
        return None
