"""Rows of a table that hold on a day."""

from collections.abc import Iterable, Mapping
from datetime import date


def in_force(rows: Iterable[Mapping[str, str]], on: date) -> list[Mapping[str, str]]:
    """Keep the rows whose first day has come and whose first day without has not."""
    day = on.isoformat()
    return [
        row
        for row in rows
        if row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"])
    ]
