"""Keeps the small tables that are counted from the facts."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from gongzhi.figures.models import Closing, Count, Fact
from gongzhi.figures.queries.measures import COLUMNS, DIMENSIONS
from gongzhi.figures.queries.sums import (
    CLOSING_COLUMNS,
    COUNT_COLUMNS,
    closing_rows,
    count_rows,
)


def apply(facts: QuerySet[Fact], *, sign: int) -> None:
    """Add the facts' sums to every count, or with MINUS take them away."""
    for dimension in DIMENSIONS:
        _merge(
            Count, COUNT_COLUMNS, count_rows(dimension, facts, sign=sign), keys=("dimension", "key", "day"), sums=COLUMNS,
        )  # fmt: skip
    _merge(
        Closing, CLOSING_COLUMNS, closing_rows(facts, sign=sign), keys=("day", "town", "village"), sums=("closed",),
    )  # fmt: skip


def count_anew() -> None:
    """Throw the counts away and count all facts."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE figures_count, figures_closing RESTART IDENTITY")
    apply(Fact.objects.all(), sign=1)


def _merge(
    model: type[Any],
    columns: Sequence[str],
    rows: QuerySet[Any, Any],
    *,
    keys: Sequence[str],
    sums: Sequence[str],
) -> None:
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    table = model._meta.db_table
    added = ", ".join(f"{name} = {table}.{name} + EXCLUDED.{name}" for name in sums)
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) {sql} "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
