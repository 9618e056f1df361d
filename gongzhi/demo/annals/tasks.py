"""Pieces of the load that processes share; each writes its rows and says so in one transaction."""

from typing import Any

from django.db import connection, transaction
from psycopg import sql

from gongzhi.clocks import actions as clocks
from gongzhi.demo import chunks, labour, tables
from gongzhi.demo.annals import estate, ledger, lives, rows
from gongzhi.demo.annals.ground import Ground
from gongzhi.matters import actions as register

_grounds: dict[Any, Ground] = {}


def write_stretch(task: tuple[Any, Any]) -> int:
    """Make one stretch of the long history; return how many matters it has."""
    plan, stretch = task
    ground = ground_of(plan)
    made = lives.live(ground, stretch)
    with transaction.atomic():
        _hasten()
        for table, columns, content in rows.tables(ground, made):
            _copy(table, columns, content)
        clocks.copy_in(rows=made.clocks)
        register.copy_history("asks", made.asks)
        ledger.mark("history", stretch.number)
    return int(stretch.count)


def write_newest(task: tuple[Any, int, Any, Any]) -> int:
    """Live through one chunk of the newest matters; return how many it has."""
    plan, number, chunk, pictures = task
    world = labour.world_of(plan.seed, plan.at)
    with transaction.atomic():
        _hasten()
        chunks.write(world, chunk, pictures)
        ledger.mark("newest", number)
    return len(chunk.seconds)


def write_batch(task: tuple[Any, Any]) -> int:
    """Write the premises of some grids; return how many."""
    plan, batch = task
    city = ground_city(plan)
    content = estate.rows(plan.seed, city, batch, at=plan.at)
    with transaction.atomic():
        _hasten()
        _copy("places_premises", estate.COLUMNS, content)
        ledger.mark("premises", batch.number)
    return sum(batch.counts)


def build_index(name: str) -> str:
    tables.run("SET maintenance_work_mem = '1GB'")
    tables.run("SET max_parallel_maintenance_workers = 0")  # the other core builds another one
    ledger.build_index(name)
    return name


def ground_of(plan: Any) -> Ground:
    if plan not in _grounds:
        _grounds[plan] = Ground(labour.world_of(plan.seed, plan.at), count=plan.matters, at=plan.at)
    return _grounds[plan]


def ground_city(plan: Any) -> Any:
    return labour.world_of(plan.seed, plan.at).city


def _hasten() -> None:
    """Let the database take rows as they are: their keys are right by construction, and nobody reads them yet."""
    tables.run("SET LOCAL synchronous_commit = off")
    tables.run("SET LOCAL session_replication_role = replica")


def _copy(table: str, columns: tuple[str, ...], content: memoryview) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(content)
