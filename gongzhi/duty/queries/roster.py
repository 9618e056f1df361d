"""A desk's roster: as a month, as a list, and what it still lacks."""

from calendar import Calendar as Weeks
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.models import Desk, Pattern, Rotation, Stint
from gongzhi.duty.queries.content import norm
from gongzhi.duty.queries.desks import calendar_of, count_for, need, patterns
from gongzhi.duty.rules import Gap, gaps, short_rests

POSTS = tuple(Post.choices)


@dataclass(frozen=True)
class Place:
    """One place of a shift: who holds it, or nobody."""

    stint: Stint | None
    post: str
    is_tired: bool = False  # the rest since the last shift is shorter than the norm
    is_over: bool = False


@dataclass(frozen=True)
class ShiftOfDay:
    pattern: Pattern
    places: list[Place]
    missing: int
    is_now: bool

    @property
    def is_held(self) -> bool:
        return any(place.stint for place in self.places)


@dataclass(frozen=True)
class DayOfRoster:
    day: date
    cell: clocks.DayCell
    shifts: list[ShiftOfDay]
    missing: int
    is_past: bool

    @property
    def is_off(self) -> bool:
        return self.cell.kind in {"holiday", "weekend"}


@dataclass(frozen=True)
class MonthOfRoster:
    first: date
    weeks: list[list[DayOfRoster | None]]
    missing: int  # places of days to come that nobody holds
    tired: int

    @property
    def days(self) -> list[DayOfRoster]:
        return [day for week in self.weeks for day in week if day]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month(desk: Desk, first: date, *, at: datetime) -> MonthOfRoster:
    """Return a month of the roster; two statements."""
    first = first.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    of_desk = patterns(desk)
    rows = list(_between(desk, first - timedelta(days=1), last))
    tired = _tired(rows, on=first)
    code = calendar_of(desk)
    by_shift: dict[tuple[int, date], list[Stint]] = defaultdict(list)
    for row in rows:
        by_shift[row.pattern_id, row.on].append(row)
    weeks = [
        [
            _day(day, of_desk, by_shift, tired=tired, calendar=code, at=at)
            if day.month == first.month
            else None
            for day in week
        ]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]
    shown = [day for week in weeks for day in week if day]
    return MonthOfRoster(
        first,
        weeks,
        missing=sum(day.missing for day in shown if not day.is_past),
        tired=sum(
            place.is_tired for day in shown for shift in day.shifts for place in shift.places
        ),
    )


def _between(desk: Desk, first: date, last: date) -> QuerySet[Stint]:
    return Stint.objects.filter(desk=desk, on__gte=first, on__lte=last).order_by("starts_at", "id")


def _tired(rows: Iterable[Stint], *, on: date) -> set[tuple[int, datetime]]:
    shifts: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in rows:
        # A leader has the whole day; what is too much is asked of those who answer.
        if row.user_id and row.post == Post.DISPATCHER:
            shifts[row.user_id].append((row.starts_at, row.ends_at))
    return short_rests(shifts, rest=timedelta(hours=norm("rest_hours", on)))


def _day(
    day: date,
    of_desk: Sequence[Pattern],
    by_shift: Mapping[tuple[int, date], list[Stint]],
    *,
    tired: set[tuple[int, datetime]],
    calendar: str,
    at: datetime,
) -> DayOfRoster:
    shifts = [
        _shift(pattern, by_shift.get((pattern.pk, day), []), day, tired, at)
        for pattern in of_desk
        if need(pattern, Post.LEADER).holds_on(day) or (pattern.pk, day) in by_shift
    ]
    return DayOfRoster(
        day,
        clocks.day_cell(calendar, day),
        shifts,
        sum(shift.missing for shift in shifts),
        day < timezone.localdate(at),
    )


def _shift(
    pattern: Pattern, rows: list[Stint], day: date, tired: set[tuple[int, datetime]], at: datetime
) -> ShiftOfDay:
    places = []
    missing = 0
    for post in Post.values:
        held = [row for row in rows if row.post == post]
        left = max(0, count_for(pattern, post) - len(held))
        missing += left
        places += [
            Place(
                row,
                post,
                post == Post.DISPATCHER and (row.user_id or 0, row.starts_at) in tired,
                row.ends_at <= at,
            )
            for row in held
        ]
        places += [Place(None, post)] * left
    is_now = any(row.starts_at <= at < row.ends_at for row in rows)
    return ShiftOfDay(pattern, places, missing, is_now)


def gaps_between(desk: Desk, days: Sequence[date]) -> list[Gap]:
    """Return which places nobody holds on the days."""
    if not days:
        return []
    of_desk = patterns(desk)
    filled: Counter[tuple[int, date, str]] = Counter(
        (row.pattern_id, row.on, row.post) for row in _between(desk, days[0], days[-1])
    )
    needs = {post: [need(pattern, post) for pattern in of_desk] for post in Post.values}
    return gaps(needs, days, filled)


@dataclass(frozen=True)
class RosterFilter:
    since: date | None = None
    until: date | None = None
    post: str = ""
    text: str = ""


SORTS = {"": ("starts_at", "id"), "-starts": ("-starts_at", "-id"), "name": ("name", "id")}


def stints(desk: Desk, by: RosterFilter) -> QuerySet[Stint]:
    rows = Stint.objects.filter(desk=desk).select_related("pattern")
    if by.since:
        rows = rows.filter(on__gte=by.since)
    if by.until:
        rows = rows.filter(on__lte=by.until)
    if by.post:
        rows = rows.filter(post=by.post)
    return rows.filter(name__icontains=by.text) if by.text else rows


def stints_page(
    desk: Desk, by: RosterFilter, *, sort: str = "", after: str = "", before: str = ""
) -> Page[Stint]:
    order = SORTS.get(sort, SORTS[""])
    return page_of(stints(desk, by), *order, after=after, before=before)


def stint(actor: Actor, stint_id: int, capability: str = Can.VIEW) -> Stint:
    """Return one place of the roster, locked for nobody; OutOfReach when it is not the actor's to see."""
    rows = Stint.objects.within_reach_of(actor, capability).select_related(
        "desk", "pattern", "user"
    )
    found = rows.filter(pk=stint_id).first()
    if found is None:
        raise OutOfReach
    return found


def own_stints(actor: Actor, *, at: datetime, most: int = 10) -> list[Stint]:
    """Return the actor's own next shifts, the present one first."""
    rows = Stint.objects.filter(user=actor.id, ends_at__gt=at).select_related("desk", "pattern")
    return list(rows.order_by("starts_at")[:most])


def exchangeable(desk: Desk, *, without: int, at: datetime, most: int = 200) -> list[Stint]:
    """Return shifts of colleagues that could be given in return."""
    rows = Stint.objects.filter(desk=desk, starts_at__gt=at, user__isnull=False)
    return list(rows.exclude(user=without).select_related("pattern").order_by("starts_at")[:most])


def rotations(desk: Desk) -> list[Rotation]:
    return list(Rotation.objects.filter(desk=desk).order_by("post", "name"))


def rotation(desk: Desk, rotation_id: int) -> Rotation | None:
    return Rotation.objects.filter(desk=desk, pk=rotation_id).first()


def batch_size(desk: Desk, batch: str) -> int:
    return Stint.objects.filter(desk=desk, batch=batch).count()


def roster_table(rows: QuerySet[Stint]) -> Iterator[tuple[Any, ...]]:
    """Write a roster under the headings its import reads."""
    for row in rows.select_related("pattern", "user", "partner").iterator(chunk_size=500):
        yield (
            row.on.isoformat(), row.pattern.name, _local(row.starts_at), _local(row.ends_at), row.get_post_display(),
            row.user.username if row.user else row.partner.code if row.partner else "", row.name, row.note,
        )  # fmt: skip


def calendar_table(rows: QuerySet[Stint], *, place: str) -> Iterator[tuple[Any, ...]]:
    """Write shifts as calendar programs import them from CSV."""
    for row in rows.iterator(chunk_size=500):
        start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        yield (
            f"{row.get_post_display()} {row.name}", f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%Y-%m-%d}",
            f"{end:%H:%M}", "FALSE", row.note, place,
        )  # fmt: skip


def calendar_events(
    rows: QuerySet[Stint], *, place: str
) -> Iterator[tuple[str, datetime, datetime, str, str]]:
    for row in rows.iterator(chunk_size=500):
        yield (
            f"stint-{row.pk}@gongzhi", row.starts_at, row.ends_at, f"{row.get_post_display()} {row.name}",
            " · ".join(filter(None, (place, row.note))),
        )  # fmt: skip


def _local(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
