"""Keeps the small tables that are counted from the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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

CLOSING = "closing"  # beside the dimensions of the counts


def apply(ids: Sequence[int], *, sign: int) -> None:
    """Add the sums of these matters' facts to every count, or with MINUS take them away."""
    with connection.cursor() as cursor:
        for dimension in (*DIMENSIONS, CLOSING):
            statement = _of_some(dimension, sign)
            cursor.execute(statement.sql, statement.with_ids(ids))


def count_anew() -> None:
    """Throw the counts away and count all facts."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE figures_count, figures_closing RESTART IDENTITY")
        for dimension in (*DIMENSIONS, CLOSING):
            cursor.execute(*_merging(dimension, Fact.objects.all(), sign=1))


@dataclass(frozen=True)
class _Statement:
    """A statement whose list of ids is filled in each time: making its text costs more than running it."""

    sql: str
    parameters: tuple[Any, ...]

    def with_ids(self, ids: Sequence[int]) -> list[Any]:
        return [list(ids) if value is _IDS else value for value in self.parameters]


_IDS: list[int] = []


@lru_cache
def _of_some(dimension: str, sign: int) -> _Statement:
    some = Fact.objects.extra(where=["figures_fact.matter_id = ANY(%s)"], params=[_IDS])
    sql, parameters = _merging(dimension, some, sign=sign)
    return _Statement(sql, tuple(parameters))


def _merging(dimension: str, facts: QuerySet[Fact], *, sign: int) -> tuple[str, Sequence[Any]]:
    """Return the statement that adds the facts' sums to the rows that are there."""
    columns: Sequence[str]
    keys: tuple[str, ...]
    sums: Sequence[str]
    if dimension == CLOSING:
        rows, columns = closing_rows(facts, sign=sign), CLOSING_COLUMNS
        table, keys, sums = Closing._meta.db_table, ("day", "town", "village"), ("closed",)
    else:
        rows, columns = count_rows(dimension, facts, sign=sign), COUNT_COLUMNS
        table, keys, sums = Count._meta.db_table, ("dimension", "key", "day"), COLUMNS
    sql, parameters = rows.query.sql_with_params()
    added = ", ".join(f"{name} = {table}.{name} + EXCLUDED.{name}" for name in sums)
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    return f"{into} {sql} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}", parameters
