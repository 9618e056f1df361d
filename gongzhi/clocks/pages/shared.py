"""What the pages of clocks have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.base.pages import actor_of
from gongzhi.clocks.capabilities import Can


def show(
    request: HttpRequest, template: str, values: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    values = {"may_manage": actor_of(request).can(Can.MANAGE), **values}
    return render(request, f"clocks/{template}", values, status=status)


def whole_number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default
