"""How many matters a list holds, without reading it to the end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from gongzhi.base.actor import Actor
from gongzhi.matters.queries.finding import Filter, narrowed
from gongzhi.matters.queries.lists import COUNTED_TO, Box, in_box


def counts_of(box: Box, actor: Actor, filters: Sequence[Filter], *, at: datetime) -> list[int]:
    """Count a box under each of the filters, up to COUNTED_TO each, in one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for by in filters:
        some = narrowed(in_box(box, actor), by, at=at).order_by().values("id")[:COUNTED_TO]
        try:
            sql, values = some.query.sql_with_params()
        except EmptyResultSet:  # the filter and the box have nothing in common
            sql, values = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL
        parameters += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), parameters)
        return list(cursor.fetchone())
