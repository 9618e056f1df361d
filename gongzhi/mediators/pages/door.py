"""What these pages share: tabs, what a list is narrowed by, areas a form offers, exports."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base import pages
from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of
from gongzhi.base.texts import as_number
from gongzhi.mediators import queries
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.forms import EMPLOYMENTS, KINDS
from gongzhi.places import queries as places

Tabs = list[dict[str, Any]]


def tabs(request: HttpRequest, here: str) -> Tabs:
    """Return the parts of the registry this person may open."""
    actor = actor_of(request)
    parts = [
        ("roster", _("Mediators"), "/desk/mediators", actor.can(Can.VIEW)),
        ("bodies", _("Mediation bodies"), "/setup/bodies", actor.can(Can.VIEW)),
        ("filings", _("Filing with the court"), "/setup/bodies/filings", actor.can(Can.VIEW)),
        ("studios", _("Studio applications"), "/desk/mediators/studios", actor.can(Can.VIEW)),
        ("own", _("My office"), "/desk/mediators/my", actor.can(Can.SERVE)),
    ]
    return [
        {"label": label, "url": url, "current": name == here}
        for name, label, url, may in parts
        if may
    ]


def text_asked(request: HttpRequest) -> str:
    return pages.text_asked(request, most=80)


def one_asked(request: HttpRequest, name: str, known: Mapping[str, Any], fallback: str = "") -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else fallback


def number_asked(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return as_number(asked)


def area_asked(request: HttpRequest) -> str:
    asked = request.GET.get("area", "")[:60]
    known = {row.path for row in places.ancestors(asked)} if asked else set()
    return asked if asked in known else ""


def towns() -> list[tuple[str, str]]:
    return [(row.path, row.name) for row in places.areas_at_level(1)]


def towns_within(actor: Actor) -> list[tuple[str, str]]:
    """Return the towns to narrow a list to; none for whoever sees one only."""
    grants = actor.grants_for(Can.VIEW)
    seen = [row for row in towns() if any(row[0].startswith(grant.area) for grant in grants)]
    return seen if len(seen) > 1 else []


def areas_offered(actor: Actor) -> list[tuple[str, str]]:
    """Return the city, towns and villages a body may serve, within the actor's reach."""
    grants = actor.grants_for(Can.KEEP)
    rows = [row for level in (0, 1, 2) for row in places.areas_at_level(level)]
    return [
        (row.path, places.full_name(row.path))
        for row in sorted(rows, key=lambda row: row.path)
        if any(row.path.startswith(grant.area) for grant in grants)
    ]


def body_filter(request: HttpRequest) -> queries.BodyFilter:
    return queries.BodyFilter(
        box=one_asked(request, "box", queries.BODY_BOXES, "all"), text=text_asked(request),
        kind=one_asked(request, "kind", dict(KINDS)), field=one_asked(request, "field", queries.fields()),
        area=area_asked(request), sort=one_asked(request, "sort", queries.BODY_SORTS, "name"),
    )  # fmt: skip


def roster_filter(request: HttpRequest) -> queries.MediatorFilter:
    return queries.MediatorFilter(
        box=one_asked(request, "box", queries.ROSTER_BOXES, "here"), text=text_asked(request),
        employment=one_asked(request, "employment", dict(EMPLOYMENTS)), field=one_asked(request, "field", queries.fields()),
        language=one_asked(request, "language", queries.languages()), grade=one_asked(request, "grade", queries.grades()),
        area=area_asked(request), body=number_asked(request, "body"), sort=one_asked(request, "sort", queries.ROSTER_SORTS, "name"),
    )  # fmt: skip
