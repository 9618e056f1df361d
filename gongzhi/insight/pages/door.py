"""What every page of insight reads from a request, and what stands on each."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of
from gongzhi.insight import queries
from gongzhi.insight.capabilities import Can
from gongzhi.insight.rules import slices
from gongzhi.insight.rules.slices import Slice
from gongzhi.places import queries as places

FILTERS = ("department", "class", "source")  # of every analysis, beside days and area
NOT_NOW = 409


def today() -> date:
    return timezone.localdate()


def months_back(months: int) -> date:
    """Return the first day of the month so many months ago, this one counted."""
    return slices.first_of(slices.month_of(today()) - months + 1)


def slice_asked(request: HttpRequest, *, months: int) -> tuple[Slice, str]:
    """Return what the address asks about, and a sentence about what could not be read."""
    since, until = months_back(months), today()
    try:
        found = slices.read(request.GET.dict(), since=since, until=until)
    except slices.Unreadable as problem:
        return Slice(since, until), _sentence(str(problem))
    if found.area:
        try:
            places.area(found.area)
        except ObjectDoesNotExist:
            return Slice(since, until), _("There is no such area.")
    return _plain(found), ""


def _plain(by: Slice) -> Slice:
    return Slice(by.since, by.until, queries.plain_area(by.area), by.where, by.inside, by.outside)


def _sentence(name: str) -> str:
    if name == "until":
        return _("The last day lies before the first, or is no day: write days as 2026-11-22.")
    if name == "since":
        return _("Write days as 2026-11-22.")
    return _("“{name}” in this address cannot be read; it was left out.").format(name=name)


def areas_to_choose(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    homes = {grant.area for grant in actor.grants_for(Can.VIEW)}
    base = chosen or (homes.pop() if len(homes) == 1 else "")
    city = places.city()
    if city is None:
        return []
    rows = places.children(base or city.path, on=today())
    picked = [(chosen, places.full_name(chosen) or places.area(chosen).name)] if chosen else []
    return picked + [(row.path, row.name) for row in rows]


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the row of pages: overview, the analyses, the pivot, what was saved."""
    rows = [("overview", _("Overview"), reverse("insight:overview"))]
    rows += [
        (row.code, row.title, reverse("insight:analysis", args=[row.code]))
        for row in queries.analyses().values()
    ]
    rows += [
        ("pivot", _("Free pivot"), reverse("insight:pivot")), ("saved", pgettext("questions", "Saved"), reverse("insight:saved")),
    ]  # fmt: skip
    return [{"label": label, "url": url, "current": code == current} for code, label, url in rows]


def filters_of(request: HttpRequest, by: Slice) -> dict[str, Any]:
    """Return what the filter form of an analysis shows."""
    names = queries.Names(on=by.until)
    where = dict(by.where)
    return {
        "by": by, "areas": areas_to_choose(actor_of(request), by.area), "departments": queries.choices("department", names),
        "classes": queries.choices("class", names), "sources": queries.choices("source", names), "where": where,
        "today": today(),
        "more": [
            (dim, value, queries.dimensions()[dim], names.of(dim, value))
            for dim, value in by.where if dim not in FILTERS
        ],
    }  # fmt: skip


def address_of(request: HttpRequest, *without: str, **changes: str) -> str:
    """Return the query of the address with changes."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return urlencode([*query.lists(), *changes.items()], doseq=True)


def answered(
    request: HttpRequest, current: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return the page, or one that says why the lake does not answer."""
    try:
        return make()
    except queries.Silent as silent:
        context = {"tabs": tabs(current), "sentence": str(silent), "why": silent.why}
        return render(request, "insight/silent.html", context, status=NOT_NOW)
