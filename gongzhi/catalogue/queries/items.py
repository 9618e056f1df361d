"""Items as they are and as they were: by id, by code and day, as a tree, as a filtered list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gongzhi.catalogue.models import Family, Item
from gongzhi.catalogue.queries.rows import (
    ClassBranch,
    FamilyBranch,
    ItemRow,
    QuestionRow,
    StandardRow,
)
from gongzhi.catalogue.queries.snapshot import snapshot
from gongzhi.catalogue.rules.finding import search_score
from gongzhi.catalogue.rules.matrix import is_in_force


def item(item_id: int) -> ItemRow:
    """Return that very version, so an old matter keeps its rules."""
    try:
        return snapshot().items[item_id]
    except KeyError:
        raise Item.DoesNotExist(f"item {item_id}") from None


def item_by_code(code: str, on: date) -> ItemRow:
    """Return the version in force on the day."""
    for row in versions(code):
        if is_in_force(row, on):
            return row
    raise Item.DoesNotExist(f"item {code} on {on}")


def item_named(text: str, on: date) -> ItemRow:
    """Return the item in force whose code or whole name somebody typed."""
    text = text.strip()
    for row in items_in_force(on):
        if text.upper() == row.code or text == row.name:
            return row
    raise Item.DoesNotExist(f"item {text} on {on}")


def versions(code: str) -> tuple[ItemRow, ...]:
    """Return every version of an item, the oldest first."""
    return snapshot().by_code.get(code, ())


def all_versions(item_id: int | None, class_code: str = "") -> list[int]:
    """Return the ids of every version of an item, or of every item of a class; none for an unknown one."""
    held = snapshot()
    if class_code:
        # "01" is both families' class of that number, "E01" the one of events
        return [r.id for r in held.items.values() if class_code in {r.class_code, r.code[:3]}]
    row = held.items.get(item_id or 0)
    return [version.id for version in held.by_code[row.code]] if row else []


def standard(standard_id: int) -> StandardRow:
    try:
        return snapshot().standards[standard_id]
    except KeyError:
        raise Item.DoesNotExist(f"standard {standard_id}") from None


def standards(item_id: int) -> tuple[StandardRow, ...]:
    return item(item_id).standards


def questions(item_id: int) -> tuple[QuestionRow, ...]:
    return item(item_id).questions


def items_in_force(on: date) -> list[ItemRow]:
    return [row for row in snapshot().items.values() if is_in_force(row, on)]


def popular_items(on: date, limit: int = 8) -> list[ItemRow]:
    """Return what is reported most, for the first page of a form."""
    ranked = [row for row in items_in_force(on) if row.popular_rank is not None]
    return sorted(ranked, key=lambda row: row.popular_rank or 0)[:limit]


def tree(on: date) -> list[FamilyBranch]:
    """Return family → class → item, as the published tables are ordered."""
    rows = sorted(items_in_force(on), key=_place_in_tree)
    return [
        FamilyBranch(family, str(Family(family).label), tuple(_classes(group)))
        for family, group in groupby(rows, key=lambda row: row.family)
    ]


def _place_in_tree(row: ItemRow) -> tuple[bool, str, str]:
    return row.family == Family.EVENT, row.class_code, row.code


def _classes(rows: Iterator[ItemRow]) -> Iterator[ClassBranch]:
    for code, group in groupby(rows, key=lambda row: row.class_code):
        items = tuple(group)
        yield ClassBranch(code, items[0].class_name, items)


@dataclass(frozen=True)
class ItemFilter:
    """What the list of items is narrowed to; empty fields narrow nothing."""

    text: str = ""
    family: str = ""
    class_code: str = ""
    department: str = ""
    urgent: bool = False

    def fits(self, row: ItemRow) -> bool:
        return (
            self.family in {"", row.family}
            and self.class_code in {"", row.class_code}
            and self.department in {"", row.department or row.department_name}
            and (row.urgent or not self.urgent)
            and self._is_named(row)
        )

    def _is_named(self, row: ItemRow) -> bool:
        text = self.text.strip()
        entry = snapshot().entries[row.id]
        return not text or row.code.startswith(text.upper()) or search_score(entry, text) > 0


def filtered_items(narrowed: ItemFilter, *, on: date, after: str = "", limit: int) -> list[ItemRow]:
    """Return items in the order of the tree, beginning after the code of the last row seen."""
    seen = versions(after)[-1:]
    rows = [row for row in items_in_force(on) if narrowed.fits(row)]
    if seen:
        rows = [row for row in rows if _place_in_tree(row) > _place_in_tree(seen[0])]
    return sorted(rows, key=_place_in_tree)[:limit]


def count_items(narrowed: ItemFilter, *, on: date) -> int:
    return sum(narrowed.fits(row) for row in items_in_force(on))


def departments(on: date) -> list[tuple[str, str]]:
    """Return (code, name) of the departments that own items; a name stands for a missing code."""
    pairs = {
        (row.department or row.department_name, row.department_name or row.department)
        for row in items_in_force(on)
    }
    return sorted(pairs)
