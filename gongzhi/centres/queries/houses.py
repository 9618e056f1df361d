"""Centres, their rooms and counters, and who has a room when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Booking, Centre, Counter, Room
from gongzhi.centres.queries.content import by_code, rows
from gongzhi.matters import queries as matters


def visible_centres(actor: Actor, capability: str = Can.VIEW) -> QuerySet[Centre]:
    return Centre.objects.within_reach_of(actor, capability).order_by("level", "area_path", "id")


def centre(actor: Actor, code: str, capability: str = Can.VIEW) -> Centre:
    """Return a centre within reach; OutOfReach for any other."""
    found = visible_centres(actor, capability).filter(code=code).first()
    if found is None:
        raise OutOfReach
    return found


def own_centre(actor: Actor, capability: str = Can.VIEW) -> Centre | None:
    """Return the centre of the unit the actor works in; else the first within reach, if any."""
    homes = [grant.home for grant in actor.grants_for(capability) if grant.home]
    reach = visible_centres(actor, capability).filter(is_open=True)
    return reach.filter(unit_id__in=homes).first() or reach.order_by("-level", "area_path").first()


def open_centre(code: str) -> Centre:
    """Return a centre by the code on its door, for everybody; OutOfReach when it is closed."""
    found = Centre.objects.filter(code=code, is_open=True).first()
    if found is None:
        raise OutOfReach
    return found


def centre_for(area_path: str) -> Centre | None:
    """Return the open centre nearest above a place: the village's, else the town's, else the city's."""
    parts = area_path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    return Centre.objects.filter(is_open=True, area_path__in=above).order_by("-level").first()


def town_centres() -> list[Centre]:
    return list(Centre.objects.filter(is_open=True, level__lte=1).order_by("level", "area_path"))


@dataclass(frozen=True)
class Use:
    """One booking as the plan of a day shows it."""

    booking: Booking
    number: str  # of the matter
    left: float  # percent of the day's hours
    width: float


@dataclass(frozen=True)
class RoomDay:
    room: Room
    kind: str
    uses: tuple[Use, ...]


FIRST, LAST = (
    time(8),
    time(20),
)  # what the plan of a day shows; bookings outside are drawn at its edge


def rooms_of(centre: Centre) -> list[Room]:
    order = list(by_code("rooms"))
    found = Room.objects.filter(centre=centre)
    return sorted(found, key=lambda row: (not row.is_open, order.index(row.kind), row.name))


def bookable(centre: Centre) -> list[Room]:
    booked = {row["code"] for row in rows("rooms") if row["booked"] == "1"}
    return [room for room in rooms_of(centre) if room.is_open and room.kind in booked]


def rooms_to_lend(area_path: str) -> list[tuple[int, str]]:
    """Return the rooms that can be booked at the centre nearest above a place, with its name."""
    found = centre_for(area_path)
    return [(room.pk, f"{found.name} {room.name}") for room in bookable(found)] if found else []


def day_plan(centre: Centre, on: date) -> list[RoomDay]:
    """Return what each room that is booked is used for on a day."""
    since, until = _day(on)
    kept = Booking.objects.filter(
        room__centre=centre, cancelled_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    ).order_by("starts_at")
    found = list(kept)
    numbers = _numbers(found)
    kinds = by_code("rooms")
    return [
        RoomDay(
            room, kinds[room.kind]["name"],
            tuple(_use(row, on, numbers) for row in found if row.room_id == room.pk),
        )
        for room in bookable(centre)
    ]  # fmt: skip


def _day(on: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(on, time()))
    return start, start + timedelta(days=1)


def _use(row: Booking, on: date, numbers: dict[int, str]) -> Use:
    opens, closes = (timezone.make_aware(datetime.combine(on, edge)) for edge in (FIRST, LAST))
    whole = (closes - opens).total_seconds()
    start, end = max(row.starts_at, opens), min(row.ends_at, closes)
    left = max(0.0, min(100.0, 100 * (start - opens).total_seconds() / whole))
    width = max(3.0, 100 * (end - start).total_seconds() / whole)
    return Use(row, numbers.get(row.matter_id or 0, ""), round(min(left, 97.0), 2), round(min(width, 100 - min(left, 97.0)), 2))  # fmt: skip


def _numbers(found: list[Booking]) -> dict[int, str]:
    ids = [row.matter_id for row in found if row.matter_id]
    return {key: row.number for key, row in matters.standing_ids(ids).items()} if ids else {}


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    return Booking.objects.within_reach_of(actor, Can.VIEW).select_related("room")


def bookings(actor: Actor, centre: Centre, *, text: str, since: date | None) -> QuerySet[Booking]:
    found = visible_bookings(actor).filter(room__centre=centre, cancelled_at__isnull=True)
    if since:
        found = found.filter(ends_at__gte=_day(since)[0])
    return found.filter(purpose__icontains=text) if text else found


def bookings_page(
    actor: Actor, centre: Centre, *, text: str, since: date | None, after: str = "", before: str = ""
) -> Page[Booking]:  # fmt: skip
    rows_ = bookings(actor, centre, text=text, since=since)
    return page_of(rows_, "starts_at", "id", after=after, before=before)


def bookings_table(found: QuerySet[Booking]) -> Iterator[tuple[Any, ...]]:
    for row in found.order_by("starts_at").iterator():
        yield (
            row.room.name, timezone.localtime(row.starts_at), timezone.localtime(row.ends_at), row.purpose, row.booked_by_name,
        )  # fmt: skip


def counters_of(centre: Centre) -> list[Counter]:
    return list(Counter.objects.filter(centre=centre).order_by("code"))
