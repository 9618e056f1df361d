"""What a reporter does with number and code: say how to be paid, or object."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters
from gongzhi.rewards.actions.deciding import locked
from gongzhi.rewards.actions.ledger import write
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.lifecycle import OBJECTIONABLE, Deed, State
from gongzhi.rewards.models import Award, Claim, Objection
from gongzhi.rewards.queries import payment_way, rule_for_choice


@dataclass(frozen=True)
class Payment:
    """How somebody wants to be paid."""

    way: str
    account: str
    payee: str = ""
    extra: str = ""


def claim(*, number: str, code: str, payment: Payment, at: datetime) -> Award:
    """Take down how the reporter wants to be paid; kept encrypted, deleted after payout."""
    _check(payment)
    with transaction.atomic():
        award = _own(number, code)
        if award.state not in {State.APPROVED, State.CLAIMED}:
            raise Refused(_("There is nothing to be claimed now."))
        if award.claim_until and award.claim_until < at:
            raise Refused(_("The time for claiming has passed. You may still object below."))
        Claim.objects.update_or_create(
            award=award,
            defaults={
                "way": payment.way, "account": payment.account.replace(" ", ""), "payee": payment.payee,
                "extra": payment.extra, "claimed_at": at, "deleted_at": None,
            },
        )  # fmt: skip
        award.state = State.CLAIMED
        award.save(update_fields=["state"])
        write(award, Deed.CLAIM, at=at)
    return award


def _check(payment: Payment) -> None:
    way = payment_way(payment.way)
    if way is None:
        raise Invalid({"way": _("Choose how you want to be paid.")})
    problems = {}
    if not way.fits(payment.account.replace(" ", "")):
        problems["account"] = _("This does not look right: {label}.").format(
            label=way.account_label
        )
    if way.needs_payee and len(payment.payee.strip()) < 2:
        problems["payee"] = _("Write the name the account is under.")
    if way.needs_extra and len(payment.extra.strip()) < 2:
        problems["extra"] = _("Write the name of the bank.")
    if problems:
        raise Invalid(problems)


def object_to(*, number: str, code: str, text: str, at: datetime) -> Objection:
    """Take down that a reporter does not agree; a person answers with a reason."""
    with transaction.atomic():
        award = _own(number, code)
        if award.state not in OBJECTIONABLE:
            raise Refused(_("There is nothing to object to."))
        if award.object_until is None or award.object_until < at:
            raise Refused(_("The time for objecting has passed."))
        if Objection.objects.filter(award=award, answered_at=None).exists():
            raise Refused(_("Your objection is being looked at already."))
        limit = clocks.Limit(settings.REWARD_ANSWER_DAYS, "day", "working", from_next_day=True)
        due = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
        assert due is not None  # a limit in working days has an end
        made = Objection.objects.create(
            award=award, text=text.strip()[:1000], made_at=at, due_at=due
        )
        write(award, Deed.OBJECT, at=at)
    return made


def _own(number: str, code: str) -> Award:
    """Return the award of whoever holds number and code, locked; only the first reporter has one."""
    reporter = matters.reporter_of(number, code)
    found = Award.objects.select_for_update(of=("self",)).select_related("rule")
    award = found.filter(matter_id=reporter.matter_id, reporter_id=reporter.pk).first()
    if award is None:
        raise OutOfReach
    return award


@dataclass(frozen=True)
class Answer:
    is_upheld: bool
    words: str
    rule_id: int | None = None  # by which rule, where none fitted before


def answer_objection(*, objection_id: int, said: Answer, actor: Actor, at: datetime) -> Objection:
    """Answer an objection with a reason; upheld, the award starts anew. Whoever decided before does not answer."""
    with transaction.atomic():
        asked = Objection.objects.filter(pk=objection_id).first()
        if asked is None:
            raise OutOfReach
        award = locked(asked.award_id, actor, Can.APPROVE)
        asked.refresh_from_db()
        if asked.answered_at:
            raise Refused(_("This objection has been answered already."))
        if actor.id in {award.decided_by, award.reviewed_by}:
            raise Refused(
                _("You decided on this award before; somebody else answers the objection.")
            )
        asked.answered_at, asked.answered_by_name = at, actor.name[:150]
        asked.is_upheld, asked.answer = said.is_upheld, said.words
        asked.save()
        write(award, Deed.ANSWER, at=at, actor=actor, note=said.words)
        if said.is_upheld:
            _start_anew(award, said, actor, at)
    return asked


def _start_anew(award: Award, said: Answer, actor: Actor, at: datetime) -> None:
    on = timezone.localtime(award.reported_at).date()
    rule = award.rule or rule_for_choice(said.rule_id, on=on)
    if rule is None:
        raise Invalid({"rule": _("Choose the rule by which it is rewarded.")})
    award.rule, award.amount = rule, rule.amount
    award.state, award.bar, award.bar_note, award.reason = State.PROPOSED, "", "", ""
    award.reviewed_by = award.decided_by = 0
    award.object_until = award.claim_until = None
    award.save()
    write(award, Deed.CORRECT, at=at, actor=actor, note=said.words)


def told(*, award_id: int, at: datetime) -> None:
    """Note in the ledger that the reporter was told."""
    with transaction.atomic():
        award = Award.objects.get(pk=award_id)
        write(award, Deed.TELL, at=at, actor=ANONYMOUS)
