"""Sets what is rewarded, and how much there is to give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.payouts import BudgetDraft, keep_budget
from gongzhi.catalogue import queries as catalogue
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.models import RewardBudget, RewardRule
from gongzhi.rewards.queries import areas_for_budget, shipped_rules

DEEDS = (
    pgettext_lazy("deed", "rewards.set_rule"),
    pgettext_lazy("deed", "rewards.set_budget"),
    pgettext_lazy("deed", "rewards.freeze"),
    pgettext_lazy("deed", "rewards.export"),
    pgettext_lazy("deed", "rewards.propose"),
    pgettext_lazy("deed", "rewards.bar"),
    pgettext_lazy("deed", "rewards.review"),
    pgettext_lazy("deed", "rewards.approve"),
    pgettext_lazy("deed", "rewards.refuse"),
    pgettext_lazy("deed", "rewards.tell"),
    pgettext_lazy("deed", "rewards.claim"),
    pgettext_lazy("deed", "rewards.batch"),
    pgettext_lazy("deed", "rewards.unbatch"),
    pgettext_lazy("deed", "rewards.pay"),
    pgettext_lazy("deed", "rewards.fail"),
    pgettext_lazy("deed", "rewards.object"),
    pgettext_lazy("deed", "rewards.answer"),
    pgettext_lazy("deed", "rewards.correct"),
    pgettext_lazy("deed", "rewards.lapse"),
    pgettext_lazy("deed", "rewards.withdraw"),
    pgettext_lazy("deed", "rewards.forget"),
)


@dataclass(frozen=True)
class RuleDraft:
    code: str
    name: str
    covers: Sequence[str]
    amount: int
    day_most: int
    person_most: int
    claim_days: int
    objection_days: int
    valid_from: date
    valid_to: date
    source: str


def set_rule(*, draft: RuleDraft, actor: Actor, at: datetime) -> RewardRule:
    """Put a rule, or the next version of one, into force for a time."""
    _must_set_rules(actor)
    _check(draft)
    with transaction.atomic():
        last = RewardRule.objects.filter(code=draft.code).order_by("-version").first()
        made = RewardRule.objects.create(
            **{**vars(draft), "covers": list(draft.covers)}, version=last.version + 1 if last else 1,
            created_at=at, created_by_name=actor.name[:150],
        )  # fmt: skip
        audit.record(
            actor=actor, verb="rewards.set_rule", subject=f"reward_rule:{draft.code}", at=at, reason=draft.source,
            detail={"version": made.version, "amount": made.amount},
        )  # fmt: skip
    return made


def _check(draft: RuleDraft) -> None:
    problems = {}
    if draft.valid_to <= draft.valid_from:
        problems["valid_to"] = _("The rule must end after it begins.")
    if draft.amount > draft.person_most:
        problems["person_most"] = _("One award alone is more than this.")
    known = {
        row.code
        for row in catalogue.filtered_items(
            catalogue.ItemFilter(), on=draft.valid_from, limit=100_000
        )
    }
    unknown = [start for start in draft.covers if not any(code.startswith(start) for code in known)]
    if unknown or not draft.covers:
        problems["covers"] = _("No item has a code that begins with {codes}.").format(
            codes="、".join(unknown) or "—"
        )
    if problems:
        raise Invalid(problems)


def adopt_shipped(*, valid_from: date, valid_to: date, actor: Actor, at: datetime) -> int:
    """Put the shipped table of rules into force, as it stands; each can be changed afterwards."""
    _must_set_rules(actor)
    if RewardRule.objects.exists():
        raise Refused(_("There are rules already; change them one by one."))
    with transaction.atomic():
        for row in shipped_rules():
            draft = RuleDraft(**vars(row), valid_from=valid_from, valid_to=valid_to)
            set_rule(draft=draft, actor=actor, at=at)
    return len(shipped_rules())


def set_budget(*, draft: BudgetDraft, actor: Actor, at: datetime) -> RewardBudget:
    """Say what a town or the city may give in some time; of one place, budgets do not overlap."""
    if draft.area_path not in dict(areas_for_budget(actor)):
        raise OutOfReach
    with transaction.atomic():
        made, before = keep_budget(RewardBudget.objects.all(), draft, by=actor.name, at=at)
        audit.record(
            actor=actor, verb="rewards.set_budget", subject=f"budget:{draft.area_path}", at=at, reason=draft.source,
            detail={"amount": draft.amount, "before": before},
        )  # fmt: skip
    return made


def _must_set_rules(actor: Actor) -> None:
    if not actor.can(Can.SET_RULES):
        raise OutOfReach
