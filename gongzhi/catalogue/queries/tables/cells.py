"""One row of a table as values; every cell that cannot be used is reported, none is guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.catalogue.queries.tables.layouts import LAYOUTS, Column, parts_of
from gongzhi.catalogue.queries.tables.reading import Table
from gongzhi.catalogue.rules.limits import parse_limit
from gongzhi.catalogue.rules.matrix import parse_target

_SCOPE = re.compile(r"\*|part|event|(part|event):[0-9A-Z]{2,4}|[A-Z0-9][A-Z0-9-]{1,23}")
_AREA = re.compile(r"([0-9A-Za-z]+/)*")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, where the reader of the file will find it."""

    table: str
    row: int
    column: str
    value: str
    why: str


@dataclass
class Findings:
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: Table, row: int, column: str, value: str, why: str) -> None:
        self.problems.append(Problem(table.name, row, column, value[:200], why))


def values_of(
    table: Table, layout: str, number: int, cells: dict[str, str], findings: Findings
) -> dict[str, Any] | None:
    """Return field → value, or None after reporting every cell that is wrong."""
    values: dict[str, Any] = {}
    sound = True
    for column in LAYOUTS[layout]:
        cell = cells.get(column.title, "") or column.default
        why = _fault(column, cell)
        if why:
            findings.add(table, number, column.title, cell, why)
            sound = False
        else:
            values[column.field] = _value(column, cell)
    return values if sound else None


def _fault(column: Column, cell: str) -> str:
    if column.required and not cell:
        return _("The cell is empty.")
    if column.words is not None and cell not in column.words:
        known = "、".join(word for word in column.words if word)
        return _("The cell should be one of {words}.").format(words=known)
    if column.longest and len(cell) > column.longest:
        return _("The cell has more than {count} characters.").format(count=column.longest)
    check = _CHECKS.get(column.field)
    return check(cell) if check and cell else ""


def _value(column: Column, cell: str) -> Any:
    if column.words is not None:
        return column.words[cell]
    reader = _READERS.get(column.field)
    return reader(cell) if reader else cell


def _whole(low: int, high: int) -> Callable[[str], str]:
    def check(cell: str) -> str:
        if re.fullmatch(r"-?[0-9]{1,6}", cell) and low <= int(cell) <= high:
            return ""
        return _("The cell should be a whole number from {low} to {high}.").format(
            low=low, high=high
        )

    return check


def _date(cell: str) -> str:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return _("The cell should be a date such as 2026-01-31.")
    return "" if 1949 <= day.year <= 2199 else _("The year is out of range.")


def _time(cell: str) -> str:
    try:
        time.fromisoformat(cell)
    except ValueError:
        return _("The cell should be a time such as 22:00.")
    return ""


def scope_fault(cell: str) -> str:
    if _SCOPE.fullmatch(cell):
        return ""
    return _("The scope should be an item code, a class such as event:04, part, event or *.")


def target_fault(cell: str) -> str:
    if all(parse_target(part) for part in parts_of(cell)):
        return ""
    return _("A unit is written as its code, code@town, item, item@town, @city, @town or @village.")


def _area(cell: str) -> str:
    if _AREA.fullmatch(cell):
        return ""
    return _("An area path looks like 441900/004/.")


_CHECKS: dict[str, Callable[[str], str]] = {
    "popular_rank": _whole(1, 9999),
    "report_photos": _whole(0, 9),
    "after_photos": _whole(0, 9),
    "priority": _whole(-1000, 1000),
    "order": _whole(1, 999),
    "valid_from": _date,
    "valid_to": _date,
    "starts": _time,
    "ends": _time,
    "scope": scope_fault,
    "handler": target_fault,
    "joint": target_fault,
    "area_path": _area,
}


def _date_or_none(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _time_or_none(cell: str) -> time | None:
    return time.fromisoformat(cell) if cell else None


_READERS: dict[str, Callable[[str], Any]] = {
    "class_code": lambda cell: cell.zfill(2),
    "number": lambda cell: cell.zfill(2),
    "synonyms": parts_of,
    "choices": parts_of,
    "joint": parts_of,
    "popular_rank": lambda cell: int(cell) if cell else None,
    "report_photos": int,
    "after_photos": int,
    "priority": int,
    "order": lambda cell: int(cell) if cell else 0,
    "valid_from": _date_or_none,
    "valid_to": _date_or_none,
    "starts": _time_or_none,
    "ends": _time_or_none,
}


def limit_values(cell: str) -> dict[str, Any] | None:
    """Return the limit's fields; none for an empty cell; None when the words are not a limit."""
    if not cell:
        return {}
    limit = parse_limit(cell)
    if limit is None:
        return None
    return {
        "amount": limit.amount,
        "unit": limit.unit,
        "counting": limit.counting,
        "urgent": limit.urgent,
    }
