"""Performance: what was done, with proofs; reminders before the day, and the routes after it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.agreements import queries
from gongzhi.agreements.actions.reaching import locked, must_be, reach
from gongzhi.agreements.actions.sealing import follow
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.events import DueNoted
from gongzhi.agreements.models import Agreement, Due
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import queries as disputes
from gongzhi.matters import actions as matters
from gongzhi.notices import actions as notices
from gongzhi.talks import actions as telling
from gongzhi.talks import queries as talks

MOST_PROOFS = 6


@transaction.atomic
def note_due(
    *,
    matter_id: int,
    due_id: int,
    state: str,
    on: date,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
    note: str = "",
    uploads: Sequence[str] = (),
) -> Due:
    """
    Record that something was performed (with its proofs) or that the other side released it.

    Invalid when less was paid than is due: the rest stays owed and belongs in a note of its own.
    """
    row, due = _due(matter_id, due_id, actor, at)
    if due.state != Due.State.OPEN:
        raise Refused(_("This was noted already; take it back first to change it."))
    _check(due, state, on=on, amount=amount, note=note, at=at)
    if uploads:
        matters.attach(
            disputes.dispute(matter_id).matter, list(uploads)[:MOST_PROOFS], stage="proof", actor=actor, at=at
        )  # fmt: skip
    due.state, due.done_on, due.note = state, on, note[:1000]
    due.done_amount = amount if state == Due.State.DONE else None
    due.proofs = list(uploads)[:MOST_PROOFS]
    due.noted_by, due.noted_at = actor.id, at
    due.save()
    follow(row)
    audit.record(actor=actor, verb="agreements.note_due", subject=f"matter:{matter_id}", at=at, detail={"due": due.pk, "state": state})  # fmt: skip
    bus.publish(DueNoted(matter_id, due.clause, due.part, on, row.open_dues, at))
    return due


def _due(matter_id: int, due_id: int, actor: Actor, at: datetime) -> tuple[Agreement, Due]:
    reach(matter_id, actor, Can.FOLLOW, at=at)
    row = locked(matter_id)
    must_be(row, Agreement.State.EFFECTIVE)
    due = Due.objects.filter(agreement=row, pk=due_id).first()
    if due is None:
        raise OutOfReach
    return row, due


def _check(
    due: Due, state: str, *, on: date, amount: Decimal | None, note: str, at: datetime
) -> None:
    problems: dict[str, str] = {}
    if on > timezone.localdate(at):
        problems["on"] = _("This day is still to come.")
    if state == Due.State.DONE and due.amount and (amount is None or amount < due.amount):
        problems["amount"] = _("{amount} yuan are due. Less is a part: note it in words and leave this open.").format(amount=due.amount)  # fmt: skip
    if state == Due.State.EXCUSED and not note.strip():
        problems["note"] = _("Say who released it and why.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def reopen_due(*, matter_id: int, due_id: int, actor: Actor, at: datetime) -> Due:
    """Take a note of performance back; its proofs stay in the file."""
    row, due = _due(matter_id, due_id, actor, at)
    due.state, due.done_on, due.done_amount = Due.State.OPEN, None, None
    due.save(update_fields=["state", "done_on", "done_amount"])
    follow(row)
    audit.record(actor=actor, verb="agreements.reopen_due", subject=f"matter:{matter_id}", at=at, detail={"due": due.pk})  # fmt: skip
    return due


def remind(*, at: datetime) -> int:
    """
    Remind those who have to perform, some days before, and tell the body once when a day has passed.

    Once a line: who runs it twice, or two at once, tell nobody twice. Returns how many lines were told.
    """
    on = timezone.localdate(at)
    ids = list(_to_remind(on).order_by("due_on").values_list("pk", flat=True))
    return sum(_remind_one(due_id, on, at) for due_id in ids)


def _to_remind(on: date) -> "QuerySet[Due]":
    soon = on + timedelta(days=queries.remind_before(on))
    open_ones = Due.objects.filter(state=Due.State.OPEN, agreement__state=Agreement.State.EFFECTIVE)
    return open_ones.filter(Q(due_on__lte=soon, due_on__gte=on, reminded_on=None) | Q(due_on__lt=on, late_told_on=None))  # fmt: skip


@transaction.atomic
def _remind_one(due_id: int, on: date, at: datetime) -> bool:
    waiting = _to_remind(on).select_for_update(of=("self",), skip_locked=True)
    due = waiting.select_related("agreement").filter(pk=due_id).first()
    if due is None or due.due_on is None:
        return False
    is_late = due.due_on < on
    values = {"number": due.agreement.matter_number, "due": f"{due.due_on:%Y-%m-%d}"}
    link = f"/desk/disputes/{due.agreement.matter_number}/agreement"
    if is_late:
        due.late_told_on = on
    else:
        due.reminded_on = on
        _remind_sides(due, values, at)
    due.save(update_fields=["late_told_on", "reminded_on"])
    template = "agreement_late" if is_late else "agreement_due"
    notices.tell(people=_office(due, at), template=template, values=values, link=link, at=at)
    return True


def _remind_sides(due: Due, values: dict[str, str], at: datetime) -> None:
    """
    Write to whoever has to perform; the message names the number and the day, nothing of the dispute.

    Nothing at all where the channel must be safe, and nothing to a telephone that others read.
    """
    if talks.is_hidden(due.agreement_id):
        return
    terms = queries.terms_of(queries.version_of(due.agreement, due.agreement.version))
    debtors = {seq for place, one in enumerate(terms.obligations, 1) if place == due.clause for seq in one.debtors}  # fmt: skip
    for party in disputes.parties(due.agreement_id):
        if party.seq in debtors and party.phone:
            telling.tell_party(party, "agreement_due", values, at=at)


def _office(due: Due, at: datetime) -> list[int]:
    body = disputes.dispute(due.agreement_id).body
    if body is None:
        return []
    found = accounts.people_in_units("body_clerk", "mediator", unit_ids=[body.unit_id], on=timezone.localdate(at))  # fmt: skip
    return [person.id for person in found[:10]]
