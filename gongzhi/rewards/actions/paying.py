"""Payout batches: put together, frozen for the finance office, and noted line by line as paid or failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus, payouts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.rewards.actions.ledger import write
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.events import PayoutFailed
from gongzhi.rewards.lifecycle import Deed, State
from gongzhi.rewards.models import Award, Claim, PayoutBatch

MOST = 2000


@dataclass(frozen=True)
class Made:
    batch: PayoutBatch
    left_out: int  # awards the maker had a hand in: somebody else pays them


@transaction.atomic
def make_batch(*, area_path: str, actor: Actor, at: datetime) -> Made:
    """
    Put all claimed awards of an area into a batch; those the maker reviewed or approved stay out.

    Three duties, three hands: who reviews does not approve, who approves does not pay.
    """
    reach = Award.objects.within_reach_of(actor, Can.PAY).filter(
        state=State.CLAIMED, area_path__startswith=area_path
    )
    own = payouts.had_a_hand(actor)
    left_out = reach.filter(own).count()
    awards = list(reach.exclude(own).select_for_update(of=("self",)).order_by("id")[:MOST])
    if not awards and left_out:
        raise Refused(_("You reviewed or approved all of these; somebody else pays them out."))
    if not awards:
        raise Refused(_("No claimed award waits to be paid here."))
    batch = PayoutBatch.objects.create(
        number=payouts.next_number(PayoutBatch.objects.all(), "JL", at=at),
        area_path=area_path,
        made_at=at,
        made_by=actor.id,
        made_by_name=actor.name,
    )
    for award in awards:
        award.state, award.batch = State.BATCHED, batch
        award.save(update_fields=["state", "batch"])
        write(award, Deed.BATCH, at=at, actor=actor, note=batch.number)
    return Made(_counted(batch), left_out)


def _counted(batch: PayoutBatch) -> PayoutBatch:
    sums = batch.awards.aggregate(amount=Sum("amount"), count=Count("id"))
    batch.amount, batch.count = sums["amount"] or 0, sums["count"]
    batch.save(update_fields=["amount", "count"])
    return batch


@transaction.atomic
def take_out(*, batch_id: int, award_id: int, note: str, actor: Actor, at: datetime) -> PayoutBatch:
    """Take one award out of a batch that is not frozen yet; it waits for the next."""
    batch = _locked(batch_id, actor, PayoutBatch.State.OPEN)
    award = Award.objects.select_for_update().filter(pk=award_id, batch=batch).first()
    if award is None:
        raise OutOfReach
    award.state, award.batch = State.CLAIMED, None
    award.save(update_fields=["state", "batch"])
    write(award, Deed.UNBATCH, at=at, actor=actor, note=note)
    return _counted(batch)


@transaction.atomic
def freeze(*, batch_id: int, actor: Actor, at: datetime) -> PayoutBatch:
    """Close a batch for changes: what the finance office gets is what was frozen."""
    batch = _locked(batch_id, actor, PayoutBatch.State.OPEN)
    payouts.must_be_clean(batch.awards.all(), actor)
    payouts.freeze(batch, batch.awards.all(), at=at)
    audit.record(
        actor=actor, verb="rewards.freeze", subject=f"payout:{batch.number}", at=at,
        detail={"amount": batch.amount, "count": batch.count},
    )  # fmt: skip
    return batch


@transaction.atomic
def mark_paid(
    *, batch_id: int, failed: Mapping[int, str], actor: Actor, at: datetime
) -> PayoutBatch:
    """Note what the finance office paid; what failed goes back to its reporter, with the reason."""
    batch = _locked(batch_id, actor, PayoutBatch.State.FROZEN)
    payouts.must_be_clean(batch.awards.all(), actor)
    for award in batch.awards.select_for_update(of=("self",)).select_related("rule"):
        if award.pk in failed:
            _failed(award, failed[award.pk], actor, at)
        else:
            award.state, award.paid_at = State.PAID, at
            award.save(update_fields=["state", "paid_at"])
            write(award, Deed.PAY, at=at, actor=actor, note=batch.number)
    payouts.paid_out(batch, at=at)
    return batch


def _failed(award: Award, why: str, actor: Actor, at: datetime) -> None:
    rule = award.rule
    assert rule is not None  # no award without a rule is ever paid
    award.state, award.batch = State.APPROVED, None
    award.claim_until = at + timedelta(days=rule.claim_days)
    award.reason = why[:500]
    award.save(update_fields=["state", "batch", "claim_until", "reason"])
    Claim.objects.filter(award=award).update(account="", payee="", extra="", deleted_at=at)
    write(award, Deed.FAIL, at=at, actor=actor, note=why)
    bus.publish(PayoutFailed(award.pk, at))


def _locked(batch_id: int, actor: Actor, state: str) -> PayoutBatch:
    return payouts.locked_batch(
        PayoutBatch.objects.within_reach_of(actor, Can.PAY), batch_id, state
    )


def note_export(*, batch: PayoutBatch, form: str, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor, verb="rewards.export", subject=f"payout:{batch.number}", at=at, detail={"form": form}
    )  # fmt: skip
