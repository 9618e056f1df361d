"""The facts as a stream of CSV, for whoever keeps a copy of them: the fastest way out of the database."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db import connection

# Moments leave in the city's own time: whoever counts by hour or weekday needs no zone.
MOMENTS = (
    "reported_at", "registered_at", "dispatched_at", "handle_due_at", "handled_at", "whole_due_at", "closed_at",
)  # fmt: skip
COPIED = (
    "matter_id", "kind", "source", "state", "is_open", "item_id", "item_class", "is_urgent", "level", "area_path",
    "town", "village", "lon", "lat", "cell", "unit_id", "department_id", "reported_at", "reported_on", "is_valid",
    "is_missed", "verified_in_time", "registered_at", "registered_in_time", "registered_right", "dispatched_at",
    "dispatched_in_time", "dispatched_right", "handle_due_at", "handled_at", "handled_in_time", "checked_in_time",
    "whole_due_at", "closed_at", "closed_in_time", "hours", "handling_hours", "rework_count", "reopen_count",
    "extension_count", "urge_count", "return_count", "is_suspended", "is_exempt", "is_supervised", "rating",
)  # fmt: skip


def copy_facts_of(matter_ids: Sequence[int]) -> Iterator[bytes]:
    """Yield the facts of these matters as CSV without a heading, in the order of COPIED."""
    yield from _copied("matter_id = ANY(%s)", [list(matter_ids)])


def copy_facts_between(first: date, last: date) -> Iterator[bytes]:
    """Yield the facts of matters reported on the days from first to last as CSV."""
    yield from _copied("reported_on BETWEEN %s AND %s", [first, last])


def fact_months() -> list[date]:
    """Return the first day of every month in which a matter was reported; one descent of an index a month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE months AS ("
            "(SELECT date_trunc('month', reported_on)::date AS day FROM figures_fact ORDER BY reported_on LIMIT 1)"
            " UNION ALL SELECT (SELECT date_trunc('month', f.reported_on)::date FROM figures_fact f"
            " WHERE f.reported_on >= months.day + interval '1 month' ORDER BY f.reported_on LIMIT 1)"
            " FROM months WHERE months.day IS NOT NULL) SELECT day FROM months WHERE day IS NOT NULL"
        )
        return [day for (day,) in cursor.fetchall()]


def _copied(condition: str, values: list[object]) -> Iterator[bytes]:
    columns = ", ".join(f"{name} AT TIME ZONE %s" if name in MOMENTS else name for name in COPIED)
    statement = (
        f"COPY (SELECT {columns} FROM figures_fact WHERE {condition}) TO STDOUT (FORMAT csv)"  # noqa: S608
    )
    zones = [settings.TIME_ZONE] * len(MOMENTS)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(statement, [*zones, *values]) as out:
        for block in out:
            yield bytes(block)


def facts_by_month() -> dict[date, int]:
    """Return how many matters were reported in each month, by the first day of the month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date_trunc('month', reported_on)::date, count(*) FROM figures_fact GROUP BY 1"
        )
        return dict(cursor.fetchall())
