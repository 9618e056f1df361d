"""Where open matters lie and what a day brought: what a map of the whole city is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Floor
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.finding import in_area

FINE = 500  # parts of a degree: bunches of about 200 m
CLOCKS = ("ok", "warn", "late", "paused")


@dataclass(frozen=True, slots=True)
class Bunch:
    """Open matters close together that are alike for the map."""

    lon: float
    lat: float
    state: str
    clock: str
    is_urgent: bool
    is_sensor: bool
    count: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One open matter as a point."""

    number: str
    title: str
    state: str
    label: str
    clock: str
    is_urgent: bool
    is_sensor: bool
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Open matters of one grid (or of whatever area they were placed in)."""

    area_path: str
    open: int
    late: int
    soon: int
    urgent: int


@dataclass(frozen=True, slots=True)
class Course:
    """A matter of a day: when it came in and when it was closed."""

    lon: float
    lat: float
    reported_at: datetime
    closed_at: datetime | None
    is_urgent: bool


def _open(actor: Actor) -> "QuerySet[Matter]":
    return Matter.objects.within_reach_of(actor, Can.VIEW).filter(is_open=True)


def _clock(at: datetime) -> Case:
    """Return the clock of an open matter as a number, an index of CLOCKS."""
    return Case(
        When(paused_at__isnull=False, then=Value(3)),
        When(due_at__lt=at, then=Value(2)),
        When(warn_at__lte=at, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def open_bunches(actor: Actor, *, at: datetime) -> list[Bunch]:
    """Return all open matters in reach, bunched; one statement over the open ones only."""
    place = {name: Cast(Floor(F(name) * FINE), IntegerField()) for name in ("lon", "lat")}
    rows = (
        _open(actor)
        .filter(lon__isnull=False)
        .order_by()
        .values(
            x=place["lon"], y=place["lat"], stage=F("state"), clock=_clock(at), urgent=F("is_urgent"),
            sensor=Q(source=Source.SENSOR),
        )
        .annotate(n=Count("id"))
    )  # fmt: skip
    return [
        Bunch((x + 0.5) / FINE, (y + 0.5) / FINE, stage, CLOCKS[clock], urgent, sensor, count)
        for x, y, stage, clock, urgent, sensor, count in rows.values_list(
            "x", "y", "stage", "clock", "urgent", "sensor", "n"
        )
    ]


def open_spots(
    actor: Actor, *, box: tuple[float, float, float, float], towns: Sequence[str], at: datetime, most: int
) -> list[Spot]:  # fmt: skip
    """
    Return open matters inside west, south, east, north, the most urgent first, `most` at the most.

    `towns` are the districts the box touches: by them the index of a town's open matters serves.
    """
    west, south, east, north = box
    rows: Any = (
        _open(actor)
        .filter(district__in=list(towns), lon__range=(west, east), lat__range=(south, north))
        .order_by("-is_urgent", "due_at", "id")
        .annotate(clock=_clock(at))
        .values_list(
            "number", "title", "kind", "state", "clock", "is_urgent", "source", "lon", "lat"
        )[:most]
    )
    return [
        Spot(
            number, title, state, kind_of(kind).label(state), CLOCKS[clock], urgent,
            source == Source.SENSOR, lon, lat,
        )
        for number, title, kind, state, clock, urgent, source, lon, lat in rows
    ]  # fmt: skip


def open_tallies(actor: Actor, *, at: datetime) -> list[Tally]:
    """Return counts of open matters by the area they lie in; one statement over the open ones only."""
    late = Q(due_at__lt=at, paused_at__isnull=True)
    soon = Q(due_at__gte=at, warn_at__lte=at, paused_at__isnull=True)
    rows = (
        _open(actor)
        .order_by()
        .values("area_path")
        .annotate(
            n=Count("id"),
            late=Count("id", filter=late),
            soon=Count("id", filter=soon),
            urgent=Count("id", filter=Q(is_urgent=True)),
        )
        .values_list("area_path", "n", "late", "soon", "urgent")
    )
    return [Tally(*row) for row in rows]


def courses_of_day(actor: Actor, *, area: str, day: date, most: int) -> list[Course]:
    """Return the matters reported on a day in an area, in the order they came in; one statement."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    rows = (
        Matter.objects.within_reach_of(actor, Can.VIEW)
        .filter(
            in_area(area),
            reported_at__gte=start,
            reported_at__lt=start + timedelta(days=1),
            lon__isnull=False,
        )
        .exclude(state__in=("void", "merged"))
        .order_by("reported_at", "id")
        .values_list("lon", "lat", "reported_at", "closed_at", "is_urgent")[:most]
    )
    return [Course(*row) for row in _whole(rows)]


def _whole(rows: Any) -> list[tuple[Any, ...]]:
    return [row for row in rows if row[0] is not None and row[1] is not None]


def open_states() -> list[tuple[str, str]]:
    """Return the states of all kinds in which somebody owes a move, in the order of their flow."""
    found: dict[str, str] = {}
    for kind in all_kinds():
        for state, label in kind.lifecycle.labels.items():
            if state in kind.open_states:
                found.setdefault(state, str(label))
    return list(found.items())
