"""What oversight does by itself: orders from rules, replies that are overdue, steps of owners, late answers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as register
from gongzhi.oversight import queries, rules
from gongzhi.oversight.actions.ledger import write
from gongzhi.oversight.actions.orders import ORDER, RULES, issue_by_rule, redden, reply_due
from gongzhi.oversight.actions.telling import (
    COMMAND,
    people_of,
    tell_order,
    tell_owner,
    tell_suggestion,
)
from gongzhi.oversight.lifecycle import OWES_REPLY, Deed, Level, OwnerState, SuggestionState
from gongzhi.oversight.models import Order, Ownership, Record, Suggestion

COLUMNS = {"reworked": "rework_count", "reopened": "reopen_count", "urged": "urge_count"}
BATCH = 200


def watch(*, at: datetime) -> int:
    """Do everything that is due; return how many orders, owners and suggestions were touched."""
    return apply_rules(at=at) + escalate(at=at) + remind_owners(at=at) + remind_departments(at=at)


def apply_rules(*, at: datetime) -> int:
    """Issue the orders that the rules ask for, red rules first; each rule speaks once about one lapse."""
    on = timezone.localdate(at)
    left = queries.norm("watch.most", on=on)
    touched = 0
    for rule in sorted(queries.order_rules_in_force(on=on), key=lambda one: -one.level):
        for found in _asked_by(rule, at):
            if touched >= left:
                return touched
            touched += _obey(rule, found, at)
    return touched


def _asked_by(rule: queries.RuleRow, at: datetime) -> Iterator[register.Pressing]:
    """Yield the matters a rule speaks about now, without those it has spoken about for the same lapse."""
    for page in _pages(rule, at):
        told: dict[int, list[rules.Told]] = {}
        records = Record.objects.filter(matter_id__in=[m.id for m in page], rule=rule.code)
        for matter_id, told_at, count in records.values_list("matter_id", "at", "count"):
            told.setdefault(matter_id or 0, []).append(rules.Told(told_at, count))
        for one in page:
            measured = rules.Measured(one.id, one.due_at, one.count)
            if rules.speaks_again(measured, told.get(one.id, [])):
                yield one


def _pages(rule: queries.RuleRow, at: datetime) -> Iterator[list[register.Pressing]]:
    urgent = {"yes": True, "no": False}.get(rule.urgent)
    if rule.measure == "overdue":
        before, after = _cutoff(rule, at), None
        while page := register.overdue_since(
            before=before, urgent=urgent, supervised_below=rule.level, after=after
        ):
            yield page
            last = page[-1]
            assert last.due_at is not None
            after = (last.due_at, last.id)
        return
    last_id = 0
    while page := register.gone_round(
        column=COLUMNS[rule.measure], least=rule.amount, urgent=urgent, supervised_below=rule.level, after=last_id
    ):  # fmt: skip
        yield page
        last_id = page[-1].id


def _cutoff(rule: queries.RuleRow, at: datetime) -> datetime:
    limit = clocks.Limit(rule.amount, cast("Any", rule.unit), cast("Any", rule.counting))
    calendar = clocks.calendar()

    def deadline(start: datetime) -> datetime:
        return clocks.deadline(start=start, limit=limit, calendar=calendar).due_at or at

    return rules.cutoff(at=at, deadline=deadline)


def _obey(rule: queries.RuleRow, found: register.Pressing, at: datetime) -> int:
    """Issue an order, or raise the one that is open; a matter that moved on meanwhile is left alone."""
    text = _("{rule}. Settle it without delay and report the cause and the result.").format(rule=rule.name)  # fmt: skip
    try:
        with transaction.atomic():
            known = Order.objects.select_for_update().filter(pk=_open_order(found.id)).first()
            if known is not None and known.level >= rule.level:
                return 0
            if known is not None:
                redden(known, note=text, actor=RULES, at=at, rule=rule.code, count=found.count)
                return 1
            issue_by_rule(
                matter_id=found.id, rule=rule.code, count=found.count, reason=rule.reason, level=rule.level, text=text,
                at=at,
            )  # fmt: skip
    except (Refused, Invalid):
        return 0
    return 1


def _open_order(matter_id: int) -> int:
    order = queries.open_order_of(matter_id)
    return order.pk if order else 0


def escalate(*, at: datetime) -> int:
    """Tell one level more of each reply that is overdue, and make a yellow order red."""
    most = queries.norm("order.escalations", on=timezone.localdate(at))
    due = Order.objects.filter(state__in=OWES_REPLY, due_at__lt=at, escalations__lt=most)
    ids = list(due.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH])
    return sum(_escalate(order_id, most, at) for order_id in ids)


@transaction.atomic
def _escalate(order_id: int, most: int, at: datetime) -> int:
    rows = Order.objects.select_for_update(skip_locked=True).filter(
        pk=order_id, state__in=OWES_REPLY, due_at__lt=at, escalations__lt=most
    )
    order = rows.first()
    if order is None:
        return 0
    order.escalations += 1
    was_yellow = order.level == Level.YELLOW
    if was_yellow:
        _redden(order, at)
    order.due_at = reply_due(Level.RED, at=at)
    order.save()
    write(ORDER, order.pk, Deed.ESCALATE, actor=RULES, at=at, matter_id=order.matter_id)
    height = max(0, 2 - order.escalations)
    centre = accounts.centre_for(order.area_path, height)
    people = people_of(order.unit_id, at) + people_of(centre.id, at, roles=COMMAND)
    tell_order(order, "order_overdue", people, at=at, level=f"{Level(order.level).label} · {centre.name}")  # fmt: skip
    return 1


def _redden(order: Order, at: datetime) -> None:
    """Raise an order whose reply is overdue; when the matter is over, only the order turns red."""
    if register.standing(order.matter_id).is_open:
        redden(order, note=_("No reply within the term."), actor=RULES, at=at)
    else:
        order.level = Level.RED


def remind_owners(*, at: datetime) -> int:
    """Remind owners of a next step that is due, once a day."""
    on = timezone.localdate(at)
    due = Ownership.objects.filter(state=OwnerState.ACTIVE, next_on__lte=on).exclude(reminded_on=on)
    with transaction.atomic():
        rows = list(due.order_by("next_on", "id").select_for_update(skip_locked=True)[:BATCH])
        for owned in rows:
            tell_owner(owned, "owner_due", [owned.owner_id], at=at, state=queries.stage_name(owned.stage))  # fmt: skip
        Ownership.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=on)
    return len(rows)


def remind_departments(*, at: datetime) -> int:
    """Tell a department, and whoever raised it, once that the answer to a suggestion is overdue."""
    due = Suggestion.objects.filter(
        state=SuggestionState.RAISED, due_at__lt=at, reminded_at__isnull=True
    )
    with transaction.atomic():
        rows = list(due.order_by("due_at").select_for_update(skip_locked=True)[:BATCH])
        for row in rows:
            people = people_of(row.unit_id, at) + ([row.raised_by] if row.raised_by else [])
            tell_suggestion(row, "suggestion_overdue", people, at=at)
            write(Record.Subject.SUGGESTION, row.pk, Deed.ESCALATE, actor=RULES, at=at)
        Suggestion.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return len(rows)
