"""What a reporter sees of a reward with number and code, and what everybody may read of the rules."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.catalogue import queries as catalogue
from gongzhi.rewards.lifecycle import OBJECTIONABLE, Bar, State
from gongzhi.rewards.models import Award, Objection, RewardRule
from gongzhi.rewards.queries.ruling import rules_in_force

TOLD = {
    State.APPROVED,
    State.CLAIMED,
    State.BATCHED,
    State.PAID,
    State.REFUSED,
    State.BARRED,
    State.LAPSED,
}


@dataclass(frozen=True)
class OwnAward:
    """An award as its reporter sees it. `amount` is 0 where nothing is to be had."""

    number: str
    state: str
    words: str
    detail: str
    amount: int
    can_claim: bool
    can_object: bool
    claim_until: datetime | None
    object_until: datetime | None
    objections: list[Objection]
    has_claimed: bool

    @property
    def is_too_late(self) -> bool:
        return self.state in OBJECTIONABLE and not (self.can_object or self.objections)


def own_award(matter_id: int, reporter_id: int, *, at: datetime) -> OwnAward | None:
    """Return the award of one reporter of a matter; None when there is nothing to say (yet)."""
    award = Award.objects.select_related("rule").filter(matter_id=matter_id).first()
    if award is None or award.state == State.WITHDRAWN:
        return None
    if award.reporter_id != reporter_id:
        return _joined(award) if award.state in TOLD and award.bar != Bar.NO_RULE else None
    is_open = award.state == State.APPROVED and not (award.claim_until and award.claim_until < at)
    objections = list(award.objections.order_by("-id"))
    may_object = (
        award.state in OBJECTIONABLE
        and award.object_until is not None
        and award.object_until >= at
        and not any(one.answered_at is None for one in objections)
    )
    return OwnAward(
        award.number, award.state, _words(award), _detail(award),
        0 if award.state in OBJECTIONABLE else award.amount,
        can_claim=is_open or award.state == State.CLAIMED, can_object=may_object, claim_until=award.claim_until,
        object_until=award.object_until, objections=objections, has_claimed=award.state == State.CLAIMED,
    )  # fmt: skip


def _joined(award: Award) -> OwnAward:
    words = _("Somebody reported this before you; only the first report is rewarded.")
    return OwnAward(
        award.number, "joined", _("No reward for this report"), words, 0, can_claim=False, can_object=False,
        claim_until=None, object_until=None, objections=[], has_claimed=False,
    )  # fmt: skip


def _words(award: Award) -> str:
    amount = award.amount
    words: dict[str, str] = {
        State.PROPOSED: _("It is being looked at whether this report is rewarded."),
        State.REVIEWED: _("It is being looked at whether this report is rewarded."),
        State.APPROVED: _("For this report you can claim ¥{amount}").format(amount=amount),
        State.CLAIMED: _("¥{amount} will be paid out to you").format(amount=amount),
        State.BATCHED: _("¥{amount} is on its way to you").format(amount=amount),
        State.PAID: _("¥{amount} was paid out to you").format(amount=amount),
        State.LAPSED: _("The reward was not claimed in time"),
    }
    return words.get(award.state, _("No reward for this report"))


def _detail(award: Award) -> str:
    if award.state == State.BARRED:
        return f"{award.get_bar_display()}{f'（{award.bar_note}）' if award.bar_note else ''}"
    if award.state == State.REFUSED:
        return award.reason
    if award.state == State.APPROVED and award.reason:
        return _("The payment did not arrive: {reason}. Please say again how you want to be paid.").format(
            reason=award.reason
        )  # fmt: skip
    return ""


@dataclass(frozen=True)
class PublicRule:
    rule: RewardRule
    covers: str


def public_rules(*, on: date) -> list[PublicRule]:
    """Return the rules in force with what they cover, in the catalogue's words."""
    names = {row.code: row.name for row in _items(on)} | _class_names(on)
    return [
        PublicRule(row, "、".join(names.get(start, start) for start in row.covers))
        for row in rules_in_force(on=on)
    ]


def _items(on: date) -> Any:
    return catalogue.filtered_items(catalogue.ItemFilter(), on=on, limit=100_000)


def _class_names(on: date) -> dict[str, str]:
    return {row.code[:3]: row.class_name for row in _items(on)}
