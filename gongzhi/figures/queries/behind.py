"""The matters behind a figure (反查): the same conditions that count it, as a list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.catalogue import queries as catalogue
from gongzhi.figures.models import Fact, OpenMatter
from gongzhi.figures.queries.board import Moment, due_today, late
from gongzhi.figures.queries.defined import stages_of
from gongzhi.figures.queries.facts import FactFilter, facts
from gongzhi.figures.queries.measures import COUNTED, MEASURES
from gongzhi.figures.rules import Stage
from gongzhi.matters import queries as matters
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.places import queries as places

MOST_COUNTED = 10_000
WORDS: Mapping[str, Any] = {
    "reported": pgettext_lazy("measure", "Reported"),
    "valid": pgettext_lazy("measure", "Valid reports"),
    "registered": pgettext_lazy("measure", "Registered"),
    "missed": pgettext_lazy("measure", "Not found by the grid's officers"),
    "urgent": pgettext_lazy("measure", "Urgent"),
    "suspended": pgettext_lazy("measure", "Suspended"),
    "exempt": pgettext_lazy("measure", "Exempt after an appeal"),
    "supervised": pgettext_lazy("measure", "Supervised"),
    "to_respond": pgettext_lazy("measure", "Had to be answered"),
    "responded_in_time": pgettext_lazy("measure", "Answered in time"),
    "to_verify": pgettext_lazy("measure", "Had to be verified"),
    "verified_in_time": pgettext_lazy("measure", "Verified in time"),
    "to_register": pgettext_lazy("measure", "Had to be registered"),
    "registered_in_time": pgettext_lazy("measure", "Registered in time"),
    "registered_right": pgettext_lazy("measure", "Registered rightly"),
    "to_dispatch": pgettext_lazy("measure", "Had to be dispatched"),
    "dispatched_in_time": pgettext_lazy("measure", "Dispatched in time"),
    "dispatched": pgettext_lazy("measure", "Dispatched"),
    "dispatched_right": pgettext_lazy("measure", "Dispatched rightly"),
    "to_handle": pgettext_lazy("measure", "Had to be handled"),
    "handled": pgettext_lazy("measure", "Handled"),
    "handled_in_time": pgettext_lazy("measure", "Handled in time"),
    "to_check": pgettext_lazy("measure", "Had to be checked"),
    "checked_in_time": pgettext_lazy("measure", "Checked in time"),
    "to_close": pgettext_lazy("measure", "Had to be closed"),
    "closed": pgettext_lazy("measure", "Closed"),
    "closed_in_time": pgettext_lazy("measure", "Closed in time"),
    "reworked": pgettext_lazy("measure", "Done again"),
    "reopened": pgettext_lazy("measure", "Reopened"),
    "extended": pgettext_lazy("measure", "Extended"),
    "returned": pgettext_lazy("measure", "Sent back by a unit"),
    "urged": pgettext_lazy("measure", "Urged"),
    "rated": pgettext_lazy("measure", "Rated"),
    "solved": pgettext_lazy("measure", "Rated as solved"),
    "half_solved": pgettext_lazy("measure", "Rated as half solved"),
    "not_solved": pgettext_lazy("measure", "Rated as not solved"),
    "handled_late": pgettext_lazy("measure", "Handled late or past the limit"),
    "due_today": pgettext_lazy("measure", "Due today"),
    "overdue": pgettext_lazy("measure", "Overdue now"),
    "waiting": pgettext_lazy("measure", "Waiting for dispatch"),
    "open": pgettext_lazy("measure", "Open now"),
    "closed_on": pgettext_lazy("measure", "Closed on the day"),
}


@dataclass(frozen=True)
class Behind:
    """Which figure is asked about; `on` is the day of closing, where that is what counts."""

    what: str = ""
    without: str = ""
    by: FactFilter = field(default_factory=FactFilter)
    on: date | None = None
    number: str = ""  # of one matter, to look whether it is among them

    @property
    def is_known(self) -> bool:
        return (not self.what or self.what in WORDS) and (
            not self.without or self.without in MEASURES
        )


@dataclass(frozen=True)
class BehindRow:
    """A matter behind a figure, with the facts that put it there."""

    number: str
    title: str
    state: str
    tone: str
    place: str
    item: str
    unit: str
    reported_at: datetime
    handle_due_at: datetime | None
    handled_at: datetime | None
    handled_in_time: bool | None
    closed_at: datetime | None
    hours: float | None
    is_urgent: bool
    is_exempt: bool
    is_suspended: bool
    rating: int | None


def matters_behind(actor: Actor, asked: Behind, *, at: datetime) -> QuerySet[Fact]:
    """Return the facts a figure counts, within the actor's reach."""
    special = _SPECIAL.get(asked.what)
    by = replace(asked.by, what="" if special else asked.what, without=asked.without)
    rows = facts(actor, by)
    if special:
        rows = rows.filter(special(at))
    if asked.on:
        start = timezone.make_aware(datetime.combine(asked.on, time.min))
        rows = rows.filter(closed_at__gte=start, closed_at__lt=start + timedelta(days=1))
    return rows.filter(matter__number=asked.number) if asked.number else rows


def behind_page(
    actor: Actor, asked: Behind, *, at: datetime, oldest_first: bool = False, after: str = "", before: str = ""
) -> tuple[Page[Fact], list[BehindRow]]:  # fmt: skip
    order = "pk" if oldest_first else "-pk"
    page = page_of(matters_behind(actor, asked, at=at), order, after=after, before=before)
    return page, rows_of(page.rows)


def behind_count(actor: Actor, asked: Behind, *, at: datetime) -> int:
    """Count them, up to MOST_COUNTED."""
    return matters_behind(actor, asked, at=at).order_by()[:MOST_COUNTED].count()


def behind_rows(
    actor: Actor, asked: Behind, *, at: datetime, most: int = 50_000
) -> Iterator[BehindRow]:
    """Yield them all for a file, newest first, a few thousand in memory at a time."""
    rows = matters_behind(actor, asked, at=at).order_by("-pk")[:most]
    held: list[Fact] = []
    for fact in rows.iterator(chunk_size=1000):
        held.append(fact)
        if len(held) == 1000:
            yield from rows_of(held)
            held = []
    yield from rows_of(held)


def rows_of(found: list[Fact]) -> list[BehindRow]:
    known = matters.standing_ids([fact.matter_id for fact in found])
    return [_row(fact, known[fact.matter_id]) for fact in found if fact.matter_id in known]


def _row(fact: Fact, known: matters.Standing) -> BehindRow:
    kind = kind_of(fact.kind)
    return BehindRow(
        known.number, known.title, kind.label(fact.state), kind.tone(fact.state, paused=fact.is_suspended),
        places.full_name(fact.area_path), catalogue.item(fact.item_id).name if fact.item_id else "",
        accounts.unit_name(fact.unit_id), fact.reported_at, fact.handle_due_at, fact.handled_at, fact.handled_in_time,
        fact.closed_at, fact.hours, fact.is_urgent, fact.is_exempt, fact.is_suspended, fact.rating,
    )  # fmt: skip


def _is_open_as(condition: Q) -> Q:
    return Q(is_open=True, pk__in=OpenMatter.objects.filter(condition).values("pk"))


def _handled_late(at: datetime) -> Q:
    was_late = Q(handled_at__isnull=False, handled_in_time=False)
    is_late = Q(is_open=True, handled_at__isnull=True, handle_due_at__lt=at)
    return COUNTED & Q(is_valid=True, dispatched_at__isnull=False) & (was_late | is_late)


def _waiting(_at: datetime) -> Q:
    states = [
        state
        for kind in all_kinds()
        for state, row in stages_of(kind.code).items()
        if row.stage == Stage.DISPATCH
    ]
    return Q(is_open=True, state__in=states)


_SPECIAL: Mapping[str, Callable[[datetime], Q]] = {
    "handled_late": _handled_late,
    "due_today": lambda at: _is_open_as(due_today(Moment.of(at))),
    "overdue": lambda at: _is_open_as(late(at)),
    "waiting": _waiting,
    "open": lambda _at: Q(is_open=True),
    "closed_on": lambda _at: Q(closed_at__isnull=False),
}
