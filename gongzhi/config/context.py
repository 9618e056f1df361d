"""What the frame of every page needs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.agreements.capabilities import Can as Agreements
from gongzhi.allowances.capabilities import Can as Allowances
from gongzhi.assessment.capabilities import Can as Assessment
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.base.actor import Actor
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.centres.capabilities import Can as Centres
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.command.capabilities import Can as Command
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.docking.capabilities import Can as Docking
from gongzhi.dossiers.capabilities import Can as Dossiers
from gongzhi.duty.capabilities import Can as Duty
from gongzhi.field.capabilities import Can as Field
from gongzhi.guard.capabilities import Can as Guard
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.insight.capabilities import Can as Insight
from gongzhi.learning.capabilities import Can as Learning
from gongzhi.live import queries as live
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.matters.queries import Box
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.notices import queries as notices
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.oversight.capabilities import Can as Oversight
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.places.capabilities import Can as Places
from gongzhi.publishing.capabilities import Can as Publishing
from gongzhi.rewards.capabilities import Can as Rewards
from gongzhi.talks.capabilities import Can as Talks

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
    groups = [
        group(actor, path) for group in (_work, _mediation, _command, _level, _figures, _setup)
    ]
    return [group for group in groups if group["items"]]


def _work(actor: Actor, path: str) -> dict[str, Any]:
    if not actor.can(Matters.VIEW):
        return {"label": _("My work"), "items": []}
    counts = matters.box_counts(
        actor, boxes=(Box.TODO, Box.DOING, Box.SUPERVISED, Box.WAITING, Box.HELPING)
    )
    boxes: list[dict[str, Any]] = [
        {"box": Box.TODO, "label": _("To do"), "icon": "inbox", "tone": "late"},
        {"box": Box.DOING, "label": _("Under way"), "icon": "progress", "tone": ""},
        {"box": Box.DONE, "label": _("Done by me"), "icon": "checks", "tone": ""},
        {"box": Box.SUPERVISED, "label": _("Supervised"), "icon": "flag", "tone": "late"},
        {"box": Box.WAITING, "label": _("Requests to decide"), "icon": "hourglass", "tone": "warn"},
        {"box": Box.HELPING, "label": _("Asked to help"), "icon": "users", "tone": "warn"},
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


class _Page(NamedTuple):
    """One entry of the menu, for whoever holds one of the capabilities."""

    open_to: tuple[str, ...]
    label: str
    url: str
    icon: str  # named by keyword: the front end collects the icons it finds


def _command(actor: Actor, path: str) -> dict[str, Any]:
    """What a centre of command works with, of whichever of the three levels."""
    dispatching = (Incidents.DISPATCH, Incidents.TAKE_OVER, Incidents.SETTLE)
    pages = (
        _Page((Command.VIEW,), pgettext("board", "Command"), "/command", icon="radar"),
        _Page(dispatching, _("Duty desk"), "/desk/level", icon="broadcast"),
        _Page((Duty.VIEW,), _("Duty"), "/desk/duty", icon="phone"),
        _Page((Oversight.VIEW,), _("Supervision and special work"), "/desk/oversight", icon="flag"),
    )
    return {"label": _("Commanding"), "items": _open_to(actor, path, pages)}


def _mediation(actor: Actor, path: str) -> dict[str, Any]:
    """What the centre, the bodies and their mediators work with."""
    paying = (Allowances.REVIEW, Allowances.APPROVE, Allowances.PAY, Allowances.SET_RULES)
    pages = (
        _Page(tuple(Centres)[:-1], _("Centre"), "/desk/centre", icon="building-community"),
        _Page(tuple(Disputes), _("Disputes"), "/desk/disputes", icon="scale"),
        _Page((Talks.VIEW,), _("Talks"), "/desk/talks", icon="messages"),
        _Page((Agreements.VIEW,), _("Agreements"), "/desk/agreements", icon="writing-sign"),
        _Page((Dossiers.VIEW,), _("Dispute files"), "/desk/dossiers", icon="folder"),
        _Page(
            (Disputes.SEE_FIGURES,),
            _("Figures of mediation"),
            "/desk/disputes/figures",
            icon="table",
        ),
        _Page(
            (Disputes.MEDIATE,),
            _("My mediations in figures"),
            "/desk/disputes/own-figures",
            icon="award",
        ),
        _Page((Docking.VIEW,), _("Courts and arbitration"), "/desk/docking", icon="gavel"),
        _Page(
            (Docking.SET_PARTNERS,),
            _("Courts and offices"),
            "/desk/docking/partners",
            icon="building",
        ),
        _Page((Mediators.VIEW,), _("Mediators"), "/desk/mediators", icon="users"),
        _Page((Mediators.VIEW,), _("Mediation bodies"), "/setup/bodies", icon="building"),
        _Page(paying, _("Allowances"), "/desk/allowances", icon="coin"),
        _Page((Allowances.BUY,), _("Bought services"), "/desk/services", icon="file-text"),
        _Page((Mediators.SERVE,), _("My office"), "/desk/mediators/my", icon="user"),
        _Page((Allowances.OWN,), _("My allowances"), "/desk/allowances/my", icon="gift"),
    )
    return {"label": pgettext("rail", "Mediation"), "items": _open_to(actor, path, pages)}


def _level(actor: Actor, path: str) -> dict[str, Any]:
    rewarding = (Rewards.REVIEW, Rewards.APPROVE, Rewards.PAY, Rewards.SET_RULES)
    pages = (
        _Page((Matters.VIEW,), _("Map"), "/desk/map", icon="map"),
        _Page((Matters.VIEW,), _("Ratings"), "/desk/ratings", icon="mood-smile"),
        _Page((Incidents.REPORT,), _("File a matter"), "/desk/report", icon="plus"),
        _Page((Field.USE,), _("Field app"), "/field", icon="device-mobile"),
        _Page(
            (Patrol.VIEW, Patrol.PLAN, Patrol.SAMPLE), _("Patrols"), "/desk/patrol", icon="route"
        ),
        _Page((Field.RECORDS,), _("Field records"), "/desk/field-records", icon="device-mobile"),
        _Page((Field.MEDIATIONS,), _("Quick mediations"), "/desk/mediations", icon="users"),
        _Page((Publishing.MODERATE,), _("To publish"), "/desk/publishing", icon="eye-check"),
        _Page(rewarding, _("Rewards"), "/desk/rewards", icon="gift"),
    )
    return {"label": _("Our level"), "items": _open_to(actor, path, pages)}


def _figures(actor: Actor, path: str) -> dict[str, Any]:
    """What the figures say: for planners, assessors and whoever is assessed."""
    assessing = (Assessment.VIEW, Assessment.KEEP, Assessment.SIGN)
    pages = (
        _Page((Insight.VIEW,), _("Analysis"), "/insight", icon="chart-line"),
        _Page(
            (Learning.VIEW,), _("Forecast and suggestions"), "/learning/forecast", icon="sparkles"
        ),
        _Page(assessing, _("Assessment"), "/assessment", icon="award"),
    )
    return {"label": _("Analysis and assessment"), "items": _open_to(actor, path, pages)}


def _open_to(actor: Actor, path: str, pages: Iterable[_Page]) -> list[dict[str, Any]]:
    """Return the pages for which the actor holds one of the capabilities."""
    pages = [page for page in pages if any(actor.can(one) for one in page.open_to)]
    # Of pages below one another the innermost is the one that is looked at.
    here = max((page.url for page in pages if _is_below(path, page.url)), key=len, default="")
    return [
        _item(page.label, page.url, path, icon=page.icon) | {"current": page.url == here}
        for page in pages
    ]


def _setup(actor: Actor, path: str) -> dict[str, Any]:
    pages: list[dict[str, str]] = [
        {"can": Catalogue.VIEW, "label": _("Items"), "url": "/setup/items", "icon": "category"},
        {
            "can": Catalogue.VIEW,
            "label": _("Kinds of dispute"),
            "url": "/setup/dispute-kinds",
            "icon": "list-tree",
        },
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
        "current": _is_below(path, url),
        "count": count,
        "tone": tone,
    }


def _is_below(path: str, url: str) -> bool:
    """Tell whether a page is this one or one inside it; /desk/allowances lies not in /desk/all."""
    return path == url or path.startswith((f"{url}/", f"{url}."))
