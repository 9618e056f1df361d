"""Open matters that press: late for long, done again and again, urged, old, held up by a request."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page as KeyPage
from gongzhi.base.paging import page_of
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Ask, Entry, Matter
from gongzhi.matters.queries.finding import Filter, narrowed
from gongzhi.matters.queries.lists import COLUMNS, Box, Row, in_box, row_of, rows_of

COUNTED = ("rework_count", "reopen_count", "urge_count")
BATCH = 500


@dataclass(frozen=True)
class Pressing:
    """What a rule about late and repeated matters needs to know; for jobs, which have no reach."""

    id: int
    due_at: datetime | None
    count: int
    supervised: int


def overdue_since(
    *, before: datetime, urgent: bool | None, supervised_below: int, after: tuple[datetime, int] | None = None
) -> list[Pressing]:  # fmt: skip
    """Return the next open matters whose stage was due before a moment, the longest overdue first."""
    rows = Matter.objects.filter(
        is_open=True, paused_at__isnull=True, due_at__lt=before, supervised__lt=supervised_below
    )
    if urgent is not None:
        rows = rows.filter(is_urgent=urgent)
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    found = rows.order_by("due_at", "id").values_list("id", "due_at", "supervised")[:BATCH]
    return [Pressing(pk, due_at, 0, supervised) for pk, due_at, supervised in found]


def gone_round(
    *, column: str, least: int, urgent: bool | None, supervised_below: int, after: int = 0
) -> list[Pressing]:
    """Return the next open matters that were reworked, reopened or urged at least so often."""
    assert column in COUNTED
    rows = Matter.objects.filter(
        is_open=True, supervised__lt=supervised_below, id__gt=after, **{f"{column}__gte": least}
    )
    if urgent is not None:
        rows = rows.filter(is_urgent=urgent)
    found = rows.order_by("id").values_list("id", column, "supervised")[:BATCH]
    return [Pressing(pk, None, count, supervised) for pk, count, supervised in found]


def _open_in(actor: Actor, by: Filter, at: datetime) -> QuerySet[Matter]:
    return narrowed(in_box(Box.DOING, actor), by, at=at)


def oldest_open(
    actor: Actor, *, by: Filter, at: datetime, after: str = "", before: str = ""
) -> tuple[KeyPage[Matter], list[Row]]:
    """Return open matters within reach, the oldest number first."""
    page = page_of(_open_in(actor, by, at).only(*COLUMNS), "id", after=after, before=before)
    return page, rows_of(page.rows, at=at)


def oldest_for_export(actor: Actor, *, by: Filter, at: datetime) -> Iterator[Row]:
    for matter in _open_in(actor, by, at).only(*COLUMNS).order_by("id").iterator(chunk_size=BATCH):
        yield row_of(matter, at=at)


@dataclass(frozen=True)
class Urged:
    row: Row
    count: int
    last_at: datetime | None
    last_by: str
    last_note: str


def urged(
    actor: Actor, *, by: Filter, at: datetime, after: str = "", before: str = ""
) -> tuple[KeyPage[Matter], list[Urged]]:
    """Return open matters that were urged, the most often urged first; three statements a page."""
    rows = _open_in(actor, by, at).filter(urge_count__gt=0).only(*COLUMNS, "urge_count")
    page = page_of(rows, "-urge_count", "-id", after=after, before=before)
    return page, _urged(page.rows, at)


def urged_for_export(actor: Actor, *, by: Filter, at: datetime) -> Iterator[Urged]:
    rows = _open_in(actor, by, at).filter(urge_count__gt=0).only(*COLUMNS, "urge_count")
    for some in _in_batches(rows.order_by("-urge_count", "-id")):
        yield from _urged(some, at)


def _urged(matters: Sequence[Matter], at: datetime) -> list[Urged]:
    lines = Entry.objects.filter(matter_id__in=[m.id for m in matters], move="urge")
    last = {e.matter_id: e for e in lines.order_by("matter_id", "seq")}
    return [
        Urged(
            row_of(m, at=at), m.urge_count, last[m.id].at if m.id in last else None,
            last[m.id].actor_name if m.id in last else "", last[m.id].note if m.id in last else "",
        )
        for m in matters
    ]  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A request about a matter that is open: more time 延期 or a suspension 挂账."""

    row: Row
    ask_id: int
    state: str
    reason: str
    by: str
    asked_at: datetime
    decided_at: datetime | None
    until: date | None  # of a suspension
    due_at: datetime | None  # of the matter's stage as it is now
    extension_count: int


def held(
    actor: Actor, *, nature: str, states: Sequence[str], area: str = "", at: datetime, after: str = "", before: str = ""
) -> tuple[KeyPage[Ask], list[Held]]:  # fmt: skip
    """Return requests of one nature about open matters within reach, the newest first."""
    rows = _held(actor, nature, states, area)
    page = page_of(rows, "-id", after=after, before=before)
    return page, _held_rows(page.rows, at)


def held_for_export(
    actor: Actor, *, nature: str, states: Sequence[str], area: str = "", at: datetime
) -> Iterator[Held]:
    for some in _in_batches(_held(actor, nature, states, area).order_by("-id")):
        yield from _held_rows(some, at)


def _held(actor: Actor, nature: str, states: Sequence[str], area: str) -> QuerySet[Ask]:
    rows = Ask.objects.within_reach_of(actor, Can.VIEW).filter(
        nature=nature, state__in=list(states)
    )
    rows = rows.filter(area_path__startswith=area) if area else rows
    if nature == Ask.Nature.SUSPENSION and list(states) == [Ask.State.APPROVED]:
        return rows.filter(matter__is_open=True, matter__paused_at__isnull=False)
    return rows.filter(matter__is_open=True)


def _held_rows(asks: Sequence[Ask], at: datetime) -> list[Held]:
    found = Matter.objects.filter(pk__in={a.matter_id for a in asks})
    known = {m.id: m for m in found.only(*COLUMNS, "extension_count")}
    return [
        Held(
            row_of(m, at=at), a.id, a.state, a.reason, a.asked_by_name, a.asked_at, a.last_at, a.until, m.due_at,
            m.extension_count,
        )
        for a in asks
        if (m := known.get(a.matter_id))
    ]  # fmt: skip


def held_counts(actor: Actor) -> Mapping[tuple[str, str], int]:
    """Count the requests about open matters within reach, by nature and state."""
    rows = Ask.objects.within_reach_of(actor, Can.VIEW).filter(matter__is_open=True)
    counted = rows.order_by().values_list("nature", "state").annotate(n=Count("id"))
    return {(nature, state): n for nature, state, n in counted}


def _in_batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
