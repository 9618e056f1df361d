"""What the pages share: who asks, and which day it is in the city."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.catalogue.capabilities import Can


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def today() -> date:
    return timezone.localdate()


def may_manage(request: HttpRequest) -> bool:
    return actor_of(request).can(Can.MANAGE)


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
