"""Makes everything that is counted anew from the facts, and compares what is kept with a full recount."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from gongzhi.figures.actions.consuming import LOCK, open_row, write
from gongzhi.figures.actions.counting import count_anew
from gongzhi.figures.actions.publishing import publish
from gongzhi.figures.actions.reading import read
from gongzhi.figures.models import Change, Closing, Consumer, Count, Fact, OpenMatter
from gongzhi.figures.queries.measures import COLUMNS, DIMENSIONS
from gongzhi.figures.queries.sums import closing_rows, count_rows
from gongzhi.matters import queries as matters

CHUNK = 2000
_FACT = [f.attname for f in Fact._meta.concrete_fields]
_OPEN = [f.attname for f in OpenMatter._meta.concrete_fields]


def _silent(_done: int, _of: int) -> None: ...


@transaction.atomic
def rebuild(*, at: datetime, report: Callable[[int, int], None] = _silent) -> None:
    """
    Read the matters that have no facts yet, then count everything anew from all facts and publish.

    Facts that are there are taken as they are, unless their matter waits in the queue of changes: so a
    history whose facts were copied in with it is counted without being read. Waits for a consumer at
    work. `report` is told how many of those have been read, and of how many.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    waiting = set(Change.objects.values_list("matter_id", flat=True))
    Change.objects.all().delete()
    _read_again(sorted(waiting | set(_without_facts())), report)
    _publish_anew(at)


@transaction.atomic
def reread(*, at: datetime, report: Callable[[int, int], None] = _silent) -> None:
    """
    Read every matter of the register again, whatever its facts say, then count everything anew and publish.

    For when the meaning of a fact has changed. Of a matter whose timeline is not kept whole, what was
    known of its promises stays. Takes about a millisecond a matter.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    Change.objects.all().delete()
    newest = matters.newest_filed()
    for first in range(1, newest + 1, CHUNK):
        _read_again(list(range(first, min(first + CHUNK, newest + 1))), _silent)
        report(min(first + CHUNK, newest), newest)
    _publish_anew(at)


def _read_again(ids: Sequence[int], report: Callable[[int, int], None]) -> None:
    for first in range(0, len(ids), CHUNK):
        some = ids[first : first + CHUNK]
        write(each.fact for each in read(some, known=Fact.objects.in_bulk(some)))
        report(min(first + CHUNK, len(ids)), len(ids))


def _publish_anew(at: datetime) -> None:
    count_anew()
    _open_anew()
    state = Consumer.objects.get_or_create(pk=1)[0]
    state.ran_at = at
    publish(state, at=at)
    state.save()


def _without_facts() -> list[int]:
    """Return the matters nobody has read yet; one statement, whatever the size of the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id FROM matters_matter m WHERE NOT EXISTS"
            " (SELECT 1 FROM figures_fact f WHERE f.matter_id = m.id)"
        )
        return [pk for (pk,) in cursor.fetchall()]


def _open_anew() -> None:
    OpenMatter.objects.all().delete()
    found = (
        Fact.objects.filter(is_open=True).select_related("matter").only(*_FACT, "matter__due_at")
    )
    rows = (open_row(fact, fact.matter.due_at) for fact in found.iterator(chunk_size=CHUNK))
    while chunk := list(islice(rows, CHUNK)):
        OpenMatter.objects.bulk_create(chunk)


@dataclass(frozen=True)
class Difference:
    """One figure that is kept otherwise than it is counted."""

    what: str
    key: str
    kept: Any
    counted: Any


def recount(*, most: int = 100) -> list[Difference]:
    """
    Count everything anew beside what is kept; return what differs: nothing, when all is well.

    Facts are compared with what the register says now, counts with the facts; matters that wait in
    the queue differ rightly, so consume first.
    """
    return list(islice(_differences(), most))


def _differences() -> Iterator[Difference]:
    yield from _of_facts()
    for dimension in DIMENSIONS:
        kept = Count.objects.filter(dimension=dimension).values_list(
            "dimension", "key", "day", *COLUMNS
        )
        yield from _of_sums("count", kept, count_rows(dimension, Fact.objects.all()), keys=3)
    closings = Closing.objects.values_list("town", "village", "day", "closed")
    yield from _of_sums("closing", closings, closing_rows(Fact.objects.all()), keys=3)
    yield from _of_open()


def _of_facts() -> Iterator[Difference]:
    newest = max(
        matters.newest_filed(),
        Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    )
    for first in range(1, newest + 1, CHUNK):
        known = {fact.pk: fact for fact in Fact.objects.filter(pk__gte=first, pk__lt=first + CHUNK)}
        said = {each.fact.pk: each.fact for each in read(range(first, first + CHUNK), known=known)}
        for pk in sorted(known.keys() | said.keys()):
            kept, counted = _values(known.get(pk)), _values(said.get(pk))
            for name in _FACT:
                if kept.get(name) != counted.get(name):
                    yield Difference("fact", f"{pk} {name}", kept.get(name), counted.get(name))


def _values(fact: Fact | None) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in _FACT} if fact else {}


def _of_sums(
    what: str, kept: QuerySet[Any, Any], counted: QuerySet[Any, Any], *, keys: int
) -> Iterator[Difference]:
    """Compare two tables of sums; a row of nothing but zeros is as good as none."""
    before, now = _table(kept, keys), _table(counted, keys)
    for key in sorted(before.keys() | now.keys()):
        if before.get(key) != now.get(key):
            yield Difference(what, " ".join(map(str, key)), before.get(key), now.get(key))


def _table(rows: QuerySet[Any, Any], keys: int) -> dict[tuple[Any, ...], Sequence[int]]:
    return {row[:keys]: row[keys:] for row in rows.iterator(chunk_size=CHUNK) if any(row[keys:])}


def _of_open() -> Iterator[Difference]:
    facts = (
        Fact.objects.filter(is_open=True).select_related("matter").only(*_FACT, "matter__due_at")
    )
    now = {
        fact.pk: _row(open_row(fact, fact.matter.due_at))
        for fact in facts.iterator(chunk_size=CHUNK)
    }
    before = {row.pk: _row(row) for row in OpenMatter.objects.iterator(chunk_size=CHUNK)}
    for pk in sorted(before.keys() | now.keys()):
        if before.get(pk) != now.get(pk):
            yield Difference("open", str(pk), before.get(pk), now.get(pk))


def _row(row: OpenMatter) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _OPEN}
