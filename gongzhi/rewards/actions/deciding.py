"""Review by one person, approval by another. Caps and the budget hold whoever approves at the same moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.payouts import Outcome, each_alone
from gongzhi.places import queries as places
from gongzhi.rewards import rules
from gongzhi.rewards.actions.ledger import write
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.events import AwardApproved
from gongzhi.rewards.lifecycle import COUNTED, UNDECIDED, Deed, State
from gongzhi.rewards.models import Award, RewardBudget
from gongzhi.rewards.queries import budget_for, budget_used

MOST = 200
_PERSON = 7_241_011  # of the advisory locks: one approval for one person at a time


@transaction.atomic
def review(*, award_id: int, note: str = "", actor: Actor, at: datetime) -> Award:
    """Say that a proposed award is right; somebody else approves it."""
    award = locked(award_id, actor, Can.REVIEW)
    _must_be(award, State.PROPOSED)
    award.state, award.reviewed_by = State.REVIEWED, actor.id
    award.save(update_fields=["state", "reviewed_by"])
    write(award, Deed.REVIEW, at=at, actor=actor, note=note)
    return award


@transaction.atomic
def approve(*, award_id: int, note: str = "", actor: Actor, at: datetime) -> Award:
    """Approve a reviewed award, if its caps and the budget leave room; the reporter is told."""
    award = locked(award_id, actor, Can.APPROVE)
    _must_be(award, State.REVIEWED)
    if award.reviewed_by == actor.id:
        raise Refused(_("You reviewed this one; somebody else approves it."))
    rule = award.rule
    if rule is None:
        raise Refused(_("No rule rewards this. Refuse it, or set a rule first."))
    budget = _budget(award, at)
    _check_caps(award, budget, at)
    award.state, award.decided_by, award.decided_at = State.APPROVED, actor.id, at
    award.budget, award.claim_until = budget, at + timedelta(days=rule.claim_days)
    award.save()
    write(award, Deed.APPROVE, at=at, actor=actor, note=note)
    bus.publish(AwardApproved(award.pk, at))
    return award


@transaction.atomic
def refuse(*, award_id: int, note: str, actor: Actor, at: datetime) -> Award:
    """Refuse an award with a reason the reporter reads; reviewers and approvers may."""
    capability = Can.APPROVE if actor.can(Can.APPROVE) else Can.REVIEW
    award = locked(award_id, actor, capability)
    if award.state not in UNDECIDED:
        _must_be(award, State.REVIEWED)
    if len(note.strip()) < 2:
        raise Invalid({"note": _("Say why; the reporter reads it and may object.")})
    award.state, award.decided_by, award.decided_at = State.REFUSED, actor.id, at
    award.reason, award.object_until = note.strip()[:500], award.objection_ends(at)
    award.save()
    write(award, Deed.REFUSE, at=at, actor=actor, note=note)
    return award


DEEDS: dict[str, Callable[..., Award]] = {"review": review, "approve": approve, "refuse": refuse}


def decide_many(
    *, award_ids: Sequence[int], deed: str, note: str, actor: Actor, at: datetime
) -> list[Outcome]:
    """Do one deed on many awards; each succeeds or fails alone, and says why."""
    if deed not in DEEDS:
        raise Invalid({"deed": _("Choose what is to be done.")})
    if len(award_ids) > MOST:
        raise Refused(_("At most {most} awards at a time.").format(most=MOST))
    return each_alone(
        award_ids,
        lambda award_id: DEEDS[deed](award_id=award_id, note=note, actor=actor, at=at),
        _number_of,
    )


def _number_of(award_id: int) -> str:
    return Award.objects.filter(pk=award_id).values_list("number", flat=True).first() or ""


def locked(award_id: int, actor: Actor, capability: str) -> Award:
    rows = Award.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
    award = rows.select_related("rule").filter(pk=award_id).first()
    if award is None:
        raise OutOfReach
    return award


def _must_be(award: Award, state: State) -> None:
    if award.state != state:
        words = _("This award is in the state “{state}” meanwhile.")
        raise Refused(words.format(state=award.get_state_display()))


def _budget(award: Award, at: datetime) -> RewardBudget:
    """Return the budget with its row locked: approvals against one budget come one after another."""
    found = budget_for(award.area_path, on=timezone.localtime(at).date())
    if found is None:
        words = _("No budget is set for {place} on this day.")
        raise Refused(words.format(place=places.full_name(award.area_path)))
    return RewardBudget.objects.select_for_update().get(pk=found.pk)


def _check_caps(award: Award, budget: RewardBudget, at: datetime) -> None:
    rule = award.rule
    assert rule is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_PERSON, award.person])
    theirs = Award.objects.filter(person=award.person, state__in=COUNTED).exclude(pk=award.pk)
    theirs = theirs if award.person else theirs.none()
    day = timezone.localtime(award.reported_at).replace(hour=0, minute=0, second=0, microsecond=0)
    standing = rules.Standing(
        theirs.filter(reported_at__gte=day, reported_at__lt=day + timedelta(days=1)).count(),
        theirs.filter(rule__code=rule.code, rule__valid_from=rule.valid_from).aggregate(s=Sum("amount"))["s"] or 0,
        budget_used(budget),
    )  # fmt: skip
    reached = rules.cap_reached(
        award.amount, standing, day_most=rule.day_most, person_most=rule.person_most, budget=budget.amount
    )  # fmt: skip
    if reached:
        raise Refused(
            _cap_words(reached).format(
                n=rule.day_most, most=rule.person_most, left=budget.amount - standing.budget_sum
            )
        )


def _cap_words(cap: rules.Cap) -> str:
    return {
        rules.Cap.DAY: _(
            "The same person has {n} awards for that day already, the most the rule allows."
        ),
        rules.Cap.PERSON: _(
            "With this one the same person would get more than the ¥{most} the rule allows."
        ),
        rules.Cap.BUDGET: _("The budget has ¥{left} left, which is not enough."),
    }[cap]
