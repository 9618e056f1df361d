"""
Nine analyses over the whole history, each asked once of a lake that has just been opened.

The facts are those of the benchmark's database where it holds as many as matters; else as many as are asked for are made
from a seed, and laid both into the lake and into a plain table with the same indexes.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import history
from bench.database import CLUSTER, execute

FOLDER = Path(os.environ.get("GONGZHI_VAR", "var")) / "bench-lake"
MATTERS = 15_300_000
TODAY = date(2026, 11, 30)  # of facts made from a seed
SUM = 1.2  # seconds
CITY = [{"area": "", "units": None}]
ROUNDS = 3  # fresh openings; the middle one counts


@dataclass(frozen=True)
class Question:
    name: str
    words: str
    said: dict[str, Any]


def questions(today: date, grid: str) -> list[Question]:
    """Return the nine, in the words of the lake's own door."""
    year, quarter = timedelta(days=365), timedelta(days=91)
    first = _month_start(today, 47)
    box = {"west": 113.70, "south": 22.95, "east": 113.85, "north": 23.10}
    days = {"since": today - timedelta(days=29), "until": today}
    rates = {
        "dims": ["department"],
        "counts": ["to_close", "closed_in_time", "to_handle", "handled_in_time"],
    }
    return [
        Question("town_by_month", "matters by town and month, 4 years", _ask("tally", first, today, dims=["town", "month"], counts=["reported"])),
        Question("on_time_quarter", "in time by department, a quarter", _ask("tally", today - quarter, today, **rates)),
        Question("on_time_quarter_before", "in time by department, the quarter before", _ask("tally", today - 2 * quarter, today - quarter - timedelta(days=1), **rates)),
        Question("top_items", "items of 30 days against last year", _ask(
            "compared", days["since"], days["until"], dims=["item"], counts=["reported"],
            before=_slice(days["since"] - year, days["until"] - year))),
        Question("hours_12_months", "p50 and p90 handling hours by town, 12 months", _ask("percentiles", _month_start(today, 11), today, dims=["town"])),
        Question("hours_4_years", "p50 and p90 handling hours by town, 4 years", _ask("percentiles", first, today, dims=["town"])),
        Question("cells_4_years", "H3 cells in a box, 4 years", _ask("box", first, today, **box)),
        Question("cells_90_days", "H3 cells in a box, 90 days", _ask("box", today - timedelta(days=89), today, **box)),
        Question("latest_of_grid", "latest 50 matters of a grid", _ask("newest", first, today, limit=50, where=[["grid", grid]])),
    ]  # fmt: skip


def _slice(since: date, until: date, where: Any = ()) -> dict[str, Any]:
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "area": "",
        "where": list(where),
        "inside": [],
        "outside": [],
    }


def _ask(ask: str, since: date, until: date, *, where: Any = (), **options: Any) -> dict[str, Any]:
    return {"ask": ask, "by": _slice(since, until, where), "reach": CITY, **options}


def _month_start(day: date, back: int) -> date:
    month = day.year * 12 + day.month - 1 - back
    return date(month // 12, month % 12 + 1, 1)


def run(record: Callable[..., None]) -> None:
    began = time.perf_counter()
    table = _lay_out()
    facts = int(str(execute(f"SELECT count(*) FROM {table}")[0][0]))
    print(
        f"      a lake of {facts:,} facts: {_size() / 1e9:.2f} GB, made in {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    today = execute(f"SELECT max(reported_on) FROM {table}")[0][0]
    assert isinstance(today, date)
    asked = questions(today, _grid(table))
    runs = sorted((_cold(asked) for _round in range(ROUNDS)), key=sum)
    middle = runs[ROUNDS // 2]
    for question, seconds in zip(asked, middle, strict=True):
        plain = _plain(question)
        record(
            name=f"dashboard.{question.name}", value=seconds * 1000, unit="ms", better="lower",
            how=f"{question.words}; the same on the plain table {plain * 1000:,.0f} ms, {plain / seconds:.1f} times as long",
        )  # fmt: skip
    record(
        name="dashboard.sum", value=sum(middle), unit="s", better="lower", target=SUM,
        how=f"nine analyses of {facts:,} matters, each once by a process that has just opened the lake, its files dropped from the "
        f"page cache; {ROUNDS} processes took {', '.join(f'{sum(times):.2f}' for times in runs)} s",
    )  # fmt: skip


def _lay_out() -> str:
    """Make the lake anew; return the name of the plain table with the same facts."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    matters = int(str(execute("SELECT count(*) FROM matters_matter")[0][0]))
    facts = int(str(execute("SELECT count(*) FROM figures_fact")[0][0]))
    wanted = int(os.environ.get("GONGZHI_BENCH_FACTS", MATTERS))
    is_real = facts >= min(wanted, matters) * 0.9 and "GONGZHI_BENCH_FACTS" not in os.environ
    table = _from_register() if is_real else _from_seed(wanted)
    execute("DROP VIEW IF EXISTS facts")
    execute(f"CREATE VIEW facts AS SELECT {_as_in_the_lake(table)} FROM {table}")
    return table


def _from_register() -> str:
    from django.utils import timezone  # noqa: PLC0415 - Django is set up by the caller

    from gongzhi.insight.actions.refreshing import refresh  # noqa: PLC0415

    with _opened() as store:
        refresh(store, at=timezone.localtime())
    return "figures_fact"


def _from_seed(count: int) -> str:
    from gongzhi.insight.queries.store import put, sum_up  # noqa: PLC0415

    name = f"bench_facts_{count}"
    is_new = execute(f"SELECT to_regclass('{name}')") == [(None,)]
    if is_new:
        execute(f"CREATE UNLOGGED TABLE {name} (LIKE figures_fact INCLUDING DEFAULTS)")
    with _opened() as store:
        for month in history.months(count, until=TODAY):
            with store.writing() as cursor:
                put(cursor, "facts", month)
                sum_up(cursor, [month["month"][0].as_py()])
            if is_new:
                _copy(name, month)
        store.rows("UPDATE mark SET as_of = ?", [f"{TODAY}T09:00:00+08:00"])
        months = [row[0] for row in store.rows("SELECT DISTINCT month FROM facts ORDER BY 1")]
        store.seal(months, as_of=datetime.fromisoformat(f"{TODAY}T09:00:00+08:00"))
    if is_new:
        for columns in (
            "matter_id",
            "reported_on",
            "town, reported_on",
            "department_id, reported_on",
            "item_id, reported_on",
            "cell, reported_on",
        ):
            execute(f"CREATE INDEX ON {name} ({columns})")
        execute(f"VACUUM ANALYZE {name}")
    return name


def _copy(name: str, month: Any) -> None:
    """Write a month into the plain table; an item's code becomes a number, a moment one of the world."""
    import psycopg  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    numbers = pa.array([int(code[1:]) for code in month["item"].to_pylist()])
    rows = month.set_column(month.column_names.index("item"), "item_id", numbers).drop_columns(
        ["month"]
    )
    columns = ", ".join(
        "matter_id" if column == "matter" else column for column in rows.column_names
    )
    with psycopg.connect(CLUSTER.url(), autocommit=True) as connection:
        connection.execute("SET TIME ZONE 'Asia/Shanghai'")
        with connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN (FORMAT csv)") as way:
            sink = pa.BufferOutputStream()
            csv.write_csv(rows, sink, csv.WriteOptions(include_header=False))
            way.write(sink.getvalue().to_pybytes())


def _as_in_the_lake(table: str) -> str:
    from gongzhi.figures.queries import MOMENTS  # noqa: PLC0415
    from gongzhi.insight.queries.expressions.tables import FACTS  # noqa: PLC0415

    own = {
        "matter": "matter_id", "item": "coalesce(item_id::text, '')",
        "month": "(extract(year FROM reported_on) * 12 + extract(month FROM reported_on) - 1)::smallint",
        **{name: f"{name} AT TIME ZONE 'Asia/Shanghai'" for name in MOMENTS},
    }  # fmt: skip
    return ", ".join(f"{own.get(name, name)} AS {name}" for name in FACTS)


def _grid(table: str) -> str:
    return str(
        execute(f"SELECT area_path FROM {table} WHERE area_path LIKE '%/%/%/%/' LIMIT 1")[0][0]
    )


def _opened() -> Any:
    from contextlib import closing  # noqa: PLC0415

    from gongzhi.insight.queries.store import Store  # noqa: PLC0415

    return closing(Store(FOLDER, threads=os.cpu_count() or 2, memory_mb=3000))


def _cold(asked: list[Question]) -> list[float]:
    """Ask each question once in a process of its own, of files that are not in memory; return the seconds."""
    for file in FOLDER.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    texts = json.dumps([json.dumps(question.said) for question in asked])
    done = subprocess.run(
        [sys.executable, "-m", "bench.dashboard", str(FOLDER)],
        input=texts,
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(seconds) for seconds in json.loads(done.stdout)]


def _ask_once(folder: Path) -> None:
    """Open the lake as its process does, answer each question once, print the seconds."""
    import django  # noqa: PLC0415 - the settings are named by whoever calls

    django.setup()
    from gongzhi.insight.queries import answering  # noqa: PLC0415
    from gongzhi.insight.queries.store import Store  # noqa: PLC0415

    store = Store(folder, threads=os.cpu_count() or 2, memory_mb=2048)
    answering.warm_up()
    times = []
    for text in json.loads(sys.stdin.read()):
        began = time.perf_counter()
        answer = answering.answer(store, text, seconds=60)
        times.append(time.perf_counter() - began)
        assert answer.rows, text
    print(json.dumps(times))


def _plain(question: Question) -> float:
    """Return the seconds the same question takes on the plain table, the second time it is asked."""
    from gongzhi.insight.queries import answering  # noqa: PLC0415
    from gongzhi.insight.queries.store import sql_of  # noqa: PLC0415

    by = {
        **question.said["by"],
        "where": [*question.said["by"]["where"], ["kind", "incident"]],
    }  # no sums kept ready there
    statement = sql_of(
        answering.expression_of({**question.said, "by": by}, newest=date.max), "postgres"
    )
    execute(statement)
    began = time.perf_counter()
    execute(statement)
    return time.perf_counter() - began


def _size() -> int:
    return sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file())


if __name__ == "__main__":
    _ask_once(Path(sys.argv[1]))
