"""Placing points and importing premises, against 2,934 grids and against raw COPY of the same rows."""

import csv
import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import shapely
from django.db import connection, transaction

from gongzhi.base.actor import system
from gongzhi.base.tables.reading import read_table
from gongzhi.places import actions, queries
from gongzhi.places.actions.premises import COLUMNS, Outcome, Way, take
from gongzhi.places.models import Premises

GRIDS = 2934
POINTS = 600_000
ROWS = 60_000
DAY = date(2030, 1, 1)
AT = datetime(2030, 1, 1, tzinfo=UTC)
WORDS = list("和胜华福东南街兴隆发达顺源利康平")
BOX = shapely.box(113.60, 22.70, 114.20, 23.10)
CODE = "BENCH"


def run(record: Callable[..., None]) -> None:
    try:
        with transaction.atomic():
            _prepare()
            _placing(record)
            _importing(record)
            transaction.set_rollback(True)  # a benchmark leaves nothing behind
    finally:
        queries.forget()


def _prepare() -> None:
    """Tile a box with as many grids as the city has, on a day no real grid is valid."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_areashape SET valid_to = valid_from + 1")
    chance = np.random.default_rng(7)
    seeds = chance.uniform(BOX.bounds[:2], BOX.bounds[2:], (GRIDS, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=BOX))
    tops = queries.city()
    actor = system("bench")
    grids = [
        actions.AreaInput(f"{CODE}{n}", f"{n}", tops.code if tops else CODE, _rough(cell))
        for n, cell in enumerate(cells)
    ]
    rows = grids if tops else [actions.AreaInput(CODE, CODE), *grids]
    actions.load_areas(rows=rows, valid_from=DAY, actor=actor, at=AT)


def _rough(cell: Any) -> Any:
    """Give a cell as many corners as a surveyed grid has, some sixty."""
    return shapely.segmentize(shapely.intersection(cell, BOX), 0.0007)


def _points(count: int) -> tuple[Any, Any]:
    chance = np.random.default_rng(8)
    west, south, east, north = BOX.bounds
    return chance.uniform(west, east, count).round(6), chance.uniform(south, north, count).round(6)


def _placing(record: Callable[..., None]) -> None:
    lons, lats = _points(POINTS)
    queries.place_many(lons[:1000], lats[:1000], on=DAY)
    seconds = _seconds(lambda: queries.place_many(lons, lats, on=DAY))
    rate = POINTS / seconds
    record(
        name="places.place_many", value=round(rate), unit="points/s", target=300_000,
        better="higher", ok=rate >= 300_000, how=f"{POINTS:,} points against {GRIDS:,} polygons",
    )  # fmt: skip
    few = list(zip(lons[:5000].tolist(), lats[:5000].tolist(), strict=True))
    seconds = _seconds(lambda: [queries.place(lon=x, lat=y, on=DAY) for x, y in few])
    each = seconds / len(few) * 1e6
    record(
        name="places.place", value=round(each, 1), unit="µs", target=50,
        better="lower", ok=each <= 50, how=f"{len(few):,} single points, mean",
    )  # fmt: skip


def _importing(record: Callable[..., None]) -> None:
    table = _table()
    way = Way("WGS-84", DAY, [""], AT, writes=True)

    def taken() -> Outcome:
        return take(read_table(io.BytesIO(table)), way, after_chunk=lambda _outcome: None)

    # Not measured: afterwards both sides meet a table and indexes that were filled and emptied.
    taken()
    rows = _copied_out()
    _clear()
    ours, raw = [], []
    for _round in range(3):
        raw.append(_seconds(lambda: _copy_in(rows)))
        _clear()
        ours.append(_seconds(taken))
        _clear()
    ratio = min(raw) / min(ours)
    record(
        name="places.import_premises", value=round(ratio, 2), unit="of raw COPY", target=0.5,
        better="higher", ok=ratio >= 0.5,
        how=f"{ROWS:,} rows of CSV read, checked, placed and written: {ROWS / min(ours):,.0f} rows/s; "
        f"raw COPY of the same rows into the same table: {ROWS / min(raw):,.0f} rows/s",
    )  # fmt: skip


def _table() -> bytes:
    chance = np.random.default_rng(9)
    lons, lats = _points(ROWS)
    kinds = ("address", "building", "rental_building", "small_premises", "organisation", "facility")
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(["code", "kind", "name", "address", "lon", "lat", "status", "grade"])
    letters = chance.choice(WORDS, (ROWS, 10))
    for n in range(ROWS):
        name, street = "".join(letters[n, :6]), "".join(letters[n, 6:])
        address = f"{street}街道{street}路{n % 400}号{n % 90}室"
        writer.writerow(
            [f"{CODE}{n}", kinds[n % 6], f"{name}商店", address, lons[n], lats[n], "", "B"]
        )
    return page.getvalue().encode()


def _copied_out() -> bytes:
    page = io.BytesIO()
    query = f"SELECT {', '.join(COLUMNS)} FROM {Premises._meta.db_table} WHERE code LIKE '{CODE}%' ORDER BY id"
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        for part in copy:
            page.write(part)
    return page.getvalue()


def _copy_in(rows: bytes) -> None:
    statement = f"COPY {Premises._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


def _clear() -> None:
    Premises.objects.filter(code__startswith=CODE).delete()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
