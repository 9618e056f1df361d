"""Issuing instructions, changing their words, passing them on, ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.duty.actions.recording import record
from gongzhi.duty.capabilities import Can
from gongzhi.duty.events import InstructionEnded, InstructionIssued
from gongzhi.duty.lifecycle import OPEN, OWED, Deed, Receipt, State
from gongzhi.duty.models import Instruction, Receiver, Referral, Wording
from gongzhi.duty.queries.content import Urgency, urgencies
from gongzhi.duty.queries.units import columns_of, homes
from gongzhi.duty.rules import number_of
from gongzhi.files import actions as files
from gongzhi.matters import queries as matters

MOST_MATTERS, MOST_FILES, LONGEST = 50, 9, 20_000


@dataclass(frozen=True)
class InstructionDraft:
    unit_id: int  # who issues it
    title: str
    text: str
    urgency: str
    receiver_ids: Sequence[int]
    due_at: datetime | None = None  # None: as the time rule of the urgency says
    numbers: Sequence[str] = ()  # of matters
    uploads: Sequence[str] = ()
    parent_id: int | None = None  # the part of an instruction from above that is passed on


@dataclass(frozen=True)
class _Terms:
    """When something is due, from when it is amber, and which time counts."""

    due_at: datetime
    warn_at: datetime
    counting: str


@transaction.atomic
def issue(*, draft: InstructionDraft, actor: Actor, at: datetime) -> Instruction:
    """Issue an instruction to units within reach: each owes a receipt, then an answer."""
    receivers = [unit for unit in dict.fromkeys(draft.receiver_ids) if unit != draft.unit_id]
    urgency = _checked(draft, receivers)
    parent = _parent(draft, actor)
    answer = _answer_terms(draft, urgency, at)
    if parent is not None and answer.due_at > parent.due_at:
        raise Invalid(
            {
                "due_at": _(
                    "The level above wants its answer by {time}: let yours be due before."
                ).format(time=_moment(parent.due_at))
            }
        )
    row = _written(draft, urgency, parent, answer, actor=actor, at=at)
    _address(row, receivers, parent, receipt=terms(urgency.receipt_rule, at), answer=answer, at=at)
    _within_reach(row, actor, len(receivers))
    _refer(row, draft.numbers, actor, at)
    claimed = files.claim(tokens=draft.uploads, actor=actor, at=at)
    record(row, Deed.ISSUE, at=at, actor=actor, note="", unit_id=row.unit_id, file_ids=claimed)
    if parent is not None:
        record(
            parent.instruction,
            Deed.PASS_ON,
            at=at,
            actor=actor,
            note=row.number,
            unit_id=parent.unit_id,
            receiver=parent,
        )
    bus.publish(InstructionIssued(row.pk, at))
    return row


def _checked(draft: InstructionDraft, receivers: Sequence[int]) -> Urgency:
    problems = {}
    if len(draft.title.strip()) < 2:
        problems["title"] = _("Give a title.")
    if not 2 <= len(draft.text.strip()) <= LONGEST:
        problems["text"] = _("Write what is to be done.")
    if not receivers:
        problems["units"] = _("Choose who is to carry it out.")
    if draft.urgency not in urgencies():
        problems["urgency"] = _("Choose one of the list.")
    if len(draft.numbers) > MOST_MATTERS:
        problems["numbers"] = _("At most {n} matters.").format(n=MOST_MATTERS)
    if len(draft.uploads) > MOST_FILES:
        problems["uploads"] = _("At most {n} files.").format(n=MOST_FILES)
    if problems:
        raise Invalid(problems)
    return urgencies()[draft.urgency]


def _parent(draft: InstructionDraft, actor: Actor) -> Receiver | None:
    """Return the part that is passed on, locked: the unit's own, and still owed."""
    if draft.parent_id is None:
        return None
    rows = Receiver.objects.select_for_update(of=("self",)).select_related("instruction")
    found = rows.filter(pk=draft.parent_id, unit=draft.unit_id).first()
    if found is None or draft.unit_id not in homes(actor, Can.INSTRUCT):
        raise OutOfReach
    if found.state == Receipt.TO_RECEIVE:
        raise Refused(_("Sign for the instruction from above before you pass it on."))
    if found.state not in OWED:
        raise Refused(_("This is “{state}” meanwhile.").format(state=found.get_state_display()))
    return found


def terms(rule: str, at: datetime, *, calendar: str = "default") -> _Terms:
    """Work out a time rule from a moment on."""
    limit = clocks.rule_limit(rule, timezone.localdate(at))
    found = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar(calendar))
    assert found.due_at is not None
    assert found.warn_at is not None
    return _Terms(found.due_at, found.warn_at, limit.counting)


def _answer_terms(draft: InstructionDraft, urgency: Urgency, at: datetime) -> _Terms:
    if draft.due_at is None:
        return terms(urgency.answer_rule, at)
    if draft.due_at <= at:
        raise Invalid({"due_at": _("This moment has passed: choose a later one.")})
    return _Terms(draft.due_at, draft.due_at - (draft.due_at - at) / 4, "continuous")


def _written(
    draft: InstructionDraft, urgency: Urgency, parent: Receiver | None, answer: _Terms, *, actor: Actor, at: datetime
) -> Instruction:  # fmt: skip
    serial = _next_id()
    row = Instruction.objects.create(
        id=serial, number=number_of(year=timezone.localtime(at).year, serial=serial), **columns_of(draft.unit_id),
        parent=parent, title=draft.title.strip()[:120], urgency=urgency.code, issued_at=at, due_at=answer.due_at,
        actor_id=actor.id, actor_name=actor.name[:150],
    )  # fmt: skip
    _word(row, draft.text, "", actor, at)
    return row


def _next_id() -> int:
    """Draw a serial: no row is locked that two issuers both need."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('duty_instruction', 'id'))")
        return int(cursor.fetchone()[0])


def _word(row: Instruction, text: str, reason: str, actor: Actor, at: datetime) -> None:
    Wording.objects.create(
        instruction=row, version=row.version, text=text.strip(), reason=reason.strip()[:300], at=at,
        actor_name=actor.name[:150],
    )  # fmt: skip


def _address(
    row: Instruction, units: Sequence[int], parent: Receiver | None, *, receipt: _Terms, answer: _Terms, at: datetime
) -> None:  # fmt: skip
    chain = [*(parent.chain if parent else []), row.pk]
    above = [*(parent.above if parent else []), parent.pk] if parent else []
    Receiver.objects.bulk_create(
        Receiver(
            instruction=row, **columns_of(unit), chain=chain, above=above, asked_at=at,
            receipt_due_at=min(receipt.due_at, answer.due_at), receipt_warn_at=min(receipt.warn_at, answer.warn_at),
            receipt_counting=receipt.counting, due_at=answer.due_at, warn_at=answer.warn_at, counting=answer.counting,
        )
        for unit in sorted(units)
    )  # fmt: skip


def _within_reach(row: Instruction, actor: Actor, count: int) -> None:
    """Ask of the rows themselves whether the actor may issue this, and to all of them."""
    if row.unit_id not in homes(actor, Can.INSTRUCT):
        raise OutOfReach
    reached = Receiver.objects.within_reach_of(actor, Can.INSTRUCT).filter(instruction=row).count()
    if reached != count:
        raise Invalid({"units": _("Some of these units are not below yours.")})


def _refer(row: Instruction, numbers: Sequence[str], actor: Actor, at: datetime) -> None:
    referrals = []
    for number in dict.fromkeys(numbers):
        if problem := matters.number_problem(number):
            raise Invalid({"numbers": f"{number}：{problem}"})
        whole = matters.whole_number(number)
        by = matters.Filter(q=whole)
        found = (
            matters.matters_in(matters.Box.ALL, actor, by=by, at=at, size=1).rows if whole else []
        )
        if not found:
            raise Invalid(
                {
                    "numbers": _("{number}: there is no such matter within your reach.").format(
                        number=number
                    )
                }
            )
        referrals.append(
            Referral(
                instruction=row,
                matter_id=found[0].id,
                number=found[0].number,
                title=found[0].title[:120],
            )
        )
    Referral.objects.bulk_create(referrals)


@transaction.atomic
def amend(
    *, number: str, text: str, reason: str, version: int, actor: Actor, at: datetime
) -> Instruction:
    """Put new words into force; units that are not done sign for them anew, the old words stay readable."""
    row = _locked(number, actor)
    if row.version != version:
        raise Refused(_("The text was changed meanwhile: look at it first."))
    problems = {}
    if not 2 <= len(text.strip()) <= LONGEST:
        problems["text"] = _("Write what is to be done.")
    elif text.strip() == row.wordings.get(version=version).text:
        problems["text"] = _("The text is the same as before.")
    if len(reason.strip()) < 2:
        problems["reason"] = _("Give the reason.")
    if problems:
        raise Invalid(problems)
    row.version += 1
    row.save(update_fields=["version"])
    _word(row, text, reason, actor, at)
    _ask_anew(row, at)
    record(row, Deed.AMEND, at=at, actor=actor, note=reason.strip(), unit_id=row.unit_id)
    bus.publish(InstructionIssued(row.pk, at))
    return row


def _ask_anew(row: Instruction, at: datetime) -> None:
    receipt = terms(urgencies()[row.urgency].receipt_rule, at)
    row.receivers.filter(state__in=OPEN).update(
        state=Receipt.TO_RECEIVE, asked_at=at, receipt_due_at=receipt.due_at, receipt_warn_at=receipt.warn_at,
        receipt_told_at=None, answered_at=None,
    )  # fmt: skip


@transaction.atomic
def close(*, number: str, note: str, actor: Actor, at: datetime) -> Instruction:
    """Close an instruction; what units still owe ends, and then the reason must be said."""
    row = _locked(number, actor)
    left = row.receivers.filter(state__in=OPEN)
    if left.filter(state=Receipt.ANSWERED).exists():
        raise Refused(_("Answers wait to be looked at: accept them or send them back first."))
    if left.exists() and len(note.strip()) < 2:
        raise Invalid({"note": _("Some units are not done: say why it is closed all the same.")})
    return _ended(row, State.CLOSED, Deed.CLOSE, note, actor=actor, at=at)


@transaction.atomic
def withdraw(*, number: str, reason: str, actor: Actor, at: datetime) -> Instruction:
    """Take an instruction back: nobody owes anything more, here and on the levels below."""
    row = _locked(number, actor)
    if len(reason.strip()) < 2:
        raise Invalid({"note": _("Give the reason.")})
    return _ended(row, State.WITHDRAWN, Deed.WITHDRAW, reason, actor=actor, at=at)


def _ended(
    row: Instruction, state: State, deed: Deed, note: str, *, actor: Actor, at: datetime
) -> Instruction:
    """End it, and with it what was passed on: the levels below learn of it by the same event."""
    below = Receiver.objects.filter(chain__contains=[row.pk]).exclude(instruction=row)
    children = Instruction.objects.filter(pk__in=below.values("instruction"), state=State.OPEN)
    for one in [*children.order_by("pk"), row]:
        one.state, one.ended_at, one.end_note = state, at, note.strip()[:500]
        one.save(update_fields=["state", "ended_at", "end_note"])
        one.receivers.filter(state__in=OPEN).update(state=Receipt.ENDED, ended_at=at)
        said = note.strip() if one == row else f"{row.number} {note.strip()}".strip()
        record(one, deed, at=at, actor=actor, note=said, unit_id=row.unit_id)
        bus.publish(InstructionEnded(one.pk, at))
    return row


def _locked(number: str, actor: Actor) -> Instruction:
    """Return an open instruction of the actor's own unit, locked."""
    rows = Instruction.objects.within_reach_of(actor, Can.INSTRUCT).select_for_update(of=("self",))
    row = rows.filter(number=number, unit__in=homes(actor, Can.INSTRUCT)).first()
    if row is None:
        raise OutOfReach
    if row.state != State.OPEN:
        raise Refused(_("This is “{state}” meanwhile.").format(state=row.get_state_display()))
    return row


def _moment(at: datetime) -> str:
    return clocks.moment(timezone.localtime(at))
