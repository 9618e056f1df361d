"""Many facts made by chance from a seed, as the lake keeps them; no database needed."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import h3
import pyarrow as pa

from gongzhi.insight.queries.expressions.tables import CALENDAR, FACTS, HOPS
from gongzhi.insight.queries.incoming import KINDS
from gongzhi.insight.queries.store import Store, put, sum_up
from gongzhi.insight.rules.slices import month_of

FIRST, LAST = date(2024, 6, 1), date(2026, 11, 23)
AS_OF = "2026-11-23T09:00:00+08:00"


def fill(store: Store, *, count: int, seed: int = 7) -> None:
    """Lay facts, hops and a calendar into a store, sums and partitions included."""
    facts, hops = some_facts(count, seed)
    months = sorted(set(facts["month"].to_pylist()))
    with store.writing() as cursor:
        put(cursor, "facts", facts)
        put(cursor, "hops", hops)
        put(cursor, "calendar", a_calendar())
        sum_up(cursor, months)
        cursor.execute("UPDATE mark SET as_of = ?", [AS_OF])
    store.seal(months, as_of=datetime.fromisoformat(AS_OF))


def some_facts(count: int, seed: int) -> tuple[pa.Table, pa.Table]:
    chance = random.Random(seed)
    rows = [_fact(chance, matter) for matter in range(1, count + 1)]
    facts = pa.table(
        {name: pa.array([row[name] for row in rows], KINDS[kind]) for name, kind in FACTS.items()}
    )
    passed = [
        (row["matter"], row["month"], row["dispatched_at"], row["unit_id"], chance.choice([None, 11, 12, 21]))
        for row in rows
        for _time in range(row["return_count"])
        if row["dispatched_at"]
    ]  # fmt: skip
    columns = list(zip(*passed, strict=True))
    hops = {
        name: pa.array(column, KINDS[HOPS[name]])
        for name, column in zip(HOPS, columns, strict=True)
    }
    return facts, pa.table(hops)


def _fact(chance: random.Random, matter: int) -> dict[str, Any]:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    at = datetime(
        day.year,
        day.month,
        day.day,
        chance.randrange(24),
        chance.randrange(60),
        chance.randrange(60),
    )
    town = f"441900/00{chance.choice([4, 4, 4, 5, 6])}/"
    village = f"{town}01{chance.randrange(3)}/" if chance.random() < 0.95 else ""
    area = (
        f"{village}0{chance.randrange(1, 4)}/"
        if village and chance.random() < 0.9
        else village or town
    )
    item = chance.choice(["E0101", "E0102", "E0103", "P0101", "P0201", ""])
    lon, lat = 113.7 + chance.randrange(12) * 0.004, 23.0 + chance.randrange(6) * 0.004
    placed = chance.random() < 0.9
    dispatched = at + timedelta(hours=chance.random() * 30) if chance.random() < 0.9 else None
    handled = (
        dispatched + timedelta(hours=chance.random() * 90)
        if dispatched and chance.random() < 0.9
        else None
    )
    closed = (
        handled + timedelta(hours=chance.random() * 20)
        if handled and chance.random() < 0.9
        else None
    )
    maybe = lambda: chance.choice([True, True, True, False, None])  # noqa: E731 - told once, used often
    return {
        "matter": matter, "kind": "incident", "source": chance.choice(["patrol", "portal", "12345"]),
        "state": "closed" if closed else "handling", "is_open": not closed, "item": item, "item_class": item[:3],
        "is_urgent": chance.random() < 0.1, "level": chance.choice([0, 1, 2]), "area_path": area, "town": town,
        "village": village, "lon": lon if placed else None, "lat": lat if placed else None,
        "cell": int(h3.latlng_to_cell(lat, lon, 9), 16) if placed else None, "unit_id": chance.choice([11, 12, 21, None]),
        "department_id": chance.choice([1, 2, None]), "reported_at": at, "reported_on": day, "month": month_of(day),
        "is_valid": chance.random() < 0.95, "is_missed": chance.random() < 0.05, "verified_in_time": maybe(),
        "registered_at": at if chance.random() < 0.95 else None, "registered_in_time": maybe(),
        "registered_right": maybe(), "dispatched_at": dispatched, "dispatched_in_time": maybe(),
        "dispatched_right": maybe(), "handle_due_at": dispatched and dispatched + timedelta(hours=chance.randrange(1, 80)),
        "handled_at": handled, "handled_in_time": maybe(), "checked_in_time": maybe(), "whole_due_at": None,
        "closed_at": closed, "closed_in_time": maybe(), "hours": closed and (closed - at).total_seconds() / 3600,
        "handling_hours": handled and dispatched and (handled - dispatched).total_seconds() / 3600,
        "rework_count": chance.choice([0, 0, 0, 1]), "reopen_count": chance.choice([0, 0, 0, 0, 1]),
        "extension_count": chance.choice([0, 0, 1]), "urge_count": chance.choice([0, 1]),
        "return_count": chance.choice([0, 0, 0, 0, 1, 2]), "is_suspended": chance.random() < 0.03,
        "is_exempt": chance.random() < 0.03, "is_supervised": chance.random() < 0.03,
        "rating": chance.choice([None, None, 1, 2, 3]),
    }  # fmt: skip


def a_calendar() -> pa.Table:
    """Return a year and more of working days from eight to twelve and two to six."""
    rows, before = [], 0
    for step in range((date(2027, 12, 31) - date(2024, 1, 1)).days + 1):
        day = date(2024, 1, 1) + timedelta(days=step)
        hours = (8 * 3600, 12 * 3600, 14 * 3600, 18 * 3600) if day.weekday() < 5 else (0, 0, 0, 0)
        rows.append((day, before, *hours))
        before += hours[1] - hours[0] + hours[3] - hours[2]
    columns = list(zip(*rows, strict=True))
    return pa.table(
        {
            name: pa.array(column, KINDS[CALENDAR[name]])
            for name, column in zip(CALENDAR, columns, strict=True)
        }
    )
