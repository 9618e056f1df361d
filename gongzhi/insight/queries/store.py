"""
The lake's own files: a DuckDB file that answers, and Parquet partitions that any other engine can read.

One process holds them. Readers each get a cursor of their own and see the last whole refresh.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from gongzhi.insight.queries.expressions import tables
from gongzhi.insight.queries.expressions.ready import READY
from gongzhi.insight.rules.slices import first_of

TYPES: Final = {
    "int64": "BIGINT", "int16": "SMALLINT", "string": "VARCHAR", "boolean": "BOOLEAN", "float64": "DOUBLE",
    "timestamp": "TIMESTAMP", "date": "DATE",
}  # fmt: skip
LAID_OUT: Final = {"facts": tables.FACTS, "hops": tables.HOPS, "calendar": tables.CALENDAR}
# Matters of one place lie together, so that a list or a map reads a small part of a month.
ORDER: Final = "town, village, area_path, reported_at, matter"


@dataclass(frozen=True)
class State:
    """How far the lake is: the moment its facts were read, and how many there are."""

    as_of: datetime | None  # None until it is whole for the first time
    facts: int
    months: int
    newest: date | None


@dataclass(frozen=True)
class Partition:
    month: str
    file: str
    rows: int
    as_of: str


class TooSlow(Exception):
    """The question was stopped: it would have taken too long."""


def sql_of(expression: Table, dialect: str = "duckdb") -> str:
    return str(ibis.to_sql(expression, dialect=dialect))


@lru_cache
def layout() -> str:
    """Return a digest of how the tables are laid out: a file laid out otherwise is made anew."""
    shape = [repr(sorted(columns.items())) for columns in LAID_OUT.values()]
    return hashlib.sha256("".join([*shape, *map(sql_of_ready, READY)]).encode()).hexdigest()


@lru_cache
def sql_of_ready(name: str) -> str:
    """Return the statement that makes sums from the facts in the view `chosen_facts`."""
    chosen = ibis.table(dict(tables.FACTS), name="chosen_facts")
    return sql_of(READY[name](chosen))


class Store:
    def __init__(self, folder: Path, *, threads: int, memory_mb: int) -> None:
        self.folder = folder
        (folder / "facts").mkdir(parents=True, exist_ok=True)
        config = {
            "threads": threads, "memory_limit": f"{memory_mb}MB", "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False, "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }  # fmt: skip
        self.file = folder / "lake.duckdb"
        self.connection = self._opened(config)
        self._writes = threading.Lock()

    def _opened(self, config: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self.file), config=dict(config))
        if _layout_of(connection) not in {layout(), ""}:
            connection.close()
            for path in (self.file, self.file.with_suffix(".duckdb.wal")):
                path.unlink(missing_ok=True)
            connection = duckdb.connect(str(self.file), config=dict(config))
        if not _layout_of(connection):
            _lay_out(connection)
        return connection

    def close(self) -> None:
        self.connection.close()

    # Reading

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def asked(
        self, sql: str, *, most: int, seconds: float
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return the names of the columns and at most so many rows; TooSlow when that takes longer than allowed."""
        with self.connection.cursor() as cursor:
            timer = threading.Timer(seconds, cursor.interrupt)
            timer.start()
            try:
                found = cursor.execute(sql)
                return [column[0] for column in found.description], found.fetchmany(most)
            except duckdb.InterruptException as stop:
                raise TooSlow from stop
            finally:
                timer.cancel()

    @property
    def as_of(self) -> str:
        """Return the moment of the last whole refresh in ISO form; "" before the first."""
        return self.rows("SELECT as_of FROM mark")[0][0] or ""

    def state(self) -> State:
        ((facts, months, newest),) = self.rows(
            "SELECT coalesce(sum(reported), 0)::bigint, count(DISTINCT month),"
            " (SELECT max(reported_on) FROM facts) FROM sums"
        )
        as_of = self.as_of
        return State(datetime.fromisoformat(as_of) if as_of else None, facts, months, newest)

    def months(self) -> dict[date, int]:
        """Return how many facts of each month are kept."""
        found = self.rows("SELECT month, sum(reported)::bigint FROM sums GROUP BY month")
        return {first_of(month): count for month, count in found}

    # Writing: one writer at a time, all of it or nothing

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._writes, self.connection.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            cursor.commit()

    def partitions(self) -> dict[str, Partition]:
        file = self.folder / "partitions.json"
        if not file.exists():
            return {}
        return {row["month"]: Partition(**row) for row in json.loads(file.read_text())}

    def seal(self, months: Sequence[int], *, as_of: datetime) -> None:
        """
        Write the months' Parquet files anew and name them in partitions.json, which is replaced as a whole.

        Killed in between, the list still names the files before; what no list names is removed next time.
        """
        listed = self.partitions()
        for month in months:
            name = first_of(month).strftime("%Y-%m")
            listed.pop(name, None)
            if rows := self._write_partition(month, name, as_of):
                listed[name] = rows
        written = [asdict(listed[name]) for name in sorted(listed)]
        _replace(self.folder / "partitions.json", json.dumps(written, indent=1).encode())
        named = {row["file"] for row in written}
        for file in (self.folder / "facts").iterdir():
            if file.name not in named:
                file.unlink()

    def _write_partition(self, month: int, name: str, as_of: datetime) -> Partition | None:
        ((count,),) = self.rows("SELECT count(*) FROM facts WHERE month = ?", [month])
        if not count:
            return None
        file = self.folder / "facts" / f"{name}-{as_of:%Y%m%d%H%M%S%f}.parquet"
        half = file.with_suffix(".half")
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"COPY (SELECT * FROM facts WHERE month = {int(month)} ORDER BY {ORDER}) TO '{half}'"  # noqa: S608
                " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)"
            )
        _synced(half)
        half.replace(file)
        return Partition(name, file.name, count, as_of.isoformat())


def _layout_of(connection: duckdb.DuckDBPyConnection) -> str:
    there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'mark'").fetchone()
    if not there:
        return ""
    found = connection.execute("SELECT layout FROM mark").fetchone()
    return str(found[0]) if found else "?"


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    for name, columns in LAID_OUT.items():
        shape = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns.items())
        connection.execute(f"CREATE TABLE {name} ({shape})")
    _choose(connection, "false")
    for name in READY:
        connection.execute(f"CREATE TABLE {name} AS {sql_of_ready(name)} LIMIT 0")
    connection.execute("CREATE TABLE mark (layout VARCHAR, as_of VARCHAR)")
    connection.execute("INSERT INTO mark VALUES (?, NULL)", [layout()])
    connection.commit()


def put(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Add rows to a table, those of one place beside each other."""
    cursor.register("given", rows)
    order = f" ORDER BY {ORDER}" if name == "facts" else ""
    columns = ", ".join(f'"{column}"' for column in LAID_OUT[name])
    cursor.execute(f"INSERT INTO {name} SELECT {columns} FROM given{order}")  # noqa: S608
    cursor.unregister("given")


def sum_up(cursor: duckdb.DuckDBPyConnection, months: Sequence[int]) -> None:
    """Make the sums of these months anew from their facts."""
    numbers = ", ".join(str(int(month)) for month in months)
    _choose(cursor, f"month IN ({numbers})")
    for name in READY:
        cursor.execute(f"DELETE FROM {name} WHERE month IN ({numbers})")  # noqa: S608
        cursor.execute(f"INSERT INTO {name} BY NAME {sql_of_ready(name)}")


def _choose(cursor: duckdb.DuckDBPyConnection, condition: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW chosen_facts AS SELECT * FROM facts WHERE {condition}"  # noqa: S608
    )


def _synced(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _replace(file: Path, content: bytes) -> None:
    half = file.with_suffix(".half")
    with half.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(file)
