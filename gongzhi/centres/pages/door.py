"""What every page of the centre's desk reads from a request, and the tabs above each."""

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
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import actor_of, page_of_ours
from gongzhi.base.texts import as_number
from gongzhi.centres import queries
from gongzhi.centres.capabilities import Can

LONGEST = 80  # characters of a search
DESK = (Can.VIEW, Can.TAKE_IN, Can.KEEP)
FORMS = frozenset({"csv", "xlsx"})
TABS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("hall", "centres:hall", DESK),
    ("intake", "centres:registrations", DESK),
    ("rooms", "centres:rooms", DESK),
    ("partners", "centres:partners", DESK),
    ("summons", "centres:summonses", (*DESK, Can.ANSWER)),
    ("ledger", "centres:ledger", (Can.LEDGER,)),
    ("campaigns", "centres:campaigns", (*DESK, Can.PLAN_SWEEP, Can.SWEEP)),
    ("standard", "centres:standard", DESK),
)
ANY = tuple(dict.fromkeys(capability for _name, _url, open_to in TABS for capability in open_to))


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def one_asked(request: HttpRequest, name: str, known: Mapping[str, Any], default: str = "") -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else default


def day_asked(request: HttpRequest, name: str = "day") -> date:
    """Return the day asked for; today for anything that is none."""
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return timezone.localdate()
    return day if 2000 <= day.year <= 2100 else timezone.localdate()


def number_in(text: str) -> int | None:
    return as_number(text)


def centre_asked(request: HttpRequest, capability: str = Can.VIEW) -> Any:
    """Return the centre a page is about: the one named, else the actor's own; OutOfReach without any."""
    actor = actor_of(request)
    code = (request.GET.get("centre") or request.POST.get("centre") or "").replace("\x00", "")[:30]
    if code:
        return queries.centre(actor, code, capability)
    own = queries.own_centre(actor, capability)
    if own is None:
        raise OutOfReach
    return own


def frame(request: HttpRequest, section: str, centre: Any = None) -> dict[str, Any]:
    """Return what the head of each page shows: tabs, and the centres to choose from."""
    actor = actor_of(request)
    labels = {
        "hall": _("Hall"), "intake": _("Intake"), "rooms": pgettext("centre", "Rooms"), "partners": _("Partners"),
        "summons": _("Calls to partners"), "ledger": _("Ledger of major disputes"), "campaigns": _("Sweep campaigns"),
        "standard": pgettext("centre", "Standard"),
    }  # fmt: skip
    own = queries.own_centre(actor)
    query = (
        f"?centre={centre.code}"
        if centre is not None and (own is None or own.pk != centre.pk)
        else ""
    )
    return {
        "tabs": [
            {"label": labels[key], "url": reverse(url) + query, "current": key == section}
            for key, url, open_to in TABS
            if any(actor.can(one) for one in open_to)
        ],
        "centre": centre,
        "centres": list(queries.visible_centres(actor)[:700]) if centre is not None else [],
    }  # fmt: skip


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
    return redirect(page_of_ours(request.POST.get("back", ""), to))


def note_export(request: HttpRequest, subject: str, form: str) -> None:
    """Whoever takes a list away stands in the trail."""
    audit.record(
        actor=actor_of(request), verb="centres.export", subject=subject, at=timezone.now(),
        detail={"filter": request.GET.urlencode()[:500], "form": form},
    )  # fmt: skip


def form_asked(request: HttpRequest) -> str:
    asked = request.GET.get("format", "csv")
    return asked if asked in FORMS else "csv"
