"""The inboxes and lists of the workbench, paged by key so that page 5,000 costs what page 1 does."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, Grant
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import queries as clocks
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.models import Ask, Entry, JointUnit, Matter
from gongzhi.matters.queries.finding import Filter, narrowed
from gongzhi.matters.queries.joint import branches_of
from gongzhi.matters.queries.windows import first_of, marks_asked, needs_windows
from gongzhi.places import queries as places

PAGE = 50
COUNTED_TO = 1000  # counts beyond are shown as 999+: nobody works through them by number
COLUMNS = (
    "id", "number", "kind", "state", "is_open", "title", "source", "item_id", "is_urgent", "area_path", "address",
    "owing_role", "owing_unit_id", "owing_person_id", "lead_unit_id", "started_at", "warn_at", "due_at", "counting",
    "paused_at", "paused_for",
    "supervised", "reported_at", "changed_at", "closed_at", "version", "report_count", "rework_count", "rating", "lon", "lat",
)  # fmt: skip


class Box(StrEnum):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    SUPERVISED = "supervised"
    WAITING = "waiting"  # extensions, suspensions and appeals to decide
    HELPING = "helping"  # asked to help 协办, not answered yet
    TWINS = "twins"  # likely duplicates
    ALL = "all"


@dataclass(frozen=True)
class Clock:
    """What the clock component shows."""

    state: str
    percent: int
    words: str
    title: str
    party: str
    due: datetime | None = None  # set when time runs without a break: then the page may tick
    start: datetime | None = None
    sentence: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A matter as a list shows it."""

    id: int
    number: str
    title: str
    state: str
    state_label: str
    kind_name: str
    item: str
    place: str
    address: str
    source: str
    party: str
    is_urgent: bool
    is_open: bool
    supervised: int
    report_count: int
    rework_count: int
    rating: int | None
    reported_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    version: int
    face: Clock
    lon: float | None
    lat: float | None
    tone: str = ""  # of the state's tag


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next: str  # cursor, empty at the end
    previous: str
    by_due: bool


def matters_in(
    box: Box,
    actor: Actor,
    *,
    by: Filter,
    at: datetime,
    cursor: str = "",
    size: int = PAGE,
    sort: str = "",
) -> Page:
    """Return one page of a box: a statement, or (windows.py) a few small ones, whatever the page."""
    rows = narrowed(in_box(box, actor), by, at=at)
    by_due = _sorts_by_due(box, sort)
    key = ("due_at", "id") if by_due else ("-id",)
    after, backwards = _read_cursor(cursor, by_due=by_due)
    if by_due:  # only what is open has time left
        rows = rows.filter(is_open=True)
    if after:
        rows = rows.filter(_beyond(after, by_due=by_due, backwards=backwards))
    if box == Box.ALL and not by_due and needs_windows(actor, by):
        matters = first_of(
            rows.only(*COLUMNS), size + 1,
            asked=marks_asked(actor, by), after=after[0] if after else None, backwards=backwards,
        )  # fmt: skip
    else:
        matters = list(_ordered(rows, key, backwards=backwards).only(*COLUMNS)[: size + 1])
    more = len(matters) > size
    matters = matters[:size]
    if backwards:
        matters.reverse()
    return Page(
        rows_of(matters, at=at),
        _cursor(matters[-1], "n", by_due=by_due) if matters and (more or backwards) else "",
        _cursor(matters[0], "p", by_due=by_due)
        if matters and (more if backwards else bool(after))
        else "",
        by_due,
    )


def _sorts_by_due(box: Box, sort: str) -> bool:
    return sort == "due" if sort else box in {Box.TODO, Box.SUPERVISED, Box.WAITING}


def _ordered(rows: QuerySet[Matter], key: Sequence[str], *, backwards: bool) -> QuerySet[Matter]:
    rows = rows.order_by(*key)
    return rows.reverse() if backwards else rows


def _beyond(after: list[Any], *, by_due: bool, backwards: bool) -> Q:
    if not by_due:
        return Q(id__gt=after[0]) if backwards else Q(id__lt=after[0])
    due, last = after
    if due is None:  # rows without a deadline stand at the end
        return (
            Q(due_at__isnull=True, id__lt=last) | Q(due_at__isnull=False)
            if backwards
            else Q(due_at__isnull=True, id__gt=last)
        )
    if backwards:
        return Q(due_at__lte=due) & (Q(due_at__lt=due) | Q(id__lt=last))
    return (Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(id__gt=last))) | Q(due_at__isnull=True)


def cursor_at(matter_id: int) -> str:
    """Return the cursor of the page after a matter, in a list with the newest first."""
    return _encoded(["n", matter_id])


def _cursor(matter: Matter, way: str, *, by_due: bool) -> str:
    key = (
        [matter.due_at.isoformat() if matter.due_at else None, matter.id] if by_due else [matter.id]
    )
    return _encoded([way, *key])


def _encoded(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, *, by_due: bool) -> tuple[list[Any], bool]:
    """Return the key a page follows and whether it goes backwards; a broken cursor is the first page."""
    if not cursor:
        return [], False
    try:
        way, *key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if len(key) != (2 if by_due else 1):
            return [], False  # made for the list in its other order
        if by_due and key[0] is not None:
            key[0] = datetime.fromisoformat(key[0]).astimezone(UTC)
        key[-1] = int(key[-1])
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        return [], False
    return key, way == "p"


def in_box(box: Box, actor: Actor) -> QuerySet[Matter]:
    if box == Box.TODO:
        return Matter.objects.filter(owed_by(actor), paused_at__isnull=True)
    visible = Matter.objects.within_reach_of(actor, Can.VIEW)
    return visible.filter(_CONDITIONS[box](actor))


_CONDITIONS: dict[Box, Callable[[Actor], Q]] = {
    Box.DOING: lambda _actor: Q(is_open=True),
    Box.DONE: lambda actor: Q(id__in=Entry.objects.filter(actor_id=actor.id).values("matter_id")),
    Box.SUPERVISED: lambda _actor: Q(is_open=True, supervised__gt=0),
    Box.WAITING: lambda actor: Q(id__in=asks_to_decide(actor).values("matter_id")),
    Box.HELPING: lambda actor: Q(is_open=True, id__in=_asked_to_help(actor)),
    Box.TWINS: lambda _actor: Q(is_open=True, id__in=_twins()),
    Box.ALL: lambda _actor: Q(),
}


def _asked_to_help(actor: Actor) -> QuerySet[Any]:
    waiting = JointUnit.objects.filter(unit_id__in=branches_of(actor), answered_at__isnull=True)
    return waiting.values("matter_id")


def _twins() -> QuerySet[Any]:
    return Entry.objects.filter(seq=1, values__has_key="likely_duplicates").values("matter_id")


def asks_to_decide(actor: Actor) -> QuerySet[Ask]:
    first = (
        Ask.objects.within_reach_of(actor, Can.DECIDE_FIRST)
        .filter(state=Ask.State.ASKED)
        .exclude(nature="appeal")
    )
    last = Ask.objects.within_reach_of(actor, Can.DECIDE_LAST).filter(
        Q(state=Ask.State.FIRST_APPROVED) | Q(state=Ask.State.ASKED, nature="appeal")
    )
    return Ask.objects.filter(Q(pk__in=first.values("pk")) | Q(pk__in=last.values("pk")))


def owed_by(actor: Actor) -> Q:
    """Return the condition for matters whose next move this actor's postings owe."""
    owed = Q(pk__in=[])
    for kind in all_kinds():
        for capability, role in kind.roles.items():
            for grant in actor.grants_for(capability):
                owed |= _owed_under(grant, role)
    people = [person for person in (actor.id, actor.on_behalf_of) if person]
    return owed & (Q(owing_person__isnull=True) | Q(owing_person__in=people))


def _owed_under(grant: Grant, role: str) -> Q:
    units = (
        accounts.units_below(grant.home) if grant.unit is not None and grant.home else (grant.home,)
    )
    condition = Q(is_open=True, owing_role=role, owing_unit__in=[u for u in units if u is not None])
    return (
        condition & Q(area_path__startswith=grant.area)
        if grant.area and grant.unit is None
        else condition
    )


def box_counts(actor: Actor, *, boxes: Sequence[Box]) -> dict[Box, int]:
    """Count the boxes' open matters, up to COUNTED_TO each, in one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for box in boxes:
        some = in_box(box, actor).order_by().values("id")[:COUNTED_TO]
        try:
            sql, values = some.query.sql_with_params()
        except EmptyResultSet:  # no posting reaches this box
            sql, values = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), parameters)
        counts = cursor.fetchone()
    return dict(zip(boxes, counts, strict=True))


def shown() -> QuerySet[Matter]:
    """Return matters with the columns a row is made of: for lists of what hangs on them."""
    return Matter.objects.only(*COLUMNS)


def rows_of(matters: Sequence[Matter], *, at: datetime) -> list[Row]:
    return [_row(matter, at) for matter in matters]


def row_of(matter: Matter, *, at: datetime) -> Row:
    return _row(matter, at)


def _row(m: Matter, at: datetime) -> Row:
    kind = kind_of(m.kind)
    party = accounts.unit(m.owing_unit_id).name if m.owing_unit_id else ""
    return Row(
        m.id, m.number, m.title, m.state, kind.label(m.state), str(kind.name),
        catalogue.item(m.item_id).name if m.item_id else "", places.full_name(m.area_path), m.address,
        str(Source(m.source).label), party, m.is_urgent, m.is_open, m.supervised, m.report_count, m.rework_count,
        m.rating, m.reported_at, m.changed_at, m.closed_at, m.version, face_of(m, party, at), m.lon, m.lat,
        kind.tone(m.state, paused=m.paused_at is not None),
    )  # fmt: skip


def face_of(m: Matter, party: str, at: datetime) -> Clock:
    """Return the clock as every page shows it: who owes the next move, and how long is left."""
    if not m.is_open:
        return Clock("done", 100, kind_of(m.kind).label(m.state), "", "")
    face = clocks.face(
        due_at=m.due_at, at=at, warn_at=m.warn_at, started_at=m.started_at, paused=m.paused_for, paused_at=m.paused_at,
        counting=cast("clocks.Counting", m.counting or "service"),
    )  # fmt: skip
    runs_on = m.counting == "continuous" and not m.paused_at
    return Clock(
        face.state,
        face.percent,
        face.words,
        face.title,
        party,
        due=m.due_at if runs_on else None,
        start=m.started_at,
    )


def rows_for_export(
    box: Box, actor: Actor, *, by: Filter, at: datetime, most: int = 50_000
) -> Iterator[Row]:
    """Yield the box's rows, newest first, without holding them all in memory."""
    found = narrowed(in_box(box, actor), by, at=at).order_by("-id").only(*COLUMNS)[:most]
    for matter in found.iterator(chunk_size=1000):
        yield _row(matter, at)
