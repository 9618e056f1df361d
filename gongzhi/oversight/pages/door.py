"""What every page of this module reads from a request, the tabs above each, and how a table leaves the house."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import pages
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of
from gongzhi.oversight.capabilities import Can
from gongzhi.places import queries as places

FORMS = frozenset({"csv", "xlsx"})
LONGEST = 60  # characters of a search


def text_asked(request: HttpRequest, name: str = "q") -> str:
    return pages.text_asked(request, name, most=LONGEST)


def area_asked(request: HttpRequest) -> str:
    """Return the path of an area that exists; "" for anything else."""
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


def tabs(here: str) -> list[dict[str, Any]]:
    """Return the pages of the desk."""
    every = (
        ("overview", _("Overview")),
        ("orders", _("Supervision orders")),
        ("urged", _("Urged")),
        ("held", _("Suspended and extended")),
        ("ageing", _("Old matters")),
        ("owners", _("Named owners")),
        ("batches", _("Like matters")),
        ("suggestions", _("Policy suggestions")),
        ("rules", _("Rules")),
    )
    return [
        {"label": label, "url": reverse(f"oversight:{name}"), "current": name == here}
        for name, label in every
    ]


def stat(
    label: str, value: int, url: str = "", *, tone: str = "", words: str = ""
) -> dict[str, Any]:
    """Return one figure: it opens the list it counts, and takes colour only when there is something."""
    shown = f"{value:,}" + ("+" if value >= 1000 else "")
    return {"label": label, "value": shown, "url": url, "tone": tone if value else "", "words": words}  # fmt: skip


def note_export(request: HttpRequest, subject: str, form: str) -> None:
    """Note in the trail who took what out of the house."""
    audit.record(
        actor=actor_of(request), verb="oversight.export", subject=subject, at=timezone.now(),
        detail={"filter": request.GET.urlencode()[:500], "form": form},
    )  # fmt: skip


def send_table(
    request: HttpRequest, form: str, *, name: str, title: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:  # fmt: skip
    """Answer with rows as a file and note in the trail who took them."""
    if form not in FORMS:
        raise Http404
    note_export(request, f"list:{name}", form)
    return table_download(columns, rows, name=f"{title}-{timezone.localdate()}", form=form, title=title)  # fmt: skip
