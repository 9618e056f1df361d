"""Review by one, approval with publicity by another; objections; the budget stops what it cannot pay."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.allowances.actions.ledger import due, write
from gongzhi.allowances.actions.proposing import BOOK, reweigh
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.lifecycle import UNDECIDED, Deed, State
from gongzhi.allowances.models import Allowance, Budget, Objection
from gongzhi.allowances.queries.ruling import budget_for, budget_used
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.payouts import Outcome, each_alone
from gongzhi.places import queries as places

MOST = 200
PUBLICITY, ANSWER = "allowances.publicity", "allowances.answer"


@transaction.atomic
def review(*, allowance_id: int, note: str = "", score: Decimal | None = None, actor: Actor, at: datetime) -> Allowance:  # fmt: skip
    """Say that grade, form and file are right; without a score of the file, give one. Somebody else approves."""
    row = locked(allowance_id, actor, Can.REVIEW)
    _must_be(row, State.PROPOSED)
    points = score if score is not None else row.score
    if points is None:
        raise Invalid({"score": _("Nobody scored the file yet: give its points, 0 to 7.")})
    if not 0 <= points <= 7:
        raise Invalid({"score": _("A file has 0 to 7 points.")})
    reweigh(row, points)
    if row.line is None:
        raise Refused(_("With {score} points no line of the table fits. Refuse it with this reason.").format(score=points))  # fmt: skip
    row.state, row.reviewed_by = State.REVIEWED, actor.id
    row.save()
    write(row, Deed.REVIEW, at=at, actor=actor, note=note)
    return row


@transaction.atomic
def approve(*, allowance_id: int, note: str = "", score: Decimal | None = None, actor: Actor, at: datetime) -> Allowance:  # fmt: skip
    """Approve and publish: the money is reserved, and everybody may object in time."""
    row = locked(allowance_id, actor, Can.APPROVE)
    _must_be(row, State.REVIEWED)
    if row.reviewed_by == actor.id:
        raise Refused(_("You reviewed this one; somebody else approves it."))
    if not row.shares.exists():
        raise Refused(_("Nobody may be paid for this one. Refuse it with the reason."))
    budget = _budget(row, at)
    left = budget.amount - budget_used(budget)
    if row.amount > left:
        raise Refused(_("The budget has ¥{left} left, which is not enough.").format(left=left))
    row.state, row.decided_by, row.budget = State.PUBLISHED, actor.id, budget
    row.published_at, row.object_until = at, due(PUBLICITY, at)
    row.save()
    write(row, Deed.PUBLISH, at=at, actor=actor, note=note)
    return row


@transaction.atomic
def refuse(*, allowance_id: int, note: str, score: Decimal | None = None, actor: Actor, at: datetime) -> Allowance:  # fmt: skip
    """Refuse with a reason the mediators read; reviewers and approvers may."""
    row = locked(allowance_id, actor, Can.APPROVE if actor.can(Can.APPROVE) else Can.REVIEW)
    if row.state not in UNDECIDED:
        _must_be(row, State.REVIEWED)
    if len(note.strip()) < 2:
        raise Invalid({"note": _("Say why; the mediators read it.")})
    row.state, row.decided_by, row.reason = State.REFUSED, actor.id, note.strip()[:500]
    row.save()
    write(row, Deed.REFUSE, at=at, actor=actor, note=note)
    return row


DEEDS: dict[str, Callable[..., Allowance]] = {"review": review, "approve": approve, "refuse": refuse}  # fmt: skip


def decide_many(*, ids: Sequence[int], deed: str, note: str, score: Decimal | None, actor: Actor, at: datetime) -> list[Outcome]:  # fmt: skip
    """Do one deed on many; each succeeds or fails alone, and says why."""
    if deed not in DEEDS:
        raise Invalid({"deed": _("Choose what is to be done.")})
    if len(ids) > MOST:
        raise Refused(_("At most {most} at a time.").format(most=MOST))
    return each_alone(
        ids,
        lambda one: DEEDS[deed](allowance_id=one, note=note, score=score, actor=actor, at=at),
        lambda one: Allowance.objects.filter(pk=one).values_list("number", flat=True).first() or "",
    )


def object_to(*, allowance_id: int, text: str, contact: str, at: datetime) -> Objection:
    """Take down an objection to what is published, from anybody, in time."""
    if len(text.strip()) < 4:
        raise Invalid({"text": _("Say what is not right.")})
    with transaction.atomic():
        row = Allowance.objects.select_for_update().filter(pk=allowance_id).first()
        if row is None or row.state != State.PUBLISHED:
            raise OutOfReach
        if row.object_until is None or row.object_until < at:
            raise Refused(_("The time for objecting has passed."))
        made = Objection.objects.create(
            allowance=row, text=text.strip()[:1000], contact=contact.strip()[:60], made_at=at, due_at=due(ANSWER, at)
        )  # fmt: skip
        write(row, Deed.OBJECT, at=at)
    return made


@transaction.atomic
def answer_objection(*, objection_id: int, is_upheld: bool, answer: str, actor: Actor, at: datetime) -> Objection:  # fmt: skip
    """Answer with a reason; whoever reviewed or approved does not. Upheld, it is reviewed anew."""
    asked = Objection.objects.filter(pk=objection_id).first()
    if asked is None:
        raise OutOfReach
    row = locked(asked.allowance_id, actor, Can.APPROVE)
    asked.refresh_from_db()
    if asked.answered_at:
        raise Refused(_("This objection has been answered already."))
    if actor.id in {row.decided_by, row.reviewed_by}:
        raise Refused(_("You decided on this one before; somebody else answers the objection."))
    if len(answer.strip()) < 4:
        raise Invalid({"answer": _("Say why.")})
    asked.answered_at, asked.answered_by_name = at, actor.name[:150]
    asked.is_upheld, asked.answer = is_upheld, answer.strip()[:1000]
    asked.save()
    if is_upheld and row.state == State.PUBLISHED:
        row.state, row.budget, row.reviewed_by, row.decided_by = State.PROPOSED, None, 0, 0
        row.published_at = row.object_until = None
        row.save()
    write(row, Deed.ANSWER, at=at, actor=actor, note=asked.answer)
    return asked


def end_publicity(*, at: datetime) -> int:
    """Let pass what was published long enough and nobody objects to any more; return how many."""
    rows = Allowance.objects.filter(state=State.PUBLISHED, object_until__lt=at)
    waiting = Objection.objects.filter(answered_at=None).values("allowance_id")
    ids = list(rows.exclude(pk__in=waiting).order_by("object_until").values_list("pk", flat=True)[:1000])  # fmt: skip
    return sum(_clear(one, at) for one in ids)


@transaction.atomic
def _clear(allowance_id: int, at: datetime) -> bool:
    row = Allowance.objects.select_for_update().get(pk=allowance_id)
    if row.state != State.PUBLISHED or row.objections.filter(answered_at=None).exists():
        return False
    row.state = State.PAYABLE
    row.save(update_fields=["state"])
    write(row, Deed.CLEAR, at=at, actor=BOOK)
    return True


def locked(allowance_id: int, actor: Actor, capability: str) -> Allowance:
    rows = Allowance.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    row = rows.select_related("line", "line__rules").filter(pk=allowance_id).first()
    if row is None:
        raise OutOfReach
    return row


def _must_be(row: Allowance, state: State) -> None:
    if row.state != state:
        words = _("This allowance is in the state “{state}” meanwhile.")
        raise Refused(words.format(state=row.get_state_display()))


def _budget(row: Allowance, at: datetime) -> Budget:
    """Return the budget with its row locked: approvals against one budget come one after another."""
    found = budget_for(row.area_path, on=timezone.localtime(at).date())
    if found is None:
        words = _("There is no budget for {place} on this day.")
        raise Refused(words.format(place=places.full_name(row.area_path)))
    return Budget.objects.select_for_update().get(pk=found.pk)
