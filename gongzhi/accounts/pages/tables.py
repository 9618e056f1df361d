"""Imports of the organisation and its people: look first, then load."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache

from gongzhi.accounts import actions
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.forms import TableForm
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, attempt, needs

UNITS = {
    "title": gettext_lazy("Import units"),
    "back": "/setup/organisation",
    "columns": gettext_lazy(
        "code, name, kind, parent (code of the unit above), area (official code). Parents stand above their children; a known code is changed."
    ),
}
PEOPLE = {
    "title": gettext_lazy("Import people and postings"),
    "back": "/setup/people",
    "columns": gettext_lazy(
        "username, name, phone, email, role, unit (code), area (official code), from, until. One posting a row; new people get one-time passwords."
    ),
}


@needs(Can.ORGANISE)
def units(request: Any) -> Any:
    return _import(request, actions.import_units, UNITS)


@never_cache
@needs(Can.EMPLOY)
def people(request: Any) -> Any:
    return _import(request, actions.import_people, PEOPLE)


def _import(request: Any, deed: Callable[..., Any], words: dict[str, Any]) -> Any:
    form, dry_run = (
        TableForm(request.POST or None, request.FILES or None),
        "load" not in request.POST,
    )
    result = None
    if request.method == "POST":
        result = attempt(
            form,
            lambda file: deed(
                content=file, actor=request.actor, at=timezone.now(), dry_run=dry_run
            ),
        )
    if result in (None, FAILED) or dry_run or result.problems:
        answer = {"form": form, "result": None if result is FAILED else result, **words}
        return render(request, "accounts/import.html", answer, status=422 if form.errors else 200)
    if result.passwords:
        headings = (
            pgettext("column", "username"),
            pgettext("column", "full name"),
            pgettext("column", "one-time password"),
        )
        return table_download(headings, result.passwords, name="one-time-passwords", form="csv")
    messages.success(
        request,
        _("Loaded: {added} added, {changed} changed.").format(
            added=result.added, changed=result.changed
        ),
    )
    return HttpResponseRedirect(words["back"])
