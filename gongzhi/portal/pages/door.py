"""What the residents' pages share: who follows what, and how often one visitor may ask."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from gongzhi.base.bucket import Bucket
from gongzhi.base.pages import actor_of
from gongzhi.matters import queries as matters

_reports = Bucket(per_minute=settings.REPORTS_PER_MINUTE, burst=settings.REPORTS_AT_ONCE)
_looks = Bucket(per_minute=settings.LOOKS_PER_MINUTE, burst=settings.LOOKS_AT_ONCE)


def may_report(request: HttpRequest) -> bool:
    return _reports.take(_key(request), now=time.monotonic())


def may_look(request: HttpRequest) -> bool:
    """Count a look with number and code: guessing codes must take longer than a lifetime."""
    return _looks.take(_key(request), now=time.monotonic())


def too_often() -> str:
    return _(
        "That was very often in a short time. Please wait a few minutes; what you typed is kept."
    )


def _key(request: HttpRequest) -> str:
    return actor_of(request).address or str(request.META.get("REMOTE_ADDR", ""))


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
