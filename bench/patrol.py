"""The patrol plan of the whole city, its coverage pages, and what a better order of the day saves."""

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.table import percentile
from gongzhi.base.actor import system
from gongzhi.patrol import actions, queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.rules import routes

SMALL, RENTAL = 580_000, 386_000  # small premises and rental buildings of the city
SHARE = float(os.environ.get("GONGZHI_BENCH_PATROL", "1"))  # of the city, for a first try
DAY = date(2030, 1, 7)
AT = datetime(2030, 1, 7, tzinfo=UTC)
DESK = system("bench", Can.VIEW, Can.PLAN)
WALKS = 60
RENTAL_KIND, SMALL_KIND = 3, 4
_CLASSES = {
    3: "{whole_house,flat,single_room,shared,dormitory,mixed,workshop,short_stay}",
    4: "{shop,dining,workshop,entertainment,inn,ebike,child_care,recycling}",
}
_MAKE = """
    INSERT INTO places_premises (lon, lat, area_id, changed_at, kind, status, grade, code, parent_code, area_path, name, address, details)
    SELECT g.lon + ((n * 7919) %% 1000 - 500) * 1e-5, g.lat + ((n * 104729) %% 1000 - 500) * 1e-5, g.id, now(), %(kind)s, 1,
           1 + (n * 31 %% 100 > 50)::int + (n * 31 %% 100 > 82)::int + (n * 31 %% 100 > 96)::int,
           'BENCH' || %(kind)s || '-' || n, '', g.path, '场所' || n, '', jsonb_build_object('class', (%(classes)s::text[])[1 + n %% 8])
    FROM generate_series(1::bigint, %(count)s) AS n
    JOIN (SELECT id, path, lon, lat, row_number() OVER (ORDER BY path) - 1 AS place, count(*) OVER () AS size
          FROM places_area WHERE level = 3 AND lon IS NOT NULL) g ON g.place = n %% g.size
"""


def run(record: Callable[..., None]) -> None:
    with transaction.atomic():
        _prepare()
        count = _planning(record)
        _covering(record, count)
        _walking(record)
        transaction.set_rollback(True)  # a benchmark leaves nothing behind


def _prepare() -> None:
    """Fill the city's grids with as many premises as it has, under the shipped plans, nobody visited yet."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM patrol_task WHERE state = 'open' AND kind = 'patrol'")
        cursor.execute("DELETE FROM patrol_due")
        for kind, count in ((RENTAL_KIND, RENTAL), (SMALL_KIND, SMALL)):
            values: dict[str, Any] = {
                "kind": kind,
                "count": int(count * SHARE),
                "classes": _CLASSES[kind],
            }
            cursor.execute(_MAKE, values)
        cursor.execute("ANALYZE places_premises")
    actions.load_content(actor=DESK, at=AT)


def _planning(record: Callable[..., None]) -> int:
    seconds, _drawn = _timed(lambda: actions.draw_day(on=DAY, area_path="", at=AT))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM patrol_due")
        count = int(cursor.fetchone()[0])
    raw = _raw_copy()
    record(
        name="patrol.city_plan", value=round(seconds, 1), unit="s", target=60, better="lower",
        how=f"{count:,} premises: due table, day's tasks shared among the officers",
    )  # fmt: skip
    record(
        name="patrol.city_plan_ratio", value=round(raw / seconds, 2), unit="of raw COPY", better="higher",
        how=f"raw COPY of the same {count:,} rows into a table like it: {raw:.1f} s",
    )  # fmt: skip
    return count


def _raw_copy() -> float:
    page = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE raw_due (LIKE patrol_due INCLUDING ALL) ON COMMIT DROP")
        with cursor.copy("COPY patrol_due TO STDOUT") as copy:
            for part in copy:
                page.write(part)
        start = time.perf_counter()
        with cursor.copy("COPY raw_due FROM STDIN") as copy:
            copy.write(page.getvalue())
        return time.perf_counter() - start


def _covering(record: Callable[..., None], count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patrol_due")
    town = next(row.area_path for row in queries.coverage(DESK, on=DAY))
    asked: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("city", lambda: queries.coverage(DESK, on=DAY)),
        ("town", lambda: queries.coverage(DESK, on=DAY, by=queries.DueFilter(area_path=town))),
        ("list", lambda: queries.due_rows(DESK, on=DAY, by=queries.DueFilter(state="never"))),
    )
    for name, question in asked:
        with statements() as sent:
            question()
        times = [1000 * _timed(question)[0] for _n in range(9)]
        record(
            name=f"patrol.coverage_{name}", value=round(percentile(times, 0.5), 1), unit="ms", better="lower",
            how=f"p50 over {count:,} premises, {len(sent)} statement{'s' * (len(sent) != 1)}", ok=len(sent) <= 1,
        )  # fmt: skip


def _walking(record: Callable[..., None]) -> None:
    """Compare the orders over officers' real task lists of the day; the solver's only where it is installed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(p.lon ORDER BY t.id), array_agg(p.lat ORDER BY t.id) FROM patrol_task t"
            " JOIN places_premises p ON p.id = t.premises_id WHERE t.planned_on = %s AND t.user_id IS NOT NULL"
            " GROUP BY t.user_id HAVING count(*) > 5 ORDER BY t.user_id LIMIT %s",
            [DAY, WALKS],
        )
        days = cursor.fetchall()
    nearest = better = 0.0
    start = time.perf_counter()
    held = [routes.distances(lons, lats) for lons, lats in days]
    for metres in held:
        first = routes.nearest_first(metres)
        nearest += routes.length(first, metres)
        better += routes.length(routes.improved(first, metres), metres)
    each = 1000 * (time.perf_counter() - start) / max(1, len(days))
    gain = 100 * (nearest - better) / nearest if nearest else 0.0
    by_solver = _by_solver(held)
    solver = (
        "OR-Tools not installed" if by_solver is None else f"OR-Tools {by_solver / 1000:,.1f} km"
    )
    record(
        name="patrol.route_gain", value=round(gain, 1), unit="per cent", better="higher", ok=gain >= 0,
        how=f"{len(days)} officers' days: nearest first {nearest / 1000:,.1f} km, better order {better / 1000:,.1f} km, {each:.1f} ms a day; {solver}",
    )  # fmt: skip


def _by_solver(held: list[Any]) -> float | None:
    """Return the metres of the same walks as the solver orders them, half a second each."""
    try:
        return sum(routes.length(routes.solved(one, seconds=0.5), one) for one in held)
    except routes.NoSolver:
        return None


@contextmanager
def statements() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as sent:
        yield sent


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = act()
    return time.perf_counter() - start, found
