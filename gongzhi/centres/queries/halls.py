"""The hall: who waits, who is called, what the screen shows. Numbers only."""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.centres import rules
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import OPEN_TICKETS, TicketState
from gongzhi.centres.models import Centre, Counter, Ticket
from gongzhi.centres.queries.content import by_code, names
from gongzhi.centres.queries.houses import counters_of

MINUTES_EACH = 12  # until the day itself tells: how long one visit at a counter takes
SHOWN = 8  # calls on the screen


@dataclass(frozen=True)
class TicketRow:
    ticket: Ticket
    service: str
    needs: tuple[str, ...]
    minutes: int  # waited, or waiting

    @property
    def has_needs(self) -> bool:
        return bool(self.needs)


@dataclass(frozen=True)
class CounterRow:
    counter: Counter
    services: str
    now: TicketRow | None


@dataclass(frozen=True)
class Hall:
    waiting: list[TicketRow]
    counters: list[CounterRow]
    ended: int
    missed: list[TicketRow]
    average_minutes: int | None  # waited today


def visible_tickets(actor: Actor, centre: Centre, capability: str = Can.VIEW) -> QuerySet[Ticket]:
    return Ticket.objects.within_reach_of(actor, capability).filter(centre=centre)


def ticket(actor: Actor, ticket_id: int) -> Ticket:
    """Return a ticket the actor serves; OutOfReach for any other."""
    reach = Ticket.objects.within_reach_of(actor, Can.TAKE_IN).select_related("centre")
    found = reach.filter(pk=ticket_id).first()
    if found is None:
        raise OutOfReach
    return found


def hall(actor: Actor, centre: Centre, *, at: datetime) -> Hall:
    """Return the hall of today."""
    today = list(
        visible_tickets(actor, centre)
        .filter(on=timezone.localdate(at))
        .select_related("counter")
        .order_by("taken_at", "id")
    )
    at_counter = {
        row.counter_id: ticket_row(row, at)
        for row in today
        if row.state in {TicketState.CALLED, TicketState.SERVED}
    }
    services = names("services")
    waited = [row.called_at - row.taken_at for row in today if row.called_at]
    return Hall(
        waiting=[ticket_row(row, at) for row in in_turn(today)],
        counters=[
            CounterRow(
                counter, "、".join(services.get(code, code) for code in counter.services), at_counter.get(counter.pk)
            )
            for counter in counters_of(centre)
        ],
        ended=sum(row.state == TicketState.DONE for row in today),
        missed=[ticket_row(row, at) for row in today if row.state == TicketState.MISSED],
        average_minutes=_minutes(sum(waited, timedelta()) / len(waited)) if waited else None,
    )  # fmt: skip


def in_turn(rows: list[Ticket]) -> list[Ticket]:
    """Return who waits, in the order they are called: as they came."""
    return [row for row in rows if row.state == TicketState.WAITING]


def _minutes(span: timedelta) -> int:
    return max(0, int(span.total_seconds() // 60))


def ticket_row(row: Ticket, at: datetime) -> TicketRow:
    needs = names("needs")
    return TicketRow(
        row, names("services").get(row.service, row.service), tuple(needs.get(code, code) for code in row.needs),
        _minutes((row.called_at or at) - row.taken_at),
    )  # fmt: skip


@dataclass(frozen=True)
class Screen:
    """What everybody in the hall sees: numbers and counters, nothing of why somebody is here."""

    calls: list[Ticket]
    waiting: list[tuple[str, int]]
    counters: int


def screen(centre: Centre, *, at: datetime) -> Screen:
    today = Ticket.objects.filter(centre=centre, on=timezone.localdate(at))
    calls = today.filter(state__in=[TicketState.CALLED, TicketState.SERVED]).select_related(
        "counter"
    )
    waiting = Tally(today.filter(state=TicketState.WAITING).values_list("service", flat=True))
    known = by_code("services")
    open_counters = Counter.objects.filter(centre=centre, is_open=True).count()
    return Screen(
        list(calls.order_by("-called_at")[:SHOWN]),
        [(line["name"], waiting[code]) for code, line in known.items() if waiting[code]],
        open_counters,
    )


@dataclass(frozen=True)
class Place:
    """Where a number stands in the line."""

    ticket: Ticket
    service: str
    ahead: int
    minutes: int
    is_open: bool


def place(centre: Centre, number: str, *, at: datetime) -> Place:
    """Return how many wait before a number of today; OutOfReach for an unknown one."""
    today = Ticket.objects.filter(centre=centre, on=timezone.localdate(at))
    row = today.select_related("counter").filter(number=number).first()
    if row is None:
        raise OutOfReach
    before = today.filter(state=TicketState.WAITING, service=row.service, taken_at__lt=row.taken_at)
    ahead = before.count() if row.state == TicketState.WAITING else 0
    serving = Counter.objects.filter(centre=centre, is_open=True, services__contains=[row.service])
    minutes = rules.wait_minutes(ahead, counters=serving.count(), minutes_each=MINUTES_EACH)
    return Place(
        row, names("services").get(row.service, ""), ahead, minutes, row.state in OPEN_TICKETS
    )


def tickets_table(actor: Actor, centre: Centre, *, on: date) -> Iterator[tuple[Any, ...]]:
    """Yield the tickets of a day for a download."""
    services = names("services")
    rows = (
        visible_tickets(actor, centre).filter(on=on).select_related("counter").order_by("taken_at")
    )
    for row in rows:
        yield (
            row.number, services.get(row.service, row.service), str(row.get_state_display()), _local(row.taken_at),
            _local(row.called_at), _local(row.ended_at), row.counter.code if row.counter else "",
        )  # fmt: skip


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def waiting_counts(centres: list[Centre], *, on: date) -> Mapping[int, int]:
    rows = Ticket.objects.filter(centre__in=centres, on=on, state=TicketState.WAITING)
    return Tally(rows.values_list("centre_id", flat=True))
