"""Payment batches: put together, frozen for the finance office, noted share by share as paid or returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from gongzhi.allowances.actions.ledger import write
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.events import AllowancePaid, PaymentReturned
from gongzhi.allowances.lifecycle import Deed, State
from gongzhi.allowances.models import Account, Allowance, Batch, Share
from gongzhi.audit import actions as audit
from gongzhi.base import bus, payouts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators import queries as mediators

MOST = 2000
PREFIX = "BT"


@dataclass(frozen=True)
class Made:
    batch: Batch
    left_out: int  # the maker had a hand in them: somebody else pays
    without_account: int  # nobody said yet where to pay to


@transaction.atomic
def make_batch(*, area_path: str, actor: Actor, at: datetime) -> Made:
    """
    Put everything of an area that can be paid into a batch; what the maker reviewed or approved stays out.

    Three duties, three hands. Whoever's payment was returned waits until the account is set right.
    """
    reach = Allowance.objects.within_reach_of(actor, Can.PAY).filter(
        state__in=[State.PAYABLE, State.RETURNED], area_path__startswith=area_path
    )
    own = payouts.had_a_hand(actor)
    open_shares = Share.objects.filter(allowance=OuterRef("pk"), paid_at=None)
    known = Account.objects.filter(mediator=OuterRef("mediator"))
    no_way = Exists(open_shares.filter(~Exists(known) | ~Q(returned_for="")))
    left_out = reach.filter(own).count()
    without = reach.exclude(own).filter(no_way).count()
    rows = list(reach.exclude(own).exclude(no_way).select_for_update(of=("self",)).order_by("id")[:MOST])  # fmt: skip
    if not rows:
        raise Refused(_nothing(left_out, without))
    batch = Batch.objects.create(
        number=payouts.next_number(Batch.objects.all(), PREFIX, at=at), area_path=area_path, made_at=at,
        made_by=actor.id, made_by_name=actor.name,
    )  # fmt: skip
    for row in rows:
        row.state, row.batch = State.BATCHED, batch
        row.save(update_fields=["state", "batch"])
        write(row, Deed.BATCH, at=at, actor=actor, note=batch.number)
    return Made(_counted(batch), left_out, without)


def _nothing(left_out: int, without: int) -> str:
    if left_out:
        return _("You had a hand in all of these; somebody else pays them out.")
    if without:
        return _("Nobody said yet where to pay to: the mediators enter their accounts first.")
    return _("Nothing waits to be paid here.")


def _counted(batch: Batch) -> Batch:
    shares = Share.objects.filter(allowance__batch=batch, paid_at=None)
    sums = shares.aggregate(amount=Sum("amount"), count=Count("id"))
    batch.amount, batch.count = sums["amount"] or 0, sums["count"]
    batch.save(update_fields=["amount", "count"])
    return batch


@transaction.atomic
def take_out(*, batch_id: int, allowance_id: int, note: str, actor: Actor, at: datetime) -> Batch:
    """Take one allowance out of a batch that is not frozen yet; it waits for the next."""
    batch = _locked(batch_id, actor, Batch.State.OPEN)
    row = Allowance.objects.select_for_update().filter(pk=allowance_id, batch=batch).first()
    if row is None:
        raise OutOfReach
    row.state, row.batch = State.PAYABLE, None
    row.save(update_fields=["state", "batch"])
    write(row, Deed.UNBATCH, at=at, actor=actor, note=note)
    return _counted(batch)


@transaction.atomic
def freeze(*, batch_id: int, actor: Actor, at: datetime) -> Batch:
    """Close a batch for changes: what the finance office gets is what was frozen."""
    batch = _locked(batch_id, actor, Batch.State.OPEN)
    payouts.must_be_clean(batch.allowances.all(), actor)
    payouts.freeze(batch, batch.allowances.all(), at=at)
    audit.record(
        actor=actor, verb="allowances.freeze", subject=f"allowance_batch:{batch.number}", at=at,
        detail={"amount": batch.amount, "count": batch.count},
    )  # fmt: skip
    return batch


@transaction.atomic
def mark_paid(*, batch_id: int, returned: Mapping[int, str], actor: Actor, at: datetime) -> Batch:
    """Note what the finance office paid; a share that came back waits for a right account, with the reason."""
    batch = _locked(batch_id, actor, Batch.State.FROZEN)
    payouts.must_be_clean(batch.allowances.all(), actor)
    for row in batch.allowances.select_for_update(of=("self",)):
        shares = list(row.shares.select_for_update().filter(paid_at=None))
        back = [share for share in shares if share.pk in returned]
        for share in shares:
            _note_share(share, returned.get(share.pk, ""), at)
        _settle(row, [returned[share.pk] for share in back], batch, actor, at)
    payouts.paid_out(batch, at=at)
    return batch


def _note_share(share: Share, why: str, at: datetime) -> None:
    share.paid_at, share.returned_for = (None if why else at), why[:300]
    share.save(update_fields=["paid_at", "returned_for"])
    if why:
        user = mediators.user_of(share.mediator_id)
        bus.publish(PaymentReturned(share.allowance_id, user, why[:300], at))


def _settle(row: Allowance, back: list[str], batch: Batch, actor: Actor, at: datetime) -> None:
    if back:
        row.state, row.batch = State.RETURNED, None
        row.save(update_fields=["state", "batch"])
        write(row, Deed.RETURN, at=at, actor=actor, note="；".join(back))
        return
    row.state, row.paid_at = State.PAID, at
    row.save(update_fields=["state", "paid_at"])
    write(row, Deed.PAY, at=at, actor=actor, note=batch.number)
    bus.publish(AllowancePaid(row.pk, at))


def _locked(batch_id: int, actor: Actor, state: str) -> Batch:
    return payouts.locked_batch(Batch.objects.within_reach_of(actor, Can.PAY), batch_id, state)


def note_export(*, batch: Batch, form: str, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor, verb="allowances.export", subject=f"allowance_batch:{batch.number}", at=at, detail={"form": form}
    )  # fmt: skip


@transaction.atomic
def set_account(*, mediator_id: int, payee: str, bank: str, number: str, actor: Actor, at: datetime) -> Account:  # fmt: skip
    """Say where one is paid to; only oneself. A payment that was returned can be made again."""
    if mediator_id not in {one.pk for one in mediators.mediators_of_user(actor.id)}:
        raise OutOfReach
    plain = "".join(number.split())
    problems = {}
    if not (plain.isascii() and plain.isdigit() and 8 <= len(plain) <= 30):
        problems["number"] = _("An account number has 8 to 30 digits.")
    if len(payee.strip()) < 2:
        problems["payee"] = _("Write the name the account is under.")
    if len(bank.strip()) < 2:
        problems["bank"] = _("Write the name of the bank.")
    if problems:
        raise Invalid(problems)
    row, _is_new = Account.objects.update_or_create(
        mediator_id=mediator_id,
        defaults={"payee": payee.strip()[:60], "bank": bank.strip()[:60], "number": plain, "set_at": at},
    )  # fmt: skip
    Share.objects.filter(mediator_id=mediator_id, paid_at=None).exclude(returned_for="").update(returned_for="")  # fmt: skip
    audit.record(actor=actor, verb="allowances.set_account", subject=f"mediator:{mediator_id}", at=at)  # fmt: skip
    return row
