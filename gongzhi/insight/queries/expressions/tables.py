"""The lake's tables: what they are called and what their columns hold. Moments and days are the city's own."""

from collections.abc import Mapping
from typing import Final

import ibis
from ibis.expr.types import Table

FACTS: Final[Mapping[str, str]] = {
    "matter": "int64",
    "kind": "string",
    "source": "string",
    "state": "string",
    "is_open": "boolean",
    "item": "string",  # code: the same for every version of an item
    "item_class": "string",
    "is_urgent": "boolean",
    "level": "int16",
    "area_path": "string",
    "town": "string",
    "village": "string",
    "lon": "float64",
    "lat": "float64",
    "cell": "int64",
    "unit_id": "int64",
    "department_id": "int64",
    "reported_at": "timestamp",
    "reported_on": "date",
    "month": "int16",  # of the report: year × 12 + 0 … 11
    "is_valid": "boolean",
    "is_missed": "boolean",
    "verified_in_time": "boolean",
    "registered_at": "timestamp",
    "registered_in_time": "boolean",
    "registered_right": "boolean",
    "dispatched_at": "timestamp",
    "dispatched_in_time": "boolean",
    "dispatched_right": "boolean",
    "handle_due_at": "timestamp",
    "handled_at": "timestamp",
    "handled_in_time": "boolean",
    "checked_in_time": "boolean",
    "whole_due_at": "timestamp",
    "closed_at": "timestamp",
    "closed_in_time": "boolean",
    "hours": "float64",
    "handling_hours": "float64",
    "rework_count": "int16",
    "reopen_count": "int16",
    "extension_count": "int16",
    "urge_count": "int16",
    "return_count": "int16",
    "is_suspended": "boolean",
    "is_exempt": "boolean",
    "is_supervised": "boolean",
    "rating": "int16",
}
HOPS: Final[Mapping[str, str]] = {  # one unit sent a matter back, another got it
    "matter": "int64",
    "month": "int16",  # of the matter's report
    "at": "timestamp",
    "from_unit": "int64",
    "to_unit": "int64",
}
CALENDAR: Final[Mapping[str, str]] = {  # the city's service hours, a row a day; seconds
    "day": "date",
    "before": "int64",  # service time before this day, counted from the table's first
    "opens": "int64",
    "closes": "int64",
    "reopens": "int64",
    "recloses": "int64",
}


def facts() -> Table:
    return ibis.table(dict(FACTS), name="facts")


def hops() -> Table:
    return ibis.table(dict(HOPS), name="hops")


def service_days() -> Table:
    return ibis.table(dict(CALENDAR), name="calendar")
