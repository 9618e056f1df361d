"""Writes every sealed value of the database again, with the cipher and the key that are first now."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, Model

from gongzhi.base import secrets

BATCH = 500


def sealed_columns() -> list[tuple[type[Model], "Field[object, object]"]]:
    """Return every encrypted column of every table."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, secrets.EncryptedTextField)
    ]


def rotate(*, batch: int = BATCH) -> Iterator[tuple[str, int]]:
    """
    Seal again what was sealed otherwise; yield column and count after each batch.

    Killed and started again it goes on: what is done already is not found any more.
    """
    mark = secrets.current_mark()
    for model, field in sealed_columns():
        name = f"{model._meta.db_table}.{field.column}"
        last: Any = None
        while rows := _one_batch(model, field, mark, after=last, batch=batch):
            last = rows[-1]
            yield name, len(rows)


@transaction.atomic
def _one_batch(
    model: type[Model], field: "Field[object, object]", mark: str, *, after: Any, batch: int
) -> list[Any]:
    quote, meta = connection.ops.quote_name, model._meta
    assert meta.pk is not None
    table, column, key = quote(meta.db_table), quote(field.column), quote(meta.pk.column)
    beyond = f"AND {key} > %s" if after is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} "  # noqa: S608 - names of our own
            f"WHERE {column} <> '' AND NOT starts_with({column}, %s) {beyond} "
            f"ORDER BY {key} LIMIT {batch:d} FOR UPDATE",
            [mark, *([after] if after is not None else [])],
        )
        found = cursor.fetchall()
        if found:
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",  # noqa: S608
                [(secrets.rotate(token), row_id) for row_id, token in found],
            )
    return [row_id for row_id, _token in found]
