"""Big screens: whose there are, what they show, what one may start from."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.command.capabilities import Can
from gongzhi.command.models import Screen, ScreenVersion
from gongzhi.command.queries.alarms import level_of
from gongzhi.command.queries.shipped import Template, templates
from gongzhi.places import queries as places

SHARED = (Screen.Share.REACH, Screen.Share.BELOW)
SORTS = {"name": "name", "-changed_at": "-changed_at"}


@dataclass(frozen=True)
class ScreenRow:
    id: int
    name: str
    unit: str
    area: str
    ratio: str
    share: str
    share_label: str
    version: int
    changed_at: Any
    changed_by_name: str
    is_own: bool
    is_removed: bool


@dataclass(frozen=True)
class Start:
    """Something a new screen may begin with."""

    key: str  # "template:<code>" or "screen:<id>"
    name: str
    ratio: str
    whose: str
    layout: dict[str, Any]


def homes(actor: Actor, capability: str = Can.COMPOSE) -> dict[int, str]:
    """Return the units for which the actor composes screens, each with the area it commands."""
    top = places.city()
    return {
        grant.home: grant.area or (top.path if top else "")
        for grant in actor.grants_for(capability)
        if grant.home and grant.unit is None
    }


def visible_screens(actor: Actor) -> "QuerySet[Screen]":
    """Return the screens in reach: the own units' and what others share."""
    rows = Screen.objects.within_reach_of(actor, Can.VIEW)
    return rows.filter(Q(unit__in=list(homes(actor, Can.VIEW))) | Q(share__in=SHARED))


def own_screens(actor: Actor) -> "QuerySet[Screen]":
    """Return the screens the actor may change."""
    return Screen.objects.within_reach_of(actor, Can.COMPOSE).filter(unit__in=list(homes(actor)))


def screens_page(
    actor: Actor, *, text: str, sort: str, removed: str, after: str, before: str
) -> Page[Screen]:
    """Return one page of the screens, or of the removed ones of the own units."""
    rows = (
        own_screens(actor).filter(removed_at__isnull=False)
        if removed
        else visible_screens(actor).filter(removed_at__isnull=True)
    )
    if text:
        rows = rows.filter(name__icontains=text)
    order = SORTS.get(sort, "-changed_at")
    return page_of(
        rows, order, "-pk" if order.startswith("-") else "pk", after=after, before=before
    )


def row_of(screen: Screen, actor: Actor) -> ScreenRow:
    return ScreenRow(
        screen.pk, screen.name, accounts.unit_name(screen.unit_id), places.full_name(screen.area_path),
        screen.ratio, screen.share, screen.get_share_display(), screen.version, screen.changed_at,
        screen.changed_by_name, screen.unit_id in homes(actor), screen.removed_at is not None,
    )  # fmt: skip


def screen(actor: Actor, screen_id: int) -> Screen:
    """Return a screen in reach; DoesNotExist otherwise."""
    return visible_screens(actor).get(pk=screen_id, removed_at__isnull=True)


def layout_of(screen: Screen, number: int | None = None) -> dict[str, Any]:
    """Return what a version of a screen holds, the newest without a number."""
    row = ScreenVersion.objects.get(screen=screen, number=number or screen.version)
    layout: dict[str, Any] = row.layout
    return layout


def versions(screen: Screen) -> list[ScreenVersion]:
    """Return a screen's versions, the newest first."""
    return list(ScreenVersion.objects.filter(screen=screen).order_by("-number")[:200])


def starts(actor: Actor) -> list[Start]:
    """Return what a new screen may begin with: shipped compositions, and what units above share for it."""
    areas = set(homes(actor).values())
    levels = {level_of(area) for area in areas}
    shipped = [
        Start(f"template:{one.code}", one.name, one.ratio, one.source, one.layout)
        for one in templates()
        if min(one.level, 1) in {min(level, 1) for level in levels}
    ]
    above = {row.path for area in areas for row in places.ancestors(area)}
    rows = Screen.objects.filter(
        Q(area_path__in=above, share=Screen.Share.BELOW)
        | Q(pk__in=own_screens(actor).values("pk")),
        removed_at__isnull=True,
    ).order_by("name")[:100]
    newest = {
        row.screen_id: row.layout
        for row in ScreenVersion.objects.filter(
            screen__in=[one.pk for one in rows], number=F("screen__version")
        )
    }
    return shipped + [
        Start(
            f"screen:{one.pk}", one.name, one.ratio, accounts.unit_name(one.unit_id), newest[one.pk]
        )
        for one in rows
    ]


def start_named(actor: Actor, key: str) -> Start | None:
    return next((one for one in starts(actor) if one.key == key), None)


def template_named(code: str) -> Template | None:
    return next((one for one in templates() if one.code == code), None)
