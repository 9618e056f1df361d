"""What every page of this module reads from a request, and the row of tabs above each."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.assessment import queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.rules import DAY, Period, Span, period_of, previous
from gongzhi.base import pages
from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of
from gongzhi.places import queries as places

EVERY = tuple(Can)
LONGEST = 80  # characters of a search
QUICK_DAYS = 45


def today() -> date:
    return timezone.localdate()


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def day_or_none(request: HttpRequest, name: str) -> date | None:
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def number_asked(request: HttpRequest, name: str, otherwise: int = 0) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def area_asked(request: HttpRequest, name: str = "area") -> str:
    """Return the path of an area that exists; "" for anything else."""
    path = request.GET.get(name, "")[:240]
    try:
        return places.area(path).path if path else ""
    except ObjectDoesNotExist:
        return ""


def period_asked(request: HttpRequest) -> Period:
    """Return the period of the address; without one, the last whole month."""
    span = request.GET.get("span", "")
    if span == Span.CUSTOM:
        since, last = day_or_none(request, "since"), day_or_none(request, "last")
        if since and last and since <= last and (last - since).days <= 1500:
            return Period(Span.CUSTOM, since, last + DAY)
    chosen = Span(span) if span in set(Span) and span != Span.CUSTOM else Span.MONTH
    on = day_or_none(request, "on")
    return period_of(chosen, on) if on else previous(period_of(chosen, today()))


def period_from(text: str) -> Period | None:
    """Read a period as forms send it: `month:2026-10-01`."""
    span, _colon, day = text.partition(":")
    try:
        return period_of(Span(span), date.fromisoformat(day))
    except ValueError:
        return None


def period_value(period: Period) -> str:
    return f"{period.span.value}:{period.since.isoformat()}"


def is_awaited(request: HttpRequest, period: Period) -> bool:
    """
    Tell whether the page is to be shown first and its figures fetched after.

    A month of the largest city is counted within a second, a year is not.
    """
    return (period.until - period.since).days > QUICK_DAYS and "HX-Request" not in request.headers


def period_choices() -> list[tuple[str, str]]:
    """Return the ended periods that a preview or a publication may take."""
    return [
        (period_value(period), queries.period_words(period))
        for span in queries.PUBLISHED
        for period in queries.ended_periods(span, today=today())
    ]


def homes_of(actor: Actor, capability: str = Can.VIEW) -> list[str]:
    """Return the areas of the postings that hold a capability; "" is everywhere."""
    return list(dict.fromkeys(grant.area for grant in actor.grants_for(capability)))


def home_of(actor: Actor) -> str:
    """Return the one area the actor reads in; "" when it is the city or several."""
    homes = homes_of(actor)
    return homes[0] if len(homes) == 1 else ""


def is_bound(actor: Actor) -> bool:
    """Tell whether the actor reads the figures of a unit, not of an area."""
    grants = actor.grants_for(Can.VIEW)
    return bool(grants) and all(grant.unit is not None for grant in grants)


def areas_to_choose(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    base = chosen or home_of(actor)
    rows = (
        places.children(base)
        if base
        else [t for c in places.children("") for t in places.children(c.path)]
    )
    picked = [(chosen, places.full_name(chosen) or places.area(chosen).name)] if chosen else []
    return picked + [(row.path, row.name) for row in rows if row.is_open(today())]


def areas_within(actor: Actor, capability: str) -> list[tuple[str, str]]:
    """Return the city and the towns where the actor holds a capability: what results may be told for."""
    homes = tuple(homes_of(actor, capability))
    rows = [*places.areas_at_level(0), *places.areas_at_level(1)]
    return [(row.path, row.name) for row in rows if row.path.startswith(homes)] if homes else []


def tabs(request: HttpRequest, section: str) -> list[dict[str, Any]]:
    actor = actor_of(request)
    every: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
        ("rates", _("Rates"), "assessment:rates", (Can.VIEW,)),
        ("publications", pgettext("assessment", "Results"), "assessment:publications", (Can.VIEW, Can.PUBLISH, Can.SIGN)),
        ("league", _("Over time"), "assessment:league", (Can.VIEW,)),
        ("appeals", _("Appeals about results"), "assessment:appeals", (Can.APPEAL, Can.REVIEW)),
        ("findings", _("Findings"), "assessment:findings", (Can.VIEW, Can.KEEP)),
        ("schemes", _("Schemes"), "assessment:schemes", (Can.VIEW, Can.KEEP, Can.SIGN)),
    )  # fmt: skip
    return [
        {"label": label, "url": reverse(name), "current": key == section}
        for key, label, name, needed in every
        if any(actor.can(capability) for capability in needed)
    ]
