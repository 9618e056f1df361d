"""Questions about supervision orders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.lifecycle import OPEN_ORDERS, OWES_REPLY, OrderState
from gongzhi.oversight.models import Order, Record
from gongzhi.oversight.queries.content import reason_name
from gongzhi.places import queries as places

BOXES: dict[str, tuple[Any, Q]] = {
    "owed": (_("Replies owed"), Q(state__in=OWES_REPLY)),
    "review": (_("Replies to review"), Q(state=OrderState.REPLIED)),
    "late": (_("Reply overdue"), Q(state__in=OWES_REPLY)),
    "open": (_("Every open order"), Q(state__in=OPEN_ORDERS)),
    "ended": (_("Ended"), ~Q(state__in=OPEN_ORDERS)),
}
BY_DUE = ("due_at", "id")
NEWEST = ("-id",)
CITY, TOWN = 0, 1  # levels of centres


@dataclass(frozen=True)
class OrderFilter:
    box: str = "open"
    level: int | None = None
    reason: str = ""
    area: str = ""
    text: str = ""


@dataclass(frozen=True)
class OrderRow:
    order: Order
    reason: str
    unit: str
    by: str
    place: str
    face: Any
    is_owed: bool


def visible_orders(actor: Actor) -> QuerySet[Order]:
    return Order.objects.within_reach_of(actor, Can.VIEW)


def _orders(actor: Actor, by: OrderFilter, at: datetime) -> QuerySet[Order]:
    rows = visible_orders(actor).filter(BOXES[by.box][1])
    if by.box == "late":
        rows = rows.filter(due_at__lt=at)
    if by.level is not None:
        rows = rows.filter(level=by.level)
    if by.reason:
        rows = rows.filter(reason=by.reason)
    if by.area:
        rows = rows.filter(area_path__startswith=by.area)
    if by.text:
        number = matters.whole_number(by.text) or by.text
        rows = rows.filter(
            Q(number__istartswith=by.text)
            | Q(matter_number__startswith=number)
            | Q(title__icontains=by.text)
        )
    return rows


def orders_page(
    actor: Actor, *, by: OrderFilter, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Order], list[OrderRow]]:
    """Return a page of a box: what is owed by its deadline, what has ended newest first."""
    order = BY_DUE if by.box in {"owed", "late"} else NEWEST
    page = page_of(_orders(actor, by, at), *order, after=after, before=before)
    return page, [order_row(row, at) for row in page.rows]


def order_row(row: Order, at: datetime) -> OrderRow:
    owed = row.state in OWES_REPLY
    face = clocks.face(
        due_at=row.due_at, at=at, started_at=row.issued_at, stopped_at=None if owed else row.ended_at or row.replied_at,
        counting="working",
    )  # fmt: skip
    by = row.by_name or accounts.unit_name(row.by_unit_id)
    return OrderRow(
        row, reason_name(row.reason), accounts.unit_name(row.unit_id), by, places.full_name(row.area_path), face, owed
    )  # fmt: skip


def order_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    """Count what is open, by box, and by level for the overview; one statement."""
    counted = visible_orders(actor).filter(state__in=OPEN_ORDERS).order_by().aggregate(
        owed=Count("id", filter=Q(state__in=OWES_REPLY)),
        review=Count("id", filter=Q(state=OrderState.REPLIED)),
        late=Count("id", filter=Q(state__in=OWES_REPLY, due_at__lt=at)),
        open=Count("id"),
        red=Count("id", filter=Q(level=2)),
        yellow=Count("id", filter=Q(level=1)),
    )  # fmt: skip
    return {name: int(count) for name, count in counted.items()}


@dataclass(frozen=True)
class OrderDetail:
    row: OrderRow
    lines: list[Record]
    matter: Any
    explanation: list[str]
    can_reply: bool
    can_decide: bool
    can_withdraw: bool


def order_detail(actor: Actor, order_id: int, *, at: datetime) -> OrderDetail:
    order = visible_orders(actor).filter(pk=order_id).first()
    if order is None:
        raise OutOfReach
    row = order_row(order, at)
    decides = may_decide(order, actor)
    return OrderDetail(
        row, lines_of(Record.Subject.ORDER, order_id), matters.standing(order.matter_id), [],
        can_reply=row.is_owed and may_reply(order, actor),
        can_decide=decides and order.state == OrderState.REPLIED and order.replied_by != actor.id,
        can_withdraw=decides and order.state in OPEN_ORDERS,
    )  # fmt: skip


def lines_of(subject: str, subject_id: int) -> list[Record]:
    """Return the ledger of an order, an owner, a batch or a suggestion, newest first."""
    return list(Record.objects.filter(subject=subject, subject_id=subject_id).order_by("-id"))


def may_reply(order: Order, actor: Actor) -> bool:
    """Tell whether the actor answers for the unit the order binds: works there, or in a unit above it."""
    return any(
        order.unit_id in accounts.units_below(grant.home)
        for grant in actor.grants_for(Can.REPLY)
        if grant.home is not None
    )


def may_decide(order: Order, actor: Actor) -> bool:
    """Tell whether the actor may review the reply: holds the capability there, not from the bound unit."""
    if not Order.objects.within_reach_of(actor, Can.ORDER).filter(pk=order.pk).exists():
        return False
    return all(grant.home != order.unit_id for grant in actor.grants_for(Can.ORDER))


def watching_unit(order: Order) -> int:
    """Return who watches over an order: who issued it; of one by a rule the town's centre, of the town's own the city's."""
    if order.by_unit_id:
        return order.by_unit_id
    town = accounts.centre_for(order.area_path, TOWN).id
    return town if town != order.unit_id else accounts.centre_for(order.area_path, CITY).id


def open_order_of(matter_id: int) -> Order | None:
    found = Order.objects.filter(matter_id=matter_id, state__in=OPEN_ORDERS)
    return found.order_by("-level", "-id").first()


def orders_table(actor: Actor, *, by: OrderFilter, at: datetime) -> Iterator[Sequence[Any]]:
    for order in _orders(actor, by, at).order_by(*NEWEST).iterator(chunk_size=500):
        row = order_row(order, at)
        yield (
            order.number, order.matter_number, order.title, row.place, row.reason, order.get_level_display(),
            order.get_state_display(), row.unit, row.by, order.text, order.issued_at, order.due_at, order.replied_at,
            order.reply, order.return_count, order.escalations, order.ended_at, order.decision,
        )  # fmt: skip
