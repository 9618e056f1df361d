"""What every page of this module reads from a request, and the row of tabs above each."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base import pages
from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of
from gongzhi.base.texts import as_number
from gongzhi.patrol.capabilities import Can
from gongzhi.places import queries as places

DESK = (Can.VIEW, Can.PLAN, Can.CALL, Can.SAMPLE, Can.DECIDE_APPEAL)
LONGEST = 80  # characters of a search


def today() -> date:
    return timezone.localdate()


def day_asked(request: HttpRequest, name: str = "on") -> date:
    """Return the day the page is asked about; today when none or none that exists."""
    return day_or_none(request, name) or today()


def day_or_none(request: HttpRequest, name: str) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def number_asked(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of the address; None for anything else, however long."""
    text = request.GET.get(name, "")
    return as_number(text)


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def area_asked(request: HttpRequest, name: str = "area") -> str:
    """Return the path of an area that exists; "" for anything else."""
    path = request.GET.get(name, "")[:240]
    try:
        return places.area(path).path if path else ""
    except ObjectDoesNotExist:
        return ""


def home_of(actor: Actor) -> str:
    """Return the area all of the actor's patrol work lies in; "" when it is the city or several."""
    areas = {grant.area for name in DESK for grant in actor.grants_for(name)}
    return areas.pop() if len(areas) == 1 else ""


def areas_to_choose(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    base = chosen or home_of(actor)
    rows = places.children(base) if base else _towns()
    picked = [(chosen, places.full_name(chosen) or places.area(chosen).name)] if chosen else []
    return picked + [(row.path, row.name) for row in rows if row.is_open(today())]


def _towns() -> list[places.AreaRow]:
    return [town for city in places.children("") for town in places.children(city.path)]


def crumbs_to(actor: Actor, chosen: str) -> list[places.AreaRow]:
    """Return the areas from the actor's own down to the one chosen."""
    home = home_of(actor)
    return [row for row in places.ancestors(chosen) if row.path.startswith(home)]


def tabs(request: HttpRequest, section: str) -> list[dict[str, Any]]:
    """Return the pages of the patrol desk that are open to this reader."""
    actor = actor_of(request)
    every = (
        ("overview", _("Overview"), "patrol:overview", DESK),
        ("tasks", _("Tasks"), "patrol:tasks", (Can.VIEW, Can.PLAN)),
        ("coverage", _("Coverage"), "patrol:coverage", (Can.VIEW, Can.PLAN)),
        ("calls", _("Calls"), "patrol:calls", (Can.VIEW, Can.CALL)),
        ("plans", _("Plans"), "patrol:plans", (Can.VIEW, Can.PLAN)),
        ("lists", _("Check-lists"), "patrol:lists", DESK),
        ("forecast", _("Workload"), "patrol:forecast", (Can.VIEW, Can.PLAN)),
        ("samples", _("Sample re-checks"), "patrol:samples", (Can.VIEW, Can.SAMPLE)),
        ("routes", _("Routes"), "patrol:routes", (Can.VIEW, Can.PLAN)),
        ("appeals", _("Appeals"), "patrol:appeals", (Can.DECIDE_APPEAL,)),
    )
    return [
        {"label": label, "url": reverse(name), "current": key == section}
        for key, label, name, needed in every
        if any(actor.can(capability) for capability in needed)
    ]


def stat(
    label: str, value: float, url: str = "", *, tone: str = "", words: str = "", unit: str = ""
) -> dict[str, Any]:
    """Return one figure of a page: it opens the list it counts, and takes colour only when there is something."""
    shown = f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:,.1f}"
    return {
        "label": label, "value": shown, "url": url, "tone": tone if value else "", "words": words, "unit": unit,
    }  # fmt: skip
