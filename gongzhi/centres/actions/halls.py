"""The queue of the hall: take a number, call, serve, send on, end."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries, rules
from gongzhi.centres.actions.reaching import locked
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import OPEN_TICKETS, TicketState
from gongzhi.centres.models import Centre, Counter, Ticket

MOST_A_DAY = 999


@transaction.atomic
def take_ticket(*, centre: Centre, service: str, needs: Sequence[str] = (), at: datetime) -> Ticket:
    """Give the next number of a service for today. A ticket knows what for and what is needed, not who."""
    line = queries.by_code("services").get(service)
    if line is None:
        raise Invalid({"service": _("Choose what you come for.")})
    if set(needs) - set(queries.names("needs")):
        raise Invalid({"needs": _("Choose from the list.")})
    on = timezone.localdate(at)
    _one_at_a_time(centre, on.toordinal())
    today = Ticket.objects.filter(centre=centre, on=on, service=service)
    serial = (today.aggregate(last=Max("serial"))["last"] or 0) + 1
    if serial > MOST_A_DAY:
        raise Refused(_("No more numbers today; please come to the counter."))
    return Ticket.objects.create(
        centre=centre, on=on, service=service, serial=serial, number=rules.number_of(line["prefix"], serial),
        needs=list(needs), taken_at=at,
    )  # fmt: skip


def _one_at_a_time(centre: Centre, day: int) -> None:
    """Let two who press at once wait for each other; numbers have no gaps and no twins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [centre.pk % 2**31, day])


@transaction.atomic
def call_next(*, counter_id: int, actor: Actor, at: datetime) -> Ticket:
    """Call who waits longest for a service of this counter; Refused when nobody does."""
    counter = locked(Counter, counter_id, actor, Can.TAKE_IN)
    if not counter.is_open:
        raise Refused(_("This counter is closed; open it first."))
    if _at(counter).exists():
        raise Refused(_("Somebody is at this counter; end that visit first."))
    waiting = Ticket.objects.filter(
        centre_id=counter.centre_id, on=timezone.localdate(at), state=TicketState.WAITING,
        service__in=counter.services,
    )  # fmt: skip
    row = waiting.order_by("taken_at", "id").select_for_update(skip_locked=True).first()
    if row is None:
        raise Refused(_("Nobody waits for what this counter does."))
    return _called(row, counter, at)


def _at(counter: Counter) -> QuerySet[Ticket]:
    return Ticket.objects.filter(
        counter=counter, state__in=[TicketState.CALLED, TicketState.SERVED]
    )


def _called(row: Ticket, counter: Counter, at: datetime) -> Ticket:
    row.state, row.counter, row.called_at = TicketState.CALLED, counter, at
    row.call_count += 1
    row.save(update_fields=["state", "counter", "called_at", "call_count"])
    return row


@transaction.atomic
def serve(*, ticket_id: int, actor: Actor, at: datetime) -> Ticket:
    row = _open(ticket_id, actor)
    if row.state != TicketState.CALLED:
        raise Refused(_("Call the number first."))
    row.state, row.served_at = TicketState.SERVED, at
    row.save(update_fields=["state", "served_at"])
    return row


def _open(ticket_id: int, actor: Actor) -> Ticket:
    row = locked(Ticket, ticket_id, actor, Can.TAKE_IN)
    if row.state not in OPEN_TICKETS:
        raise Refused(_("{number} is over already.").format(number=row.number))
    return row


@transaction.atomic
def miss(*, ticket_id: int, actor: Actor, at: datetime) -> Ticket:
    """Note that nobody came; who comes later is called again."""
    row = _open(ticket_id, actor)
    if row.state != TicketState.CALLED:
        raise Refused(_("Only a number that was called can be passed over."))
    row.state, row.ended_at = TicketState.MISSED, at
    row.save(update_fields=["state", "ended_at"])
    return row


@transaction.atomic
def transfer(
    *, ticket_id: int, actor: Actor, at: datetime, service: str = "", counter_id: int | None = None
) -> Ticket:
    """Send somebody on, or call back who was missed: to a counter at once, or into the line of another service first."""
    row = locked(Ticket, ticket_id, actor, Can.TAKE_IN)
    if row.state == TicketState.DONE:
        raise Refused(_("{number} is over already.").format(number=row.number))
    if counter_id:
        # Locked: who is called to it at the same moment finds somebody there.
        here = Counter.objects.select_for_update().filter(centre_id=row.centre_id, is_open=True)
        counter = here.filter(pk=counter_id).first()
        if counter is None:
            raise OutOfReach
        if _at(counter).exclude(pk=row.pk).exists():
            raise Refused(_("Somebody is at this counter; end that visit first."))
        row.ended_at = None
        row.save(update_fields=["ended_at"])
        return _called(row, counter, at)
    if service not in queries.names("services"):
        raise Invalid({"service": _("Choose what you come for.")})
    row.state, row.counter, row.service, row.ended_at = TicketState.WAITING, None, service, None
    row.save(update_fields=["state", "counter", "service", "ended_at"])
    return row


@transaction.atomic
def end_ticket(
    *, ticket_id: int, actor: Actor, at: datetime, matter_id: int | None = None
) -> Ticket:
    row = _open(ticket_id, actor)
    row.state, row.ended_at = TicketState.DONE, at
    row.matter_id = matter_id or row.matter_id
    row.save(update_fields=["state", "ended_at", "matter"])
    return row


@transaction.atomic
def switch_counter(*, counter_id: int, actor: Actor) -> Counter:
    """Open a closed counter, close an open one; who is at it stays."""
    row = locked(Counter, counter_id, actor, Can.TAKE_IN)
    row.is_open = not row.is_open
    row.save(update_fields=["is_open"])
    return row
