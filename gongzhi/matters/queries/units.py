"""Units and people to choose from."""

from datetime import date

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can

HANDLING = ("department", "town_office", "village_station", "organisation")


def handling_units(area_path: str) -> list[accounts.UnitRow]:
    """Return the open units that could handle a matter at the place, the nearest first."""
    units = [
        unit
        for unit in accounts.units_by_code().values()
        if unit.is_open and unit.kind in HANDLING and area_path.startswith(unit.area_path)
    ]
    return sorted(units, key=lambda unit: (-len(unit.area_path), unit.code))


def colleagues(unit_id: int | None, *, on: date) -> list[accounts.Person]:
    """Return the people who work in a unit."""
    if unit_id is None:
        return []
    return accounts.people_in_units(*accounts.roles(), unit_ids=[unit_id], on=on)


def units_like(text: str, actor: Actor, *, limit: int) -> list[accounts.UnitRow]:
    """Return open units by a part of their name or code, within or above the actor's areas."""
    areas = [grant.area for grant in actor.grants_for(Can.VIEW)]
    wanted = text.casefold()
    found = [
        unit
        for unit in accounts.units_by_code().values()
        if unit.is_open
        and wanted in f"{unit.name} {unit.code}".casefold()
        and any(unit.area_path.startswith(a) or a.startswith(unit.area_path) for a in areas)
    ]
    return sorted(found, key=lambda unit: (len(unit.name), unit.code))[:limit]
