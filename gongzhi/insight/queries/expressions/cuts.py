"""Dimensions as columns, slices and reach as conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from gongzhi.insight.queries.expressions.measures import condition
from gongzhi.insight.rules.cells import BLOCK, parent_masks
from gongzhi.insight.rules.dims import DIMS, NONE
from gongzhi.insight.rules.slices import Slice

SQUARE = 2000  # squares a degree: a place is 0.0005 degrees wide, about 50 m


@dataclass(frozen=True)
class Patch:
    """One posting's reach: an area ("" is everywhere) and, where a unit bounds it, that unit and those below."""

    area: str = ""
    units: tuple[int, ...] | None = None


def column(t: Table, dim: str) -> Value:
    """Return a dimension as a column; None stays null."""
    makers: dict[str, Any] = {
        "year": lambda: (t.month / 12).floor().cast("int64"),
        "quarter": lambda: (t.month / 3).floor().cast("int64"),
        "month": lambda: t.month.cast("int64"),
        "day": lambda: t.reported_on,
        "weekday": lambda: (t.reported_on.day_of_week.index() + 1).cast("int64"),
        "hour": lambda: t.reported_at.hour().cast("int64"),
        "town": lambda: t.town.nullif(""),
        "village": lambda: t.village.nullif(""),
        "grid": lambda: (t.area_path.length() > t.village.length()).ifelse(t.area_path, None),
        "department": lambda: t.department_id,
        "unit": lambda: t.unit_id,
        "family": lambda: t.item_class.substr(0, 1).nullif(""),
        "class": lambda: t.item_class.nullif(""),
        "item": lambda: t["item"].nullif(""),
        "source": lambda: t.source,
        "kind": lambda: t.kind,
        "state": lambda: t.state,
        "urgent": lambda: t.is_urgent.ifelse("1", "0"),
        "level": lambda: t.level.cast("int64"),
        "rating": lambda: t.rating.cast("int64"),
        "cell": lambda: t.cell,
        "block": lambda: around(t.cell, BLOCK),
        "place": lambda: square(t.lon).cast("string") + "_" + square(t.lat).cast("string"),
    }
    return makers[dim]()


def around(cell: Value, resolution: int) -> Value:
    """Return the coarser H3 cell around one of resolution 9."""
    kept, added = parent_masks(resolution)
    return (cell & ibis.literal(kept, "int64")) | ibis.literal(added, "int64")


def square(degrees: Value) -> Value:
    return (degrees * SQUARE).floor().cast("int64")


def is_value(t: Table, dim: str, value: str) -> BooleanValue:
    found = column(t, dim)
    if value == NONE:
        return found.isnull()
    if dim in {"village", "town", "grid"}:
        return found == value
    kind = DIMS[dim].kind
    if kind == "number":
        return found == int(value)
    if kind == "cell":
        return found == ibis.literal(int(value, 16), "int64")
    if kind == "place":
        x, y = value.split("_")
        return (square(t.lon) == int(x)) & (square(t.lat) == int(y))
    return found == value


def in_area(t: Table, path: str) -> BooleanValue:
    depth = path.count("/")
    if depth == 2:
        return t.town == path
    return t.village == path if depth == 3 else t.area_path.startswith(path)


def reached(t: Table, reach: Sequence[Patch]) -> Table:
    """Keep what one of the postings reaches; nothing when there is none."""
    if not reach:
        return t.filter(ibis.literal(False))  # noqa: FBT003 - a value of SQL
    parts: list[Any] = []
    for patch in reach:
        conditions = []
        if patch.area:
            conditions.append(in_area(t, patch.area))
        if patch.units is not None:
            conditions.append(t.unit_id.isin(patch.units))
        if not conditions:
            return t  # everything
        parts.append(reduce(lambda a, b: a & b, conditions))
    return t.filter(reduce(or_, parts))


def within(t: Table, by: Slice) -> Table:
    """Keep the matters a slice is about."""
    first, last = by.since.year * 12 + by.since.month - 1, by.until.year * 12 + by.until.month - 1
    conditions: list[Any] = [
        t.month.between(first, last),
        t.reported_on.between(ibis.literal(by.since), ibis.literal(by.until)),
    ]
    if by.area:
        conditions.append(in_area(t, by.area))
    conditions += [is_value(t, dim, value) for dim, value in by.where]
    conditions += [condition(t, name) for name in by.inside]
    conditions += [~condition(t, name) for name in by.outside]
    return t.filter(conditions)
