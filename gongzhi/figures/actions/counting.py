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
    """
    Throw the counts away and count all facts.

    By way of a table of its own: the server counts with all its cores for a new table, never for rows that
    go into an old one.
    """
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE figures_count, figures_closing RESTART IDENTITY")
        cursor.execute("SET LOCAL work_mem = '256MB'")  # groups of days and villages fit in memory
        for dimension in (*DIMENSIONS, CLOSING):
            counted = _counted(dimension, Fact.objects.all(), sign=1)
            sql, parameters = counted.rows.query.sql_with_params()
            cursor.execute(
                f"CREATE TEMPORARY TABLE figures_anew ON COMMIT DROP AS {sql}", parameters
            )
            cursor.execute(
                f"INSERT INTO {counted.into} SELECT * FROM figures_anew"  # noqa: S608 - names of our own tables
            )
            cursor.execute("DROP TABLE figures_anew")


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


@dataclass(frozen=True)
class _Counted:
    """The sums of some facts, and the table they belong to."""

    rows: QuerySet[Any, Any]
    table: str
    columns: Sequence[str]
    keys: Sequence[str]
    sums: Sequence[str]

    @property
    def into(self) -> str:
        return f"{self.table} ({', '.join(self.columns)})"


def _counted(dimension: str, facts: QuerySet[Fact], *, sign: int) -> _Counted:
    if dimension == CLOSING:
        return _Counted(
            closing_rows(facts, sign=sign), Closing._meta.db_table, CLOSING_COLUMNS,
            ("day", "town", "village"), ("closed",),
        )  # fmt: skip
    return _Counted(
        count_rows(dimension, facts, sign=sign), Count._meta.db_table, COUNT_COLUMNS,
        ("dimension", "key", "day"), COLUMNS,
    )  # fmt: skip


def _merging(dimension: str, facts: QuerySet[Fact], *, sign: int) -> tuple[str, Sequence[Any]]:
    """Return the statement that adds the facts' sums to the rows that are there."""
    counted = _counted(dimension, facts, sign=sign)
    sql, parameters = counted.rows.query.sql_with_params()
    added = ", ".join(f"{name} = {counted.table}.{name} + EXCLUDED.{name}" for name in counted.sums)
    return (
        f"INSERT INTO {counted.into} {sql} ON CONFLICT ({', '.join(counted.keys)}) DO UPDATE SET {added}",
        parameters,
    )
