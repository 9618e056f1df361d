"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.base.actor import Actor
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.matters.queries import Box
from gongzhi.notices import queries as notices
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.places.capabilities import Can as Places

Rail = list[dict[str, Any]]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values; what costs a statement is asked only where a page shows it."""
    actor: Actor = getattr(request, "actor", None) or Actor(0, "")
    return {
        "city": settings.CITY,
        "demonstration": settings.DEMONSTRATION,
        "actor": actor,
        "query": request.GET.get("q", ""),
        "rail": SimpleLazyObject(lambda: _rail(actor, request.path)),
        "unread": SimpleLazyObject(lambda: notices.unread(actor)),
        "posting": SimpleLazyObject(lambda: _posting(actor)),
    }


def _posting(actor: Actor) -> str:
    roles = accounts.roles()
    return "；".join(
        f"{accounts.unit_name(grant.home)} · {roles[grant.role].name}"
        for grant in actor.grants
        if grant.role in roles
    )


def _rail(actor: Actor, path: str) -> Rail:
    if not actor.id:
        return []
    groups = [_work(actor, path), _level(actor, path), _setup(actor, path)]
    return [group for group in groups if group["items"]]


def _work(actor: Actor, path: str) -> dict[str, Any]:
    if not actor.can(Matters.VIEW):
        return {"label": _("My work"), "items": []}
    counts = matters.box_counts(actor, boxes=(Box.TODO, Box.DOING, Box.SUPERVISED, Box.WAITING))
    boxes = [
        (Box.TODO, _("To do"), "inbox", "late"), (Box.DOING, _("Under way"), "progress", ""),
        (Box.DONE, _("Done by me"), "checks", ""), (Box.SUPERVISED, _("Supervised"), "flag", "late"),
        (Box.WAITING, _("Requests to decide"), "hourglass", "warn"), (Box.TWINS, _("Likely duplicates"), "copy", ""),
        (Box.ALL, _("All matters"), "list", ""),
    ]  # fmt: skip
    here = {f"/desk/{box}" for box in Box} | {"/desk"}
    items = [
        _item(
            label,
            f"/desk/{box}",
            path if path in here and path != "/desk" else "/desk/todo" if path == "/desk" else "",
            icon=icon,
            count=_count(counts.get(box)),
            tone=tone,
        )
        for box, label, icon, tone in boxes
    ]
    return {"label": _("My work"), "items": items}


def _count(count: int | None) -> str:
    if not count:
        return ""
    return "999+" if count >= 1000 else str(count)


def _level(actor: Actor, path: str) -> dict[str, Any]:
    items = []
    if actor.can(Matters.VIEW):
        items.append(_item(_("Map"), "/desk/map", path, icon="map"))
    if actor.can(Incidents.REPORT):
        items.append(_item(_("File a matter"), "/desk/report", path, icon="plus"))
    return {"label": _("Our level"), "items": items}


def _setup(actor: Actor, path: str) -> dict[str, Any]:
    pages = [
        (Catalogue.VIEW, _("Items"), "/setup/items", "category"),
        (Catalogue.VIEW, _("Responsibilities"), "/setup/matrix", "table"),
        (Places.VIEW, _("Areas and grids"), "/setup/areas", "hexagons"),
        (Places.VIEW, _("Premises"), "/setup/premises", "building"),
        (Clocks.VIEW, _("Calendars and time rules"), "/setup/calendars", "calendar"),
        (Accounts.ORGANISE, _("Organisation"), "/setup/organisation", "sitemap"),
        (Accounts.EMPLOY, _("People and postings"), "/setup/people", "users"),
        (Notices.MANAGE_TEMPLATES, _("Notices"), "/setup/notices", "message"),
        (Accounts.SECURE, _("Security"), "/setup/security", "lock"),
        (Audit.READ, _("Audit"), "/setup/audit", "shield-check"),
    ]
    return {
        "label": _("Setting up"),
        "items": [
            _item(label, url, path, icon=icon) for can, label, url, icon in pages if actor.can(can)
        ],
    }


def _item(
    label: str, url: str, path: str, *, icon: str, count: str = "", tone: str = ""
) -> dict[str, Any]:
    return {
        "label": label,
        "url": url,
        "icon": icon,
        "current": path.startswith(url),
        "count": count,
        "tone": tone,
    }
