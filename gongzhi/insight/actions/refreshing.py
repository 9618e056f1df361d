"""Brings the lake up to what the facts say now. Runs in the process that holds the lake."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import pyarrow as pa
from django.db import connection
from django.utils import timezone

from gongzhi.figures import queries as figures
from gongzhi.insight.queries import incoming
from gongzhi.insight.queries.store import Store, put, sum_up
from gongzhi.insight.queries.touched import Round, next_round
from gongzhi.insight.rules.slices import month_of


def refresh(store: Store, *, at: datetime) -> int:
    """
    Read what was touched since the last time; return how many marks were worked off.

    Round by round: read, write one transaction of the lake, seal the partitions, and only then forget the marks.
    Killed at any point, the marks are still there and the same is done again.
    """
    if store.state().as_of is None:
        touch_months(set(figures.fact_months()) - store.months().keys())
    done = 0
    while True:
        now = next_round()
        if now.marks:
            _take_in(store, now, at=at)
            done += len(now.marks)
        if now.is_last:
            break
    _note_as_of(store, at)
    return done


def expect_everything(store: Store) -> None:
    """Note every month of the facts, and every month the lake holds, to be read anew."""
    touch_months({*figures.fact_months(), *store.months()})


def check(store: Store) -> list[date]:
    """Compare how many facts each month has here and there; have months that differ read anew and return them."""
    there, here = figures.facts_by_month(), store.months()
    differing = sorted(month for month in {*there, *here} if there.get(month) != here.get(month))
    touch_months(differing)
    return differing


def touch_months(months: Iterable[date]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO insight_touched (matter_id, month, turn) VALUES (0, %s, nextval('insight_turn'))"
            " ON CONFLICT (matter_id, month) DO UPDATE SET turn = nextval('insight_turn')",
            [(month,) for month in sorted(months)],
        )


def _take_in(store: Store, now: Round, *, at: datetime) -> None:
    for month in now.months:
        _replace_month(store, month)
    if now.matters:
        _replace_matters(store, now.matters)
    store.seal([month_of(day) for day in (*now.months, *now.matters)], as_of=at)
    _forget(now.marks)


def _replace_month(store: Store, month: date) -> None:
    last = month.replace(day=monthrange(month.year, month.month)[1])
    facts = incoming.facts_between(month, last)
    hops = incoming.hops_of(*_returned(facts))
    with store.writing() as cursor:
        for table in ("facts", "hops"):
            cursor.execute(f"DELETE FROM {table} WHERE month = ?", [month_of(month)])  # noqa: S608
        put(cursor, "facts", facts)
        put(cursor, "hops", hops)
        sum_up(cursor, [month_of(month)])


def _replace_matters(store: Store, by_month: dict[date, list[int]]) -> None:
    ids = [matter for some in by_month.values() for matter in some]
    months = [month_of(month) for month in by_month]
    facts = incoming.facts_of(ids)
    hops = incoming.hops_of(*_returned(facts))
    with store.writing() as cursor:
        for table in ("facts", "hops"):
            cursor.execute(
                f"DELETE FROM {table} WHERE month IN (SELECT unnest(?)) AND matter IN (SELECT unnest(?))",  # noqa: S608
                [months, ids],
            )
        put(cursor, "facts", facts)
        put(cursor, "hops", hops)
        sum_up(cursor, months)


def _returned(facts: pa.Table) -> tuple[list[int], dict[int, int]]:
    """Return the matters some unit sent back, and the month of each."""
    columns = (facts[name].to_pylist() for name in ("matter", "month", "return_count"))
    months = {matter: month for matter, month, returns in zip(*columns, strict=True) if returns}
    return list(months), months


def _forget(marks: Sequence[tuple[int, int]]) -> None:
    """Forget marks, but none that was set again since it was read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM insight_touched t USING unnest(%s::bigint[], %s::bigint[]) AS m (id, turn)"
            " WHERE t.id = m.id AND t.turn = m.turn",
            [[pk for pk, _turn in marks], [turn for _pk, turn in marks]],
        )


def _note_as_of(store: Store, at: datetime) -> None:
    days = incoming.service_days(*_span(store, at))
    with store.writing() as cursor:
        cursor.execute("DELETE FROM calendar")
        put(cursor, "calendar", days)
        cursor.execute("UPDATE mark SET as_of = ?", [at.isoformat()])


def _span(store: Store, at: datetime) -> tuple[date, date]:
    """Return the years the calendar is needed for: from the first matter to the last moment something may be due."""
    first = min(store.months(), default=timezone.localdate(at))
    return date(first.year, 1, 1), date(at.year + 1, 12, 31)
