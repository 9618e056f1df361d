"""
The responsibility matrix: which row answers for an item at a place, and whom a row names.

A row's scope is written as an item code ("E0403"), a class ("event:04"), a family ("event") or
"*" for all. A target is written as a unit code ("shuiwu"), the same with "@town" for that
department's office in the matter's town, "item" or "item@town" for the item's own department,
"@city", "@town", "@village" for the centre of that level at the place.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol, TypeVar

LEVELS = ("village", "town", "city")
_TARGET = re.compile(r"(?P<unit>[a-z0-9_-]{1,40})?(?:@(?P<at>city|town|village))?")


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


class Row(Dated, Protocol):
    @property
    def scope(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def area_path(self) -> str: ...
    @property
    def priority(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Target:
    unit: str  # a unit code, "item" for the item's department, "" for the centre at a level
    at: str  # "", city, town, village


def parse_target(text: str) -> Target | None:
    found = _TARGET.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    unit, at = found["unit"] or "", found["at"] or ""
    if unit and at in {"city", "village"}:  # a department has offices in towns only
        return None
    return Target(unit, at)


def scopes_of(*, code: str, family: str, class_code: str) -> tuple[str, ...]:
    """Return every scope that covers the item, the narrowest first."""
    return (code, f"{family}:{class_code}", family, "*")


def is_in_force(row: Dated, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on < row.valid_to)


def best_row(
    rows: Iterable[R], *, scopes: tuple[str, ...], area_path: str, level: str, on: date
) -> R | None:
    """
    Return the row that answers, or None.

    Among the rows in force that cover item, place and level, the higher priority wins, then the
    smaller area, then the narrower scope, then the row that names the level.
    """
    fitting = [
        row
        for row in rows
        if row.scope in scopes
        and row.level in {"", level}
        and area_path.startswith(row.area_path)
        and is_in_force(row, on)
    ]
    return max(
        fitting,
        key=lambda row: (row.priority, len(row.area_path), -scopes.index(row.scope), row.level),
        default=None,
    )


def is_within_hours(*, moment: datetime, starts: time | None, ends: time | None) -> bool:
    """Tell whether the moment falls into the daily hours; 22:00 to 6:00 runs over midnight."""
    if starts is None or ends is None:
        return True
    now = moment.time()
    return starts <= now < ends if starts <= ends else now >= starts or now < ends


def town_of(area_path: str) -> str:
    """Return the town's short code in an area path ("441900/004/012/" gives "004"), or ""."""
    segments = area_path.split("/")
    return segments[1] if len(segments) > 2 else ""
