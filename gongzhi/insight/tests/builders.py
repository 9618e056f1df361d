"""Facts and a lake for tests."""

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import h3
from django.conf import settings
from django.db import connection
from django.test import override_settings

from gongzhi.base.actor import Actor
from gongzhi.base.tests.builders import an_actor, local
from gongzhi.insight import api
from gongzhi.insight.capabilities import Can
from gongzhi.insight.queries.store import Store
from gongzhi.insight.rules.slices import Slice

NOW = local("2026-11-23 09:00")
TODAY = NOW.date()
TOWN, OTHER_TOWN = "441900/004/", "441900/005/"
GRID = "441900/004/012/01/"
_ids = count(900_001)


def reader(**bounds: Any) -> Actor:
    return an_actor(Can.VIEW, **bounds)


def some_days(since: str = "2026-11-01", until: str = "2026-11-23", **more: Any) -> Slice:
    return Slice(date.fromisoformat(since), date.fromisoformat(until), **more)


def a_fact(reported: str = "2026-11-20 10:30", **values: Any) -> int:
    """Write the facts of one matter, closed in time after a day unless told otherwise; return its id."""
    at = local(reported)
    area = values.get("area_path", GRID)
    lon, lat = values.get("lon", 113.75), values.get("lat", 23.02)
    done = at + timedelta(hours=values.pop("took", 24.0))
    row: dict[str, Any] = {
        "matter_id": next(_ids), "kind": "incident", "source": "patrol", "state": "closed", "is_open": False,
        "item_id": None, "item_class": "E01", "is_urgent": False, "level": 1, "area_path": area,
        "town": "/".join(area.split("/")[:2]) + "/", "village": "/".join(area.split("/")[:3]) + "/", "lon": lon, "lat": lat,
        "cell": int(h3.latlng_to_cell(lat, lon, 9), 16), "unit_id": 1, "department_id": 1, "reported_at": at,
        "reported_on": at.date(), "is_valid": True, "is_missed": False, "verified_in_time": True, "registered_at": at,
        "registered_in_time": True, "registered_right": True, "dispatched_at": at, "dispatched_in_time": True,
        "dispatched_right": True, "handle_due_at": at + timedelta(days=2), "handled_at": done, "handled_in_time": True,
        "checked_in_time": True, "whole_due_at": at + timedelta(days=9), "closed_at": done, "closed_in_time": True,
        "hours": (done - at).total_seconds() / 3600, "handling_hours": (done - at).total_seconds() / 3600,
        "rework_count": 0, "reopen_count": 0, "extension_count": 0, "urge_count": 0, "return_count": 0,
        "is_suspended": False, "is_exempt": False, "is_supervised": False, "rating": None,
    } | values  # fmt: skip
    columns = ", ".join(row)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO figures_fact ({columns}) VALUES ({', '.join(['%s'] * len(row))})",  # noqa: S608
            list(row.values()),
        )
    return int(row["matter_id"])


def change(matter_id: int, **values: Any) -> None:
    names = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE figures_fact SET {names} WHERE matter_id = %s",  # noqa: S608
            [*values.values(), matter_id],
        )


def remove(matter_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM figures_fact WHERE matter_id = %s", [matter_id])


def copies_of(matter_id: int, *, count: int) -> None:
    """Write the same facts for so many more matters, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM figures_fact LIMIT 0")
        names = ", ".join(
            column.name for column in cursor.description if column.name != "matter_id"
        )
        cursor.execute(
            f"INSERT INTO figures_fact (matter_id, {names})"  # noqa: S608
            f" SELECT g, {names} FROM figures_fact, generate_series(1, %s) g WHERE matter_id = %s",
            [count, matter_id],
        )


@contextmanager
def a_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory(prefix="lake-") as folder:
        store = Store(Path(folder), threads=1, memory_mb=256)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def a_door(store: Store, **limits: Any) -> Iterator[socketserver.BaseServer]:
    """Have the lake answer at a socket, as its own process does."""
    with override_settings(LAKE_SOCKET=store.folder / "lake.sock", **limits):
        door = api.opened(store, Path(settings.LAKE_SOCKET))
        thread = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield door
        finally:
            door.shutdown()
            thread.join()
            door.server_close()
