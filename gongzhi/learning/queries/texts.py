"""A report's words without persons, as features; and what a matter teaches: its item, its unit."""

from collections.abc import Container
from datetime import date
from functools import lru_cache

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import queries as incidents
from gongzhi.learning.rules import words
from gongzhi.publishing import queries as publishing

DEPARTMENT = "department"
KIND = "kind:"  # before the kind of a unit that belongs to no department: a village's station


def features_of(text: str, *, on: date, item_id: int | None = None) -> list[str]:
    """Return the features of a text from which persons are hidden first, and the item's code where it is known."""
    found = words.features(publishing.without_persons(text), known=catalogue_words(on))
    return [*found, words.ITEM + catalogue.item(item_id).code] if item_id else found


def singles_out_a_person(text: str, *, on: date) -> bool:
    """Tell whether a text is about a person: then nothing is learned from it at all."""
    return bool(incidents.person_problem(text, on=on))


class _Spoken(Container[str]):
    """What the catalogue says; a word is known when it stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __contains__(self, word: object) -> bool:
        return str(word) in self.text


@lru_cache(maxsize=4)
def catalogue_words(on: date) -> Container[str]:
    """Return the words of names, synonyms and standards: of these none is anybody's name."""
    return _Spoken(
        " ".join(
            words.plain(part)
            for item in catalogue.items_in_force(on)
            for part in (item.name, *item.synonyms, *(s.when_counts for s in item.standards))
        )
    )


def label_of_unit(unit_id: int) -> str:
    """Return what is learned of a unit: its city department, or its kind; so that every town teaches every other."""
    unit = accounts.unit(unit_id)
    for above in unit.ancestors:
        if (held := accounts.unit(above)).kind == DEPARTMENT:
            return held.code
    return KIND + unit.kind


def unit_at(label: str, area_path: str) -> accounts.UnitRow | None:
    """Return the open unit nearest to a place that a label stands for; None when there is none."""
    nearest: accounts.UnitRow | None = None
    for unit in accounts.units_by_code().values():
        if not unit.is_open or not area_path.startswith(unit.area_path):
            continue
        if nearest and len(unit.area_path) <= len(nearest.area_path):
            continue
        if label_of_unit(unit.id) == label:
            nearest = unit
    return nearest


def label_words(label: str) -> str:
    """Return a label as people read it: the department's name, or the kind of unit."""
    if label.startswith(KIND):
        return unit_kinds().get(label.removeprefix(KIND), label)
    held = accounts.units_by_code().get(label)
    return held.name if held else label


def item_words(code: str) -> str:
    versions = catalogue.versions(code)
    return versions[-1].name if versions else code


def unit_kinds() -> dict[str, str]:
    return {code: str(label) for code, label in accounts.UNIT_KINDS}
