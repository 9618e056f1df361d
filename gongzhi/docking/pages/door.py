"""What every page of this module reads from a request, the tabs above each, and how a table leaves the house."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.audit import actions as audit
from gongzhi.base import pages
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of
from gongzhi.base.texts import as_number
from gongzhi.docking import queries
from gongzhi.docking.capabilities import Can
from gongzhi.places import queries as places

FORMS = frozenset({"csv", "xlsx"})
LONGEST = 60  # characters of a search


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def area_asked(request: HttpRequest) -> str:
    path = request.GET.get("area", "")[:60]
    try:
        return places.area(path).path if path else ""
    except ObjectDoesNotExist:
        return ""


def areas_to_choose(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    grants = {grant.area for grant in actor.grants_for(Can.VIEW)}
    base = chosen or (grants.pop() if len(grants) == 1 else "")
    below = places.children(base) if base else places.areas_at_level(1)
    picked = [(chosen, places.full_name(chosen) or places.area(chosen).name)] if chosen else []
    return picked + [(row.path, row.name) for row in below]


def case_filter(request: HttpRequest) -> queries.CaseFilter:
    box, kind, sort = (request.GET.get(name, "") for name in ("box", "kind", "sort"))
    partner = request.GET.get("partner", "")
    return queries.CaseFilter(
        box=box if box in queries.BOXES else "open", kind=kind if queries.procedure(kind) else "",
        partner=as_number(partner, digits=9),
        area=area_asked(request), text=text_asked(request), sort=sort if sort in queries.SORTS else "new",
    )  # fmt: skip


def tabs(here: str, actor: Actor) -> list[dict[str, Any]]:
    """Return the pages of the desk; partners only for whoever sets them."""
    every = (
        ("incoming", _("From courts"), Can.VIEW),
        ("outgoing", _("To courts"), Can.VIEW),
        ("confirmations", _("Confirmations"), Can.VIEW),
        ("messages", _("Message log"), Can.VIEW),
        ("standing", _("Standing of villages"), Can.VIEW),
        ("partners", _("Courts and offices"), Can.SET_PARTNERS),
    )
    return [
        {"label": label, "url": reverse(f"docking:{name}"), "current": name == here}
        for name, label, can in every
        if actor.can(can)
    ]


def case_columns() -> tuple[str, ...]:
    return (
        pgettext("column", "case number"), pgettext("docket column", "form"), pgettext("column", "court or office"),
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"),
        pgettext("column", "cause"), pgettext("column", "amount"), pgettext("column", "panel"),
        pgettext("column", "channel"), pgettext("column", "opened at"), pgettext("column", "next step"),
        pgettext("column", "due"), pgettext("column", "state"), pgettext("column", "over since"),
        pgettext("column", "number of the decision"),
    )  # fmt: skip


def send_table(
    request: HttpRequest, form: str, *, name: str, title: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:  # fmt: skip
    """Answer with rows as a file and note in the trail who took them."""
    if form not in FORMS:
        raise Http404
    at = timezone.now()
    audit.record(
        actor=actor_of(request), verb="docking.export", subject=f"list:{name}", at=at,
        detail={"filter": request.GET.urlencode()[:500], "form": form},
    )  # fmt: skip
    return table_download(columns, rows, name=f"{title}-{timezone.localdate(at)}", form=form, title=title)  # fmt: skip
