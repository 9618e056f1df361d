"""Which units an actor speaks for, and which they may be offered to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.duty.rules import paths_around

LEVELS = ("city_centre", "town_centre", "village_station")
GROUPS: dict[str, Any] = {
    "town_centre": _("all town centres"),
    "village_station": _("all village stations"),
    "department": _("all departments"),
    "town_office": _("all town offices of departments"),
}


def homes(actor: Actor, capability: str) -> list[int]:
    """Return the ids of the units the actor works in and may do this for."""
    found = (grant.home for grant in actor.grants_for(capability) if grant.home is not None)
    return list(dict.fromkeys(found))


def columns_of(unit_id: int) -> dict[str, Any]:
    """Return what a row of a unit keeps to be found by: the unit, its area, it and all above it."""
    unit = accounts.unit(unit_id)
    return {"unit_id": unit.id, "area_path": unit.area_path, "unit_ids": list(unit.ancestors)}


def offered(actor: Actor, capability: str, *, kinds: Sequence[str] = ()) -> list[accounts.UnitRow]:
    """
    Return open units a form may offer; what is chosen is asked of the rows once more.

    Those in the areas of the actor's postings, or in their units where a posting is bound to one.
    """
    grants = actor.grants_for(capability)
    rows = [
        row
        for row in accounts.units_by_code().values()
        if row.is_open
        and (not kinds or row.kind in kinds)
        and any(
            row.area_path.startswith(grant.area)
            and (grant.unit is None or grant.unit in row.ancestors)
            for grant in grants
        )
    ]
    return sorted(rows, key=lambda row: (_rank(row.kind), row.code))


def _rank(kind: str) -> int:
    order = (*LEVELS, "department", "town_office", "organisation")
    return order.index(kind) if kind in order else len(order)


@dataclass(frozen=True)
class Addressees:
    """Whom a form can address: whole groups, and single units of the level below."""

    groups: list[tuple[str, str]]
    units: list[tuple[int, str]]


def addressees(actor: Actor, capability: str, *, without: int) -> Addressees:
    rows = [row for row in offered(actor, capability) if row.id != without]
    counts = {kind: sum(row.kind == kind for row in rows) for kind in GROUPS}
    groups = [
        (kind, f"{label} ({counts[kind]})") for kind, label in GROUPS.items() if counts[kind] > 1
    ]
    return Addressees(groups, [(row.id, row.name) for row in _near(rows)])


def _near(rows: list[accounts.UnitRow]) -> list[accounts.UnitRow]:
    """Return the units one level down: a city's towns and departments, a town's villages and offices."""
    kinds = {row.kind for row in rows}
    if "town_centre" in kinds and sum(row.kind == "town_centre" for row in rows) > 1:
        return [row for row in rows if row.kind in {"town_centre", "department"}]
    return rows


def units_of_groups(actor: Actor, capability: str, groups: Iterable[str]) -> list[int]:
    return [row.id for row in offered(actor, capability, kinds=tuple(groups))] if groups else []


def around(actor: Actor, capability: str) -> Q:
    """Return the condition for rows of the areas around the actor's: whom they turn to."""
    paths = {path for grant in actor.grants_for(capability) for path in paths_around(grant.area)}
    return Q(area_path__in=sorted(paths))
