"""Like matters: gather them, answer them together, take one out again, dissolve."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as register
from gongzhi.oversight import queries, rules
from gongzhi.oversight.actions.ledger import write
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.lifecycle import BatchState, Cause, Deed
from gongzhi.oversight.models import Batch, Member, Record

BATCH = Record.Subject.BATCH
MOST = 200
LONGEST = 5000


@transaction.atomic
def gather(
    *, title: str, cause: str, cause_words: str = "", numbers: Sequence[str], actor: Actor, at: datetime
) -> Batch:  # fmt: skip
    """Make a batch of like matters that a person has looked at and chosen."""
    if not actor.can(Can.BATCH):
        raise OutOfReach
    found = _chosen(numbers, actor)
    least = queries.norm("batch.least", on=timezone.localdate(at))
    problems = {}
    if len(title.strip()) < 2:
        problems["title"] = _("Say in a few words what they have in common.")
    if cause not in Cause.values:
        problems["cause"] = _("Say what makes them alike.")
    if len(found) < least:
        problems["numbers"] = _("Choose at least {n} matters.").format(n=least)
    if problems:
        raise Invalid(problems)
    standings = register.standing_ids(found.values())
    batch = Batch.objects.create(
        title=title.strip()[:80], cause=cause, cause_words=cause_words[:160], made_at=at, made_by_name=actor.name[:80],
        area_path=rules.common_path({s.area_path for s in standings.values()}), unit_ids=_units(actor),
    )  # fmt: skip
    for matter_id in found.values():
        _join(batch, matter_id, at)
    write(BATCH, batch.pk, Deed.GATHER, actor=actor, at=at, note="、".join(found))
    return batch


def _chosen(numbers: Sequence[str], actor: Actor) -> dict[str, int]:
    """Return the matters by number; Invalid with those that are not there, or not within reach."""
    asked = list(dict.fromkeys(n for n in numbers if n.strip()))
    if len(asked) > MOST:
        raise Invalid({"numbers": _("At most {most} matters in a batch.").format(most=MOST)})
    whole = {number: register.whole_number(number) for number in asked}
    found = register.ids_by_number([n for n in whole.values() if n], actor)
    missing = [number for number, known in whole.items() if known not in found]
    if missing:
        raise Invalid(
            {"numbers": _("Not within your reach, or no number: {numbers}").format(numbers="、".join(missing[:10]))}
        )  # fmt: skip
    return found


def _units(actor: Actor) -> list[int]:
    home = next((g.home for g in actor.grants_for(Can.BATCH) if g.home), None)
    return list(accounts.unit(home).ancestors) if home else []


def _join(batch: Batch, matter_id: int, at: datetime) -> None:
    try:
        with transaction.atomic():
            Member.objects.create(batch=batch, matter_id=matter_id, added_at=at)
    except IntegrityError:
        number = register.standing(matter_id).number
        raise Invalid({"numbers": _("{number} is in another open batch.").format(number=number)}) from None  # fmt: skip


@transaction.atomic
def add(*, batch_id: int, numbers: Sequence[str], actor: Actor, at: datetime) -> Batch:
    batch = _locked(batch_id, actor)
    found = _chosen(numbers, actor)
    inside = batch.members.filter(removed_at__isnull=True).count()
    if inside + len(found) > MOST:
        raise Invalid({"numbers": _("At most {most} matters in a batch.").format(most=MOST)})
    for number, matter_id in found.items():
        _join(batch, matter_id, at)
        write(BATCH, batch.pk, Deed.ADD, actor=actor, at=at, note=number, matter_id=matter_id)
    return batch


@transaction.atomic
def remove(*, batch_id: int, member_id: int, actor: Actor, at: datetime) -> Batch:
    """Take a matter out again, as long as it has not been answered."""
    batch = _locked(batch_id, actor)
    member = batch.members.filter(pk=member_id, removed_at__isnull=True).first()
    if member is None:
        raise OutOfReach
    if member.done_at is not None:
        raise Refused(_("This matter has been answered with the others already."))
    member.removed_at = at
    member.save(update_fields=["removed_at"])
    number = register.standing(member.matter_id).number
    write(BATCH, batch.pk, Deed.REMOVE, actor=actor, at=at, note=number, matter_id=member.matter_id)
    return batch


@transaction.atomic
def dissolve(*, batch_id: int, note: str, actor: Actor, at: datetime) -> Batch:
    """End a batch without an answer; its matters go on each by itself."""
    batch = _locked(batch_id, actor)
    if batch.members.filter(done_at__isnull=False).exists():
        raise Refused(_("Some of it has been answered; finish the rest, or take it out."))
    batch.members.filter(removed_at__isnull=True).update(removed_at=at)
    batch.state = BatchState.DISSOLVED
    batch.save(update_fields=["state"])
    write(BATCH, batch.pk, Deed.DISSOLVE, actor=actor, at=at, note=note[:LONGEST])
    return batch


def answer(*, batch_id: int, text: str, move: str, actor: Actor, at: datetime) -> list[matters.Outcome]:  # fmt: skip
    """
    Give every matter of a batch the same answer, and the same move if one is chosen.

    Each matter is a transaction of its own and says how it went; what did not go through stays in the
    batch with its reason and can be answered again. The batch is answered when all are.
    """
    with transaction.atomic():
        batch = _locked(batch_id, actor)
        if move not in queries.MOVES:
            raise Invalid({"move": _("Choose what is done with each matter.")})
        if len(text.strip()) < 2:
            raise Invalid({"text": _("Write the answer.")})
        batch.answer, batch.move = text.strip()[:LONGEST], move
        batch.save(update_fields=["answer", "move"])
        waiting = list(batch.members.filter(removed_at__isnull=True, done_at__isnull=True))
    outcomes = [_answer(batch, member, actor, at) for member in waiting]
    _finish(batch_id, outcomes, actor, at)
    return outcomes


def _answer(batch: Batch, member: Member, actor: Actor, at: datetime) -> matters.Outcome:
    values = {"note": batch.answer, "reason": batch.answer}
    facts = {"batch": batch.title}
    (outcome,) = matters.move_many(
        matter_ids=[member.matter_id], name=batch.move or "note", values=values, facts=facts, actor=actor, at=at
    )  # fmt: skip
    member.problem = outcome.problem[:300]
    member.done_at = None if outcome.problem else at
    member.save(update_fields=["problem", "done_at"])
    return outcome


@transaction.atomic
def _finish(batch_id: int, outcomes: Sequence[matters.Outcome], actor: Actor, at: datetime) -> None:
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    done = sum(not one.problem for one in outcomes)
    left = batch.members.filter(removed_at__isnull=True, done_at__isnull=True).exists()
    if not left:
        batch.state, batch.answered_at = BatchState.ANSWERED, at
        batch.answered_by_name = actor.name[:80]
        batch.save(update_fields=["state", "answered_at", "answered_by_name"])
    words = _("{done} of {all} went through").format(done=done, all=len(outcomes))
    write(BATCH, batch_id, Deed.ANSWER, actor=actor, at=at, note=f"{words}：{batch.answer}")


def _locked(batch_id: int, actor: Actor) -> Batch:
    rows = Batch.objects.within_reach_of(actor, Can.BATCH).select_for_update(of=("self",))
    batch = rows.filter(pk=batch_id).first()
    if batch is None:
        raise OutOfReach
    if batch.state != BatchState.OPEN:
        raise Refused(_("This batch is in the state “{state}” meanwhile.").format(state=batch.get_state_display()))  # fmt: skip
    return batch
