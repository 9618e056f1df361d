"""What every page of this module reads from a request, and the row of tabs above each."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.audit import actions as audit
from gongzhi.base import pages
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of
from gongzhi.base.texts import as_number
from gongzhi.duty import queries
from gongzhi.duty.capabilities import Can

LONGEST = 80  # characters of a search


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def number_of(text: str) -> int | None:
    """Return a whole number; None for anything else, however long."""
    return as_number(text)


def number_asked(request: HttpRequest, name: str) -> int | None:
    return number_of(request.GET.get(name, ""))


def day_asked(request: HttpRequest, name: str) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def one_asked(request: HttpRequest, name: str, known: Mapping[str, Any], default: str = "") -> str:
    """Return a word of the address that is one of a list; else the default."""
    asked = request.GET.get(name, "")
    return asked if asked in known else default


def desk_asked(request: HttpRequest, capability: str = Can.VIEW) -> Any:
    """Return the desk the page is about: the one asked for, else the actor's own; None when there is none."""
    actor = actor_of(request)
    unit = number_asked(request, "unit") or number_of(request.POST.get("unit", ""))
    return queries.desk(actor, unit, capability) if unit else queries.own_desk(actor)


def tabs(request: HttpRequest, section: str) -> list[dict[str, Any]]:
    """Return the pages of the duty desk."""
    every = (
        ("now", _("On duty"), "duty:now"),
        ("roster", _("Roster"), "duty:roster"),
        ("handovers", _("Hand-overs"), "duty:handovers"),
        ("instructions", _("Instructions"), "duty:instructions"),
        ("bulletins", pgettext("duty", "Bulletins"), "duty:bulletins"),
        ("contacts", _("Contact book"), "duty:contacts"),
    )
    return [
        {"label": label, "url": reverse(name), "current": key == section}
        for key, label, name in every
        if actor_of(request).can(Can.VIEW)
    ]


def done(request: HttpRequest, deed: Callable[[], str], to: str) -> HttpResponse:
    """Do what a button says and go back with what came of it, or with why it could not be done."""
    try:
        said = deed()
    except Refused as trouble:
        messages.error(request, str(trouble))
    except Invalid as trouble:
        messages.error(request, " ".join(trouble.problems.values()))
    else:
        messages.success(request, said)
    return redirect(to)


def note_export(request: HttpRequest, subject: str, form: str) -> None:
    """Whoever takes a list away stands in the trail."""
    audit.record(
        actor=actor_of(request), verb="duty.export", subject=subject, at=timezone.now(),
        detail={"filter": request.GET.urlencode()[:500], "form": form},
    )  # fmt: skip


def form_asked(request: HttpRequest) -> str:
    return "xlsx" if request.GET.get("format") == "xlsx" else "csv"
