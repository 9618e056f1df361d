"""The whole city, step by step: the long history, the newest matters, the premises, the indexes, the figures."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.demo import matters, tables
from gongzhi.demo.annals import estate, ledger, tasks
from gongzhi.demo.annals.timetable import Stretch, Timetable
from gongzhi.demo.city import build
from gongzhi.demo.rhythm import Moments

NEWEST = 100_000  # lived through one by one; at most a third of a smaller city
SHARE = 3
STRETCH = 25_000
CHUNK = 1000
TABLES = (*tables.HISTORY_TABLES, "figures_fact", "places_premises")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What is asked for. A load that goes on keeps the instant it began at."""

    matters: int
    premises: int
    seed: int
    at: datetime


def begin(plan: Plan) -> Plan:
    """Begin a load, or take up the one that was interrupted; refused when that one is another."""
    ledger.begin()
    noted = ledger.noted("plan")
    if noted is None:
        ledger.note("plan", asdict(plan) | {"at": plan.at.isoformat()})
        tables.set_comment("matters_matter", tables.BEING_WRITTEN)
        return plan
    if (noted["matters"], noted["premises"], noted["seed"]) != (
        plan.matters,
        plan.premises,
        plan.seed,
    ):
        raise Refused(
            _(
                "Another load was interrupted: {matters} matters, {premises} premises, seed {seed}. Ask for the same to go on, or empty the database by `gongzhi reset`."
            ).format(**noted)
        )
    return Plan(plan.matters, plan.premises, plan.seed, datetime.fromisoformat(noted["at"]))


def pictures(
    draw: Callable[[], dict[tuple[str, bool], list[int]]],
) -> dict[tuple[str, bool], list[int]]:
    """Return the pictures by scene; drawn and kept once."""
    if not ledger.done("pictures"):
        drawn = [[*scene, ids] for scene, ids in draw().items()]
        ledger.once("pictures", lambda: ledger.note("pictures", drawn))
    return {(scene, after): ids for scene, after, ids in ledger.noted("pictures")}


def write(plan: Plan, spread: Any, photos: Any, report: Progress) -> None:
    """Write all rows, in any order and by all processes, then build the indexes."""
    ledger.once("indexes dropped", lambda: ledger.drop_indexes(TABLES))
    timetable = Timetable(seed=plan.seed, count=plan.matters, until=plan.at)
    newest = min(NEWEST, plan.matters // SHARE)
    turn = timetable.hour_of(plan.matters - newest)
    stretches = list(timetable.stretches(until_hour=turn, size=STRETCH))
    _counted(
        _("Long history"), spread, tasks.write_stretch, report,
        _left("history", [(s.number, s.count, (plan, s)) for s in stretches]),
    )  # fmt: skip
    first_entry = 2 * int(timetable.before[turn])  # the history numbers its own
    ledger.once("entries", lambda: tables.set_next("matters_entry", first_entry + 1))
    ledger.once("numbers", lambda: tables.set_next("matters_matter", plan.matters + 1))
    _counted(
        _("Newest matters"), spread, tasks.write_newest, report, _left("newest", list(_chunks(plan, timetable, turn, photos))),
    )  # fmt: skip
    batches = list(estate.batches(build(plan.seed), plan.premises)) if plan.premises else []
    _counted(
        _("Premises"), spread, tasks.write_batch, report,
        _left("premises", [(b.number, sum(b.counts), (plan, b)) for b in batches]),
    )  # fmt: skip
    missing = ledger.missing_indexes()
    for done, _name in enumerate(spread(tasks.build_index, missing), start=1):
        report(_("Indexes"), done, len(missing))
    ledger.once("statistics", lambda: tables.analyze(TABLES))
    tables.run("SET work_mem = '512MB'")  # figures count all days of all villages at once


def _chunks(
    plan: Plan, timetable: Timetable, turn: int, photos: Any
) -> Iterable[tuple[int, int, Any]]:
    """Yield number, size and task of the chunks of the newest matters."""
    end = timetable.by_hour.shape[1]
    first = int(timetable.before[turn])
    if first >= plan.matters:
        return
    stretch = Stretch(0, first + 1, plan.matters - first, turn, end)
    now = int(plan.at.timestamp())
    moments, forced = matters.stage_moments(Moments(*timetable.moments(stretch)), now=now)
    chunks = matters.plans(
        seed=plan.seed, seconds=moments.seconds, sources=moments.source, now=now, first_id=first + 1,
        size=CHUNK, forced=forced,
    )  # fmt: skip
    for number, chunk in enumerate(chunks):
        yield number, len(chunk.seconds), (plan, number, chunk, photos)


def _left(part: str, pieces: list[tuple[int, int, Any]]) -> tuple[int, int, list[Any]]:
    """Return how many rows are there already, of how many, and the pieces that are missing."""
    done = ledger.done(part)
    there = sum(size for number, size, _task in pieces if number in done)
    total = sum(size for _number, size, _task in pieces)
    return there, total, [task for number, _size, task in pieces if number not in done]


def _counted(
    what: str, spread: Any, task: Callable[[Any], int], report: Progress, left: tuple[int, int, list[Any]]
) -> None:  # fmt: skip
    done, total, pieces = left
    if not pieces:
        return
    report(what, done, total)
    for written in spread(task, pieces):
        done += written
        report(what, done, total)


def end(plan: Plan, report: Progress) -> None:
    """Leave statistics and the remark as they are after any load."""
    swept = (*TABLES, "matters_reporter")
    for done, table in enumerate(swept, start=1):
        _sweep(table)
        report(_("Statistics"), done, len(swept))
    ledger.end()
    tables.set_comment("matters_matter", f"{tables.MARK}{plan.matters} matters, seed {plan.seed}")


def _sweep(table: str) -> None:
    """Tell the database what it holds, and that all of it may be seen; not possible inside a transaction."""
    if connection.in_atomic_block:
        tables.analyze((table,))
    else:
        tables.run("SET maintenance_work_mem = '1GB'")
        tables.run(f"VACUUM (ANALYZE, PARALLEL 0) {table}")
