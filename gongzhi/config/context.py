"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.base.actor import Actor
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.command.capabilities import Can as Command
from gongzhi.field.capabilities import Can as Field
from gongzhi.guard.capabilities import Can as Guard
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.live import queries as live
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.matters.queries import Box
from gongzhi.notices import queries as notices
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.places.capabilities import Can as Places
from gongzhi.publishing.capabilities import Can as Publishing
from gongzhi.rewards.capabilities import Can as Rewards

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
        "live_url": SimpleLazyObject(
            lambda: live.address(request.get_host(), scheme=request.scheme or "http")
        ),
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
    boxes: list[dict[str, Any]] = [
        {"box": Box.TODO, "label": _("To do"), "icon": "inbox", "tone": "late"},
        {"box": Box.DOING, "label": _("Under way"), "icon": "progress", "tone": ""},
        {"box": Box.DONE, "label": _("Done by me"), "icon": "checks", "tone": ""},
        {"box": Box.SUPERVISED, "label": _("Supervised"), "icon": "flag", "tone": "late"},
        {"box": Box.WAITING, "label": _("Requests to decide"), "icon": "hourglass", "tone": "warn"},
        {"box": Box.TWINS, "label": _("Likely duplicates"), "icon": "copy", "tone": ""},
        {"box": Box.ALL, "label": _("All matters"), "icon": "list", "tone": ""},
    ]
    here = {"/desk": "/desk/todo", "/desk/search": "/desk/all"}.get(path, path)
    items = [
        _item(
            row["label"],
            f"/desk/{row['box']}",
            here,
            icon=row["icon"],
            count=_count(counts.get(row["box"])),
            tone=row["tone"],
        )
        for row in boxes
    ]
    return {"label": _("My work"), "items": items}


def _count(count: int | None) -> str:
    if not count:
        return ""
    return "999+" if count >= 1000 else str(count)


def _level(actor: Actor, path: str) -> dict[str, Any]:
    items = []
    if actor.can(Command.VIEW):
        items.append(_item(pgettext("board", "Command"), "/command", path, icon="radar"))
    if actor.can(Matters.VIEW):
        items.append(_item(_("Map"), "/desk/map", path, icon="map"))
        items.append(_item(_("Ratings"), "/desk/ratings", path, icon="mood-smile"))
    if actor.can(Incidents.REPORT):
        items.append(_item(_("File a matter"), "/desk/report", path, icon="plus"))
    for capabilities, label, url, icon in (
        ((Field.USE,), _("Field app"), "/field", "device-mobile"),
        ((Patrol.VIEW, Patrol.PLAN, Patrol.SAMPLE), _("Patrols"), "/desk/patrol", "route"),
        ((Field.RECORDS,), _("Field records"), "/desk/field-records", "device-mobile"),
        ((Field.MEDIATIONS,), _("Quick mediations"), "/desk/mediations", "users"),
        ((Publishing.MODERATE,), _("To publish"), "/desk/publishing", "eye-check"),
        (
            (Rewards.REVIEW, Rewards.APPROVE, Rewards.PAY, Rewards.SET_RULES),
            _("Rewards"),
            "/desk/rewards",
            "gift",
        ),
    ):
        if any(actor.can(capability) for capability in capabilities):
            items.append(_item(label, url, path, icon=icon))
    return {"label": _("Our level"), "items": items}


def _setup(actor: Actor, path: str) -> dict[str, Any]:
    pages: list[dict[str, str]] = [
        {"can": Catalogue.VIEW, "label": _("Items"), "url": "/setup/items", "icon": "category"},
        {
            "can": Catalogue.VIEW,
            "label": _("Responsibilities"),
            "url": "/setup/matrix",
            "icon": "table",
        },
        {
            "can": Incidents.SET_POLICY,
            "label": _("Automatic dispatch"),
            "url": "/setup/dispatch",
            "icon": "route",
        },
        {
            "can": Places.VIEW,
            "label": _("Areas and grids"),
            "url": "/setup/areas",
            "icon": "hexagons",
        },
        {"can": Places.VIEW, "label": _("Premises"), "url": "/setup/premises", "icon": "building"},
        {
            "can": Clocks.VIEW,
            "label": _("Calendars and time rules"),
            "url": "/setup/calendars",
            "icon": "calendar",
        },
        {
            "can": Accounts.ORGANISE,
            "label": _("Organisation"),
            "url": "/setup/organisation",
            "icon": "sitemap",
        },
        {
            "can": Accounts.EMPLOY,
            "label": _("People and postings"),
            "url": "/setup/people",
            "icon": "users",
        },
        {
            "can": Notices.MANAGE_TEMPLATES,
            "label": _("Notices"),
            "url": "/setup/notices",
            "icon": "message",
        },
        {"can": Field.REVOKE, "label": _("Handsets"), "url": "/setup/handsets", "icon": "devices"},
        {"can": Guard.MANAGE, "label": _("Block list"), "url": "/setup/blocks", "icon": "ban"},
        {"can": Accounts.SECURE, "label": _("Security"), "url": "/setup/security", "icon": "lock"},
        {"can": Audit.READ, "label": _("Audit"), "url": "/setup/audit", "icon": "shield-check"},
    ]
    return {
        "label": _("Setting up"),
        "items": [
            _item(page["label"], page["url"], path, icon=page["icon"])
            for page in pages
            if actor.can(page["can"])
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
