"""What the pages of clocks have in common."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.base.errors import Invalid
from gongzhi.clocks.capabilities import Can


def show(
    request: HttpRequest, template: str, values: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    values = {"may_manage": actor.can(Can.MANAGE), **values}
    return render(request, f"clocks/{template}", values, status=status)


def blame(form: forms.Form, error: Invalid) -> None:
    """Put the sentences of an action beside the fields they are about."""
    for field, sentence in error.problems.items():
        form.add_error(field if field in form.fields else None, sentence)


def whole_number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default
