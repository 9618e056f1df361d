"""Writes premises: a chunk of rows is read, placed and copied at once; known codes are updated."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from psycopg import sql

from gongzhi.base.tables.reading import Table, UnreadableFile
from gongzhi.places.models import Premises
from gongzhi.places.queries.areas import city_bounds
from gongzhi.places.queries.placing import place_many
from gongzhi.places.queries.snapshot import snapshot
from gongzhi.places.rules.coordinates import to_wgs84
from gongzhi.places.rules.premises_rows import Chunk, Reader, copy_text
from gongzhi.places.rules.problems import Problem

ROWS: Final = 10_000  # a chunk: one transaction, one COPY
TOO_FAR: Final = 2000.0  # metres from the nearest grid
GUESSES: Final = 20  # rows a chunk for which other coordinate systems are tried
LOCK: Final = 7_130_021  # advisory: two imports never race for the same code
COLUMNS: Final = (
    "lon", "lat", "area_id", "changed_at", "kind", "status", "grade",
    "code", "parent_code", "area_path", "name", "address", "details",
)  # fmt: skip

Columns = list[list[Any]]
Progress = Callable[["Outcome"], None]


@dataclass
class Outcome:
    rows: int = 0
    new: int = 0
    changed: int = 0
    errors: int = 0
    warnings: int = 0
    problems: list[Problem] = field(default_factory=list)  # of the chunk just done


@dataclass(frozen=True)
class Way:
    """How a table is to be taken."""

    system: str
    on: date
    reach: list[str]
    at: datetime
    writes: bool


def take(table: Table, way: Way, *, after_chunk: Progress) -> Outcome:
    """Read a whole table, report each chunk's problems, and write what is sound if the way says so."""
    if not snapshot().grids(way.on).rows:
        raise UnreadableFile("no_grids", day=way.on.isoformat())
    reader = Reader(table.header, way.system, city_bounds())
    outcome = Outcome()
    for lines, rows in _chunks(table.rows):
        chunk = reader.read(rows, lines)
        outcome.rows += len(rows)
        _take_chunk(chunk, way, outcome)
        outcome.problems = sorted(chunk.problems, key=lambda problem: problem.line)
        outcome.errors += int(chunk.bad.sum())
        outcome.warnings += sum(not problem.is_grave for problem in chunk.problems)
        after_chunk(outcome)
    return outcome


def _chunks(rows: Iterator[list[str]]) -> Iterator[tuple[list[int], list[list[str]]]]:
    numbered = ((n, row) for n, row in enumerate(rows, 2) if any(row))
    while part := list(islice(numbered, ROWS)):
        lines, cells = zip(*part, strict=True)
        yield list(lines), list(cells)


def _take_chunk(chunk: Chunk, way: Way, outcome: Outcome) -> None:
    ids, paths = _place(chunk, way)
    _check_reach(chunk, paths, way.reach)
    with transaction.atomic() if way.writes else contextlib.nullcontext():
        if way.writes:
            _lock()
        known = _known_codes(chunk, way.reach)
        keep = np.flatnonzero(~chunk.bad).tolist()
        columns = _columns(chunk, ids, paths, way.at)
        fresh = [n for n in keep if chunk.texts["code"][n] not in known]
        stale = [n for n in keep if chunk.texts["code"][n] in known] if known else []
        outcome.new += len(fresh)
        outcome.changed += len(stale)
        if way.writes:
            _copy(Premises._meta.db_table, _picked(columns, fresh))
            _update(_picked(columns, stale), chunk.stated)


def _place(chunk: Chunk, way: Way) -> tuple[Any, Any]:
    """Return the area's id and path of every row; rows without any are refused."""
    placed = place_many(np.where(chunk.bad, np.nan, chunk.lons), chunk.lats, on=way.on)
    for n in np.flatnonzero(~placed.inside & (placed.area_ids != 0)).tolist():
        metres, area = round(float(placed.distances_m[n])), _name(placed.paths[n])
        if metres > TOO_FAR:
            chunk.refuse(n, "too_far", metres=metres, area=area)
        else:
            chunk.note(n, "in_no_grid", metres=metres, area=area)
    if any(chunk.texts["area_code"]):
        _compare(chunk, placed.area_ids, placed.paths, way)
    return placed.area_ids, placed.paths


def _name(path: str) -> str:
    return snapshot().by_path[path].name


def _compare(chunk: Chunk, ids: Any, paths: Any, way: Way) -> None:
    """Set the area the row names beside the one its point lies in; the point is believed."""
    by_code, guesses = snapshot().by_code, GUESSES
    for n, code in enumerate(chunk.texts["area_code"]):
        if not code or chunk.bad[n]:
            continue
        stated = by_code.get(code)
        if stated is None or not stated.is_open(way.on):
            chunk.refuse(n, "area_unknown", area=code[:40])
        elif ids[n] == 0:
            ids[n], paths[n] = stated.id, stated.path
        elif not paths[n].startswith(stated.path):
            system = _fitting_system(chunk, n, stated.path, way) if guesses > 0 else ""
            guesses -= 1
            flaw = "looks_like" if system else "other_area"
            chunk.note(n, flaw, placed=_name(paths[n]), area=stated.name, system=system)


def _fitting_system(chunk: Chunk, n: int, path: str, way: Way) -> str:
    lon, lat = float(chunk.sent_lons[n]), float(chunk.sent_lats[n])
    for system in ("WGS-84", "GCJ-02", "BD-09"):
        point = to_wgs84(lon, lat, system)
        placed = place_many([point[0]], [point[1]], on=way.on)
        if system != way.system and placed.inside[0] and placed.paths[0].startswith(path):
            return system
    return ""


def _check_reach(chunk: Chunk, paths: Any, reach: list[str]) -> None:
    if "" in reach:
        return
    for n in np.flatnonzero(~chunk.bad).tolist():
        if not paths[n].startswith(tuple(reach)):
            chunk.refuse(n, "out_of_reach")


def _known_codes(chunk: Chunk, reach: list[str]) -> set[str]:
    """Return which codes exist; a code that belongs to somebody else's area is refused."""
    statement = sql.SQL("SELECT code, area_path FROM {} WHERE code = ANY(%s)").format(
        sql.Identifier(Premises._meta.db_table)
    )
    with connection.cursor() as cursor:  # one array: ten thousand parameters would take longer
        cursor.execute(statement, [chunk.texts["code"]])
        known = dict(cursor.fetchall())
    if known and "" not in reach:
        for n, code in enumerate(chunk.texts["code"]):
            if code in known and not known[code].startswith(tuple(reach)) and not chunk.bad[n]:
                chunk.refuse(n, "out_of_reach")
    return set(known)


def _columns(chunk: Chunk, ids: Any, paths: Any, at: datetime) -> Columns:
    count, texts = len(chunk.lines), chunk.texts
    return [
        _nullable(chunk.lons), _nullable(chunk.lats), ids.tolist(), [at.isoformat()] * count,
        chunk.kinds, chunk.statuses, chunk.grades,
        texts["code"], texts["parent_code"], paths.tolist(), texts["name"], texts["address"],
        [None] * count if chunk.details is None else chunk.details,
    ]  # fmt: skip


def _nullable(numbers: Any) -> list[float | None]:
    if not np.isnan(numbers).any():
        return list(numbers.tolist())
    return [None if number != number else number for number in numbers.tolist()]  # noqa: PLR0124 - NaN


def _picked(columns: Columns, rows: list[int]) -> Columns:
    if len(rows) == len(columns[0]):
        return columns
    return [[column[n] for n in rows] for column in columns]


def _copy(table: str, columns: Columns) -> None:
    if not columns[0]:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names())
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(copy_text(columns))


def _update(columns: Columns, stated: frozenset[str]) -> None:
    """Update known rows; what the file has no column for stays as it is."""
    if not columns[0]:
        return
    kept = {"status", "grade", "parent_code", "address", "details"} - stated
    changes = sql.SQL(", ").join(
        sql.SQL("{0} = new.{0}").format(sql.Identifier(name))
        for name in COLUMNS
        if name not in kept
    )
    table = sql.Identifier(Premises._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMP TABLE premises_changed ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
            ).format(_names(), table)
        )
        _copy("premises_changed", columns)
        cursor.execute(
            sql.SQL(
                "UPDATE {} old SET {} FROM premises_changed new WHERE old.code = new.code"
            ).format(table, changes)
        )
        cursor.execute("DROP TABLE premises_changed")


def _names() -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
