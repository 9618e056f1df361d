"""Lets awards lapse that nobody claims, and forgets who got them when it is of no more use."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongzhi.rewards.actions.ledger import write
from gongzhi.rewards.actions.proposing import BOOK
from gongzhi.rewards.lifecycle import Deed, State
from gongzhi.rewards.models import Award, Claim

AT_A_TIME = 500


def lapse(*, at: datetime) -> int:
    """End awards whose time for claiming has passed; their money is free again, the reporter may object."""
    rows = Award.objects.filter(state=State.APPROVED, claim_until__lt=at).order_by("claim_until")
    count = 0
    for pk in list(rows.values_list("pk", flat=True)[:AT_A_TIME]):
        with transaction.atomic():
            award = (
                rows.select_for_update(of=("self",)).select_related("rule").filter(pk=pk).first()
            )
            if award is None:
                continue
            award.state, award.object_until = State.LAPSED, award.objection_ends(at)
            award.save(update_fields=["state", "object_until"])
            write(award, Deed.LAPSE, at=at, actor=BOOK)
            count += 1
    return count


def forget(*, at: datetime) -> int:
    """Delete payment details some time after payout, and the hash of the person when no cap counts it any more."""
    return _forget_details(at) + _forget_people(at)


def _forget_details(at: datetime) -> int:
    paid = at - timedelta(days=settings.REWARD_DETAILS_DAYS)
    old = Claim.objects.filter(deleted_at=None).filter(
        Q(award__paid_at__lt=paid) | Q(award__state=State.WITHDRAWN)
    )
    count = 0
    for claim in old.select_related("award")[:AT_A_TIME]:
        with transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(account="", payee="", extra="", deleted_at=at)
            write(claim.award, Deed.FORGET, at=at, actor=BOOK)
            count += 1
    return count


def _forget_people(at: datetime) -> int:
    """The rule's time and the days for objecting are over: nobody can be counted by it any more."""
    on = timezone.localtime(at).date()
    ended = Award.objects.exclude(person="").filter(
        Q(rule__isnull=True, proposed_at__lt=at - timedelta(days=settings.REWARD_OBJECTION_DAYS))
        | Q(rule__valid_to__lt=on - timedelta(days=settings.REWARD_OBJECTION_DAYS))
    )
    return ended.update(person="")
