"""Whose figures an actor may see, and the list of matters behind a figure."""

from datetime import date
from typing import Any

from django.utils.http import urlencode

from gongzhi.base.actor import Actor
from gongzhi.learning.capabilities import Can
from gongzhi.places import queries as places


def city_path() -> str:
    rows = places.areas_at_level(0)
    return rows[0].path if rows else ""


def covers(actor: Actor, area_path: str, *, capability: str = Can.VIEW) -> bool:
    """Tell whether an actor's postings reach the whole of an area, not only one unit's matters there."""
    grants = actor.grants_for(capability)
    return any(grant.unit is None and area_path.startswith(grant.area) for grant in grants)


def home_of(actor: Actor) -> str:
    """Return the area whose figures an actor sees first: the city, or the first own town."""
    city = city_path()
    if covers(actor, city):
        return city
    areas = sorted(grant.area for grant in actor.grants_for(Can.VIEW) if grant.unit is None)
    return "/".join(areas[0].split("/")[:2]) + "/" if areas else city


def list_address(
    *,
    area_path: str = "",
    item_class: str = "",
    item_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    **more: Any,
) -> str:
    """Return the address of the list of matters that a figure counts (反查)."""
    said: dict[str, Any] = {
        "area": "" if area_path == city_path() else area_path,
        "item": item_id or (f"class:{item_class}" if item_class else ""),
        "since": since.isoformat() if since else "", "until": until.isoformat() if until else "", **more,
    }  # fmt: skip
    return "/desk/all?" + urlencode({key: value for key, value in said.items() if value})


def behind_address(what: str, *, area_path: str, **more: Any) -> str:
    """Return the address of the matters that a measure counts (反查), as the figures list them."""
    said = {"area": area_path, "what": what, **more}
    return "/figures/matters?" + urlencode({key: value for key, value in said.items() if value})
