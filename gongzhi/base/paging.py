"""Pages of a long list by the key of their edge rows: the 5,000th costs what the first does."""

import base64
import binascii
import json
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: list[M]
    previous: str = ""  # token of the page before, for `before`; "" when there is none
    next: str = ""  # token of the page after, for `after`


def page_of(
    rows: QuerySet[M], *order: str, after: str = "", before: str = "", size: int = PAGE
) -> Page[M]:
    """
    Return the rows after (or before) a token, in an order whose columns together are unique.

    All columns run in one direction: ("name", "pk") or ("-pk",); "matter__due_at" is a column of the one
    matter a row belongs to. A broken token gives the first page.
    """
    columns = [column.removeprefix("-") for column in order]
    descends = order[0].startswith("-")
    edge, back = _values(before, rows.model, columns), True
    if edge is None:
        edge, back = _values(after, rows.model, columns), False
    ordered = rows.order_by(*order)
    if back:
        ordered = ordered.reverse()
    if edge is not None:
        ordered = ordered.filter(_beyond(columns, edge, "lt" if descends != back else "gt"))
    found = list(ordered[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    return Page(
        rows=found,
        previous=_token(found[0], columns) if found and (has_more if back else edge) else "",
        next=_token(found[-1], columns) if found and (back or has_more) else "",
    )


def _beyond(columns: list[str], edge: list[Any], than: str) -> Q:
    """(a > x) or (a = x and b > y) …; that a >= x is said apart, for the index to begin there."""
    steps = [
        Q(**dict(zip(columns[:depth], edge[:depth], strict=True)))
        & Q(**{f"{columns[depth]}__{than}": edge[depth]})
        for depth in range(len(columns))
    ]
    return Q(**{f"{columns[0]}__{than}e": edge[0]}) & reduce(or_, steps)


def _token(row: Model, columns: list[str]) -> str:
    values = [reduce(getattr, column.split("__"), row) for column in columns]
    plain = json.dumps(values, default=str, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _values(token: str, model: type[Model], columns: list[str]) -> list[Any] | None:
    """Read a token; None when it is empty, broken, or was made for another list."""
    if not token:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        fits = isinstance(values, list) and len(values) == len(columns)
        return (
            [_of_column(model, *pair) for pair in zip(columns, values, strict=True)]
            if fits
            else None
        )
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError):
        return None


def _of_column(model: type[Model], column: str, value: object) -> Any:
    """Return the value as the column holds it; ValueError or ValidationError when it never could."""
    if not isinstance(value, int | str) or "\0" in str(value):
        raise ValueError(value)
    str(value).encode()  # half a character, which no database takes
    kept = _field_of(model, column).to_python(value)
    if isinstance(kept, int) and abs(kept) >= 2**62:
        raise ValueError(value)
    return kept


def _field_of(model: type[Model], column: str) -> Any:
    """Return the field of a column, also of a row's one relation: "matter__due_at"."""
    name, _, beyond = column.partition("__")
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return _field_of(field.related_model, beyond) if beyond else field
