"""Says how many rows each of several lists holds, without reading a long one to its end."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNTED_TO = 1000  # nobody works through more by number


def counts_of(lists: Mapping[str, "QuerySet[Any]"], *, most: int = COUNTED_TO) -> dict[str, int]:
    """Count each list up to so many rows; one statement for all."""
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in lists.values():
        try:
            sql, values = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # beyond reach, or nothing can be in it
            sql, values = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL
        parameters += values
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), parameters)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def told(count: int) -> str:
    """Return a count as a tab shows it: nothing for none, "999+" where counting ended."""
    if not count:
        return ""
    return f"{COUNTED_TO - 1}+" if count >= COUNTED_TO else str(count)
