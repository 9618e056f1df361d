"""Supervision orders 督办单: issue, reply, accept or return the reply, urge, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base import bus
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as register
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.oversight import queries
from gongzhi.oversight.actions.ledger import write
from gongzhi.oversight.actions.telling import COMMAND, people_of, tell_order
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.events import OrderIssued
from gongzhi.oversight.lifecycle import OPEN_ORDERS, OWES_REPLY, Deed, Level, OrderState
from gongzhi.oversight.models import Order, Record

ORDER = Record.Subject.ORDER
SHORTEST_REPLY = 4
LONGEST = 5000
RULES = system("督办规则", Matters.SUPERVISE, Can.ORDER)
_KEEPER = system("督办台账", Matters.SUPERVISE)


@dataclass(frozen=True)
class OrderSaid:
    """What somebody who issues an order says."""

    matter_number: str
    reason: str
    level: int
    text: str


def reply_due(level: int, *, at: datetime) -> datetime:
    """Return until when a unit must reply, by the time rules "oversight.reply.yellow" and ".red"."""
    code = "oversight.reply.red" if level == Level.RED else "oversight.reply.yellow"
    limit = clocks.rule_limit(code, on=timezone.localdate(at))
    due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert due is not None
    return due


@transaction.atomic
def issue(*, said: OrderSaid, actor: Actor, at: datetime) -> Order:
    """Put the unit that owes a matter's next move under supervision; it must reply in writing."""
    if not actor.can(Can.ORDER):
        raise OutOfReach
    _check(said, at)
    found = register.ids_by_number([register.whole_number(said.matter_number)], actor)
    matter_id = next(iter(found.values()), None)
    if matter_id is None:
        raise Invalid({"matter_number": _("There is no such matter within your reach.")})
    if queries.open_order_of(matter_id) is not None:
        raise Refused(_("An order about this matter is open already; raise or urge that one."))
    return _issue(matter_id, said, actor, at)


def _check(said: OrderSaid, at: datetime) -> None:
    problems = {}
    if said.reason not in {row.code for row in queries.reasons(on=timezone.localdate(at))}:
        problems["reason"] = _("Choose a reason.")
    if said.level not in Level.values:
        problems["level"] = _("Choose yellow or red.")
    if len(said.text.strip()) < SHORTEST_REPLY:
        problems["text"] = _("Say what the unit is to do and to report.")
    if problems:
        raise Invalid(problems)


def issue_by_rule(
    *, matter_id: int, rule: str, count: int, reason: str, level: int, text: str, at: datetime
) -> Order:
    """Issue an order that a rule asks for."""
    said = OrderSaid("", reason, level, text)
    return _issue(matter_id, said, RULES, at, rule=rule, count=count)


@transaction.atomic
def _issue(
    matter_id: int, said: OrderSaid, actor: Actor, at: datetime, *, rule: str = "", count: int = 0
) -> Order:
    number = _next_number(at)
    level_word = "red" if said.level == Level.RED else "yellow"
    matter = matters.move(
        matter_id=matter_id, move="supervise", values={"reason": said.text.strip(), "level": level_word}, actor=actor,
        at=at, facts={"order": number},
    )  # fmt: skip
    return _keep(matter, number, said, actor, at, rule=rule, count=count)


def _keep(
    matter: object, number: str, said: OrderSaid, actor: Actor, at: datetime, *, rule: str, count: int
) -> Order:  # fmt: skip
    standing = register.standing(matter.id)  # type: ignore[attr-defined]
    unit = accounts.unit(standing.owing_unit_id or 0)
    home = next((g.home for g in actor.grants_for(Matters.SUPERVISE) if g.home), None)
    units = [*unit.ancestors]
    if home:
        units += [u for u in accounts.unit(home).ancestors if u not in units]
    order = Order.objects.create(
        number=number, matter_id=standing.id, matter_number=standing.number, title=standing.title, reason=said.reason,
        level=said.level, text=said.text.strip()[:LONGEST], rule=rule, unit_id=unit.id, by_unit_id=home,
        by_name=actor.name[:80], by_id=actor.id, area_path=standing.area_path, unit_ids=units, issued_at=at,
        due_at=reply_due(said.level, at=at),
    )  # fmt: skip
    write(ORDER, order.pk, Deed.ISSUE, actor=actor, at=at, note=order.text, matter_id=standing.id, rule=rule, count=count)  # fmt: skip
    tell_order(order, "order_issued", people_of(unit.id, at), at=at, reason=order.text)
    bus.publish(OrderIssued(order.pk, standing.id, order.level, unit.id, at))
    return order


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('oversight_record', 'id'))")
        (serial,) = cursor.fetchone()
    return f"DB{timezone.localdate(at):%y}-{serial:06d}"


@transaction.atomic
def keep_supervision(*, matter_id: int, note: str, level: str, actor_id: int, at: datetime) -> Order | None:  # fmt: skip
    """
    Keep the order for a matter that was put under supervision from its own page; None when there is one.

    Safe to repeat: an open order of the matter is left as it is.
    """
    if queries.open_order_of(matter_id) is not None:
        return None
    standing = register.standing(matter_id)
    if not standing.is_open or standing.owing_unit_id is None:
        return None
    actor = accounts.actor_for(actor_id, at) if actor_id else _KEEPER
    is_late = standing.due_at is not None and standing.due_at < at
    said = OrderSaid(standing.number, "overdue" if is_late else "other", Level.RED if level == "red" else Level.YELLOW, note)  # fmt: skip
    return _keep(standing, _next_number(at), said, actor, at, rule="", count=0)


@transaction.atomic
def reply(*, order_id: int, text: str, actor: Actor, at: datetime) -> Order:
    """Reply for the unit that an order binds; whoever issued it reviews the reply."""
    order = locked(order_id, actor, Can.REPLY)
    _must_be(order, OWES_REPLY)
    if not queries.may_reply(order, actor):
        raise Refused(_("{unit} replies to this order.").format(unit=accounts.unit_name(order.unit_id)))  # fmt: skip
    if len(text.strip()) < SHORTEST_REPLY:
        raise Invalid({"text": _("Say what was done, or by when it will be.")})
    order.state, order.reply = OrderState.REPLIED, text.strip()[:LONGEST]
    order.replied_at, order.replied_by, order.replied_by_name = at, actor.id, actor.name[:80]
    order.save()
    write(ORDER, order.pk, Deed.REPLY, actor=actor, at=at, note=order.reply, matter_id=order.matter_id)  # fmt: skip
    told = (
        [order.by_id] if order.by_id else people_of(queries.watching_unit(order), at, roles=COMMAND)
    )
    tell_order(order, "order_replied", told, at=at, result=order.reply[:200])
    return order


@transaction.atomic
def accept(*, order_id: int, note: str = "", actor: Actor, at: datetime) -> Order:
    """Accept a reply; the order ends, and with the last one the supervision of the matter."""
    order = _decided(order_id, actor)
    _end(order, Deed.ACCEPT, note, actor, at)
    tell_order(order, "order_decided", people_of(order.unit_id, at), at=at, decision=_("accepted"), reason=note)  # fmt: skip
    return order


@transaction.atomic
def return_reply(*, order_id: int, note: str, actor: Actor, at: datetime) -> Order:
    """Return a reply that does not do; the unit replies again within a new term."""
    order = _decided(order_id, actor)
    if len(note.strip()) < SHORTEST_REPLY:
        raise Invalid({"note": _("Say what is missing; the unit reads it.")})
    order.state, order.due_at = OrderState.RETURNED, reply_due(order.level, at=at)
    order.decision, order.return_count = note.strip()[:LONGEST], order.return_count + 1
    order.save()
    write(ORDER, order.pk, Deed.RETURN, actor=actor, at=at, note=order.decision, matter_id=order.matter_id)  # fmt: skip
    tell_order(order, "order_decided", people_of(order.unit_id, at), at=at, decision=_("returned"), reason=note)  # fmt: skip
    return order


@transaction.atomic
def urge(*, order_id: int, note: str = "", actor: Actor, at: datetime) -> Order:
    """Remind the unit of a reply it owes."""
    order = locked(order_id, actor, Can.ORDER)
    _must_be(order, OWES_REPLY)
    write(ORDER, order.pk, Deed.URGE, actor=actor, at=at, note=note[:LONGEST], matter_id=order.matter_id)  # fmt: skip
    tell_order(
        order, "order_issued", people_of(order.unit_id, at), at=at, reason=note or order.text
    )
    return order


@transaction.atomic
def raise_to_red(*, order_id: int, note: str, actor: Actor, at: datetime) -> Order:
    """Make a yellow order red; the unit has the shorter term from now on."""
    order = locked(order_id, actor, Can.ORDER)
    _must_be(order, OPEN_ORDERS)
    if order.level == Level.RED:
        raise Refused(_("The order is red already."))
    if len(note.strip()) < 2:
        raise Invalid({"note": _("Say why.")})
    redden(order, note=note.strip(), actor=actor, at=at)
    return order


def redden(
    order: Order, *, note: str, actor: Actor, at: datetime, rule: str = "", count: int = 0
) -> None:
    """Raise a locked order; the matter's own mark follows."""
    order.level = Level.RED
    if order.state in OWES_REPLY:
        order.due_at = reply_due(Level.RED, at=at)
    order.save()
    matters.move(
        matter_id=order.matter_id, move="supervise", values={"reason": note, "level": "red"}, actor=actor, at=at,
        facts={"order": order.number},
    )  # fmt: skip
    write(ORDER, order.pk, Deed.RAISE, actor=actor, at=at, note=note, matter_id=order.matter_id, rule=rule, count=count)  # fmt: skip
    tell_order(order, "order_issued", people_of(order.unit_id, at), at=at, reason=note)


@transaction.atomic
def withdraw(*, order_id: int, note: str, actor: Actor, at: datetime) -> Order:
    order = locked(order_id, actor, Can.ORDER)
    _must_be(order, OPEN_ORDERS)
    if not queries.may_decide(order, actor):
        raise Refused(_("The unit under supervision does not end it itself."))
    if len(note.strip()) < 2:
        raise Invalid({"note": _("Say why.")})
    _end(order, Deed.WITHDRAW, note, actor, at)
    tell_order(order, "order_decided", people_of(order.unit_id, at), at=at, decision=_("withdrawn"), reason=note)  # fmt: skip
    return order


@transaction.atomic
def end_with_supervision(*, matter_id: int, note: str, actor_id: int, at: datetime) -> int:
    """Withdraw the open orders of a matter whose supervision was ended from its own page; safe to repeat."""
    actor = accounts.actor_for(actor_id, at) if actor_id else _KEEPER
    orders = Order.objects.select_for_update().filter(matter_id=matter_id, state__in=OPEN_ORDERS)
    ended = list(orders)
    for order in ended:
        _end(order, Deed.WITHDRAW, note, actor, at)
    return len(ended)


@transaction.atomic
def end_with_matter(*, matter_id: int, at: datetime) -> int:
    """End what rules ordered when the matter is over; what a person ordered still waits for its reply."""
    orders = Order.objects.select_for_update().filter(matter_id=matter_id, state__in=OPEN_ORDERS)
    ended = list(orders.exclude(rule=""))
    for order in ended:
        _end(order, Deed.LAPSE, "", _KEEPER, at)
    return len(ended)


_ENDS = {
    Deed.ACCEPT: OrderState.ACCEPTED,
    Deed.WITHDRAW: OrderState.WITHDRAWN,
    Deed.LAPSE: OrderState.LAPSED,
}


def _end(order: Order, deed: Deed, note: str, actor: Actor, at: datetime) -> None:
    """End a locked order, and with the last one the supervision of its matter."""
    order.state, order.ended_at, order.decision = _ENDS[deed], at, note.strip()[:LONGEST]
    order.save()
    write(ORDER, order.pk, deed, actor=actor, at=at, note=order.decision, matter_id=order.matter_id)
    if deed != Deed.LAPSE and queries.open_order_of(order.matter_id) is None:
        _end_supervision(order, actor, at)


def _end_supervision(order: Order, actor: Actor, at: datetime) -> None:
    """Take the mark off the matter; somebody may have done so already."""
    try:
        with transaction.atomic():
            matters.move(
                matter_id=order.matter_id, move="end_supervision", values={"note": order.decision}, actor=actor, at=at,
                facts={"order": order.number},
            )  # fmt: skip
    except Refused:
        return


def _decided(order_id: int, actor: Actor) -> Order:
    order = locked(order_id, actor, Can.ORDER)
    _must_be(order, (OrderState.REPLIED,))
    if order.replied_by == actor.id or not queries.may_decide(order, actor):
        raise Refused(_("Somebody else than the unit under supervision reviews its reply."))
    return order


def locked(order_id: int, actor: Actor, capability: str) -> Order:
    rows = Order.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise OutOfReach
    return order


def _must_be(order: Order, states: Sequence[str]) -> None:
    if order.state not in states:
        words = _("This order is in the state “{state}” meanwhile.")
        raise Refused(words.format(state=order.get_state_display()))
