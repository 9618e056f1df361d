"""Sums of measures by day and one dimension, from the small tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Sum

from gongzhi.figures.models import Closing, Count
from gongzhi.figures.queries.measures import COLUMNS


def counts(
    dimension: str,
    *,
    since: date,
    until: date,
    measures: Sequence[str] = COLUMNS,
    keys: Sequence[str] | None = None,
) -> dict[str, dict[str, int]]:
    """
    Sum measures over the matters reported in these days, both included, by the dimension's key.

    The dimension is one of models.Count.Dimension: city, town, village, unit, department, item,
    item_class, source. It has no reach: ask for the keys that the actor reaches.
    """
    rows = _rows(dimension, since, until, keys).values("key").annotate(**_sums(measures))
    return {
        row["key"]: {name: row[f"m_{name}"] for name in measures} for row in rows.order_by("key")
    }


def sums_by_key(
    dimension: str, *, since: date, before: date, under: str, measures: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Sum measures over the matters reported from a day on and before another, of keys below a path."""
    rows = Count.objects.filter(
        dimension=dimension, day__gte=since, day__lt=before, key__startswith=under
    )
    found = rows.order_by().values("key").annotate(**_sums(sorted(measures)))
    return {str(row["key"]): _plain(row) for row in map(dict, found)}


def _plain(row: Mapping[str, Any]) -> dict[str, int]:
    return {name.removeprefix("m_"): n for name, n in row.items() if name.startswith("m_")}


def daily(
    dimension: str,
    *,
    since: date,
    until: date,
    measures: Sequence[str] = ("reported",),
    keys: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Return one row a key and day: {key, day, measure …}, ordered by both; days without a report are not there."""
    rows = _rows(dimension, since, until, keys).order_by("key", "day")
    return list(rows.values("key", "day", *measures))


def closings(*, since: date, until: date) -> list[dict[str, Any]]:
    """Return how many matters were settled by day, town and village, whenever they were reported."""
    rows = Closing.objects.filter(day__gte=since, day__lte=until, closed__gt=0)
    found = rows.order_by("day", "town", "village").values("day", "town", "village", "closed")
    return [dict(row) for row in found]


def _rows(dimension: str, since: date, until: date, keys: Sequence[str] | None) -> Any:
    rows = Count.objects.filter(dimension=dimension, day__gte=since, day__lte=until).order_by()
    return rows if keys is None else rows.filter(key__in=[str(key) for key in keys])


def _sums(measures: Sequence[str]) -> dict[str, Any]:
    return {f"m_{name}": Sum(name, default=0) for name in measures}
