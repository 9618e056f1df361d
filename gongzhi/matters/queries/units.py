"""Units and people to choose from."""

from datetime import date

from gongzhi.accounts import queries as accounts

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
