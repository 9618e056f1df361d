"""What the values of dimensions are called."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import queries as clocks
from gongzhi.insight.rules.dims import NONE
from gongzhi.insight.rules.slices import first_of
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

Namer = Callable[[str], str]


class Names:
    """Words for values, by the catalogue of a day; a value nobody knows keeps its code."""

    def __init__(self, *, on: date) -> None:
        in_force = catalogue.items_in_force(on)
        self._classes = {row.class_code: row.class_name for row in in_force}
        self._families = {row.class_code[:1]: row.family_name for row in in_force}
        self._items = {row.code: row.name for row in in_force}

    def of(self, dim: str, value: str) -> str:
        if value == NONE:
            return _("none")
        try:
            return self._words(dim)(value) or value
        except (ObjectDoesNotExist, ValueError, LookupError):
            return value

    def classes(self) -> list[tuple[str, str]]:
        return list(self._classes.items())

    def _words(self, dim: str) -> Namer:
        own: dict[str, Namer] = {
            "class": lambda value: self._classes.get(value, ""),
            "family": lambda value: self._families.get(value, ""),
            "item": lambda value: self._items.get(value) or _last_name(value),
        }
        return own.get(dim) or _WORDS.get(dim) or str


def _last_name(code: str) -> str:
    known = catalogue.versions(code)
    return known[-1].name if known else ""


def place_name(path: str) -> str:
    """Return an area's name, a village or grid with the areas above it."""
    return places.area(path).name if path.count("/") <= 2 else places.full_name(path)


def unit_name(value: str) -> str:
    return accounts.unit_name(int(value))


def month_name(value: str) -> str:
    day = first_of(int(value))
    return _("{year}-{month}").format(year=day.year, month=day.month)


def _quarter(value: str) -> str:
    year, quarter = divmod(int(value), 4)
    return _("Q{quarter} {year}").format(year=year, quarter=quarter + 1)


def _state(value: str) -> str:
    return next((k.label(value) for k in all_kinds() if value in k.lifecycle.labels), "")


def _level(value: str) -> str:
    return (
        pgettext("level of command", "City"),
        pgettext("level of command", "Town"),
        pgettext("level of command", "Village"),
    )[int(value)]


def _rating(value: str) -> str:
    return {"3": _("Solved"), "2": _("Half solved"), "1": _("Not solved")}[value]


_WORDS: dict[str, Namer] = {
    "quarter": _quarter,
    "month": month_name,
    "weekday": lambda value: str(clocks.weekday_names()[int(value) - 1]),
    "hour": lambda value: f"{int(value):02d}:00",
    "town": place_name,
    "village": place_name,
    "grid": place_name,
    "department": unit_name,
    "unit": unit_name,
    "source": lambda value: str(Source(value).label),
    "kind": lambda value: str(kind_of(value).name),
    "state": _state,
    "urgent": lambda value: _("Urgent") if value == "1" else _("Ordinary"),
    "level": _level,
    "rating": _rating,
}


def choices(dim: str, names: Names) -> list[tuple[str, str]]:
    """Return the values a filter offers: classes and sources by the catalogue, departments by the organisation."""
    found = {"class": names.classes, "source": _sources, "department": _departments}[dim]()
    return sorted(found, key=lambda pair: pair[0]) if dim == "class" else found


def _sources() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Source.choices]


def _departments() -> list[tuple[str, str]]:
    """Return the departments of the organisation, by their codes."""
    rows = accounts.units_by_code().values()
    found = [row for row in rows if row.kind == "department" and row.is_open]
    return [(str(row.id), row.name) for row in sorted(found, key=lambda row: row.code)]
