"""Agreement: orally on the spot, or in writing, signed and in force."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.disputes import queries, rules
from gongzhi.disputes.actions.moves.common import (
    need_hand,
    need_newcomers,
    need_no_appraisal,
    route_names,
    routes_of,
)
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Dispute
from gongzhi.matters.kind import Effect, Step


def _settle(step: Step) -> None:
    """All is settled, or a part (深圳条例 art. 26): then the routes for the rest are told."""
    need_hand(step)
    need_no_appraisal(step)
    need_newcomers(step.matter.id)
    outcome = str(step.values.get("outcome") or Outcome.WRITTEN)
    if outcome not in {Outcome.WRITTEN, Outcome.PARTIAL}:
        raise Invalid({"outcome": _("Say whether all of it is settled or a part.")})
    change = {"outcome": outcome, "agreed_at": step.at}
    if outcome == Outcome.PARTIAL:
        routes = routes_of(step)
        change["routes_told"] = routes
        step.facts["routes"] = route_names(routes)
    Dispute.objects.filter(pk=step.matter.id).update(**change)
    step.facts["outcome"] = str(Outcome(outcome).label)


def _settle_orally(step: Step) -> None:
    """An oral agreement is in force when agreed; the mediator records its content: 人民调解法 arts 28, 30."""
    need_hand(step)
    need_no_appraisal(step)
    need_newcomers(step.matter.id)
    if not step.note:
        raise Invalid({"note": _("Record what was agreed: an oral agreement is kept in these words.")})  # fmt: skip
    row = queries.dispute(step.matter.id)
    is_done = step.values.get("is_done") in {"yes", True}
    is_asked_for = step.values.get("wants_paper") in {"yes", True}
    if rules.must_be_written(
        is_grave=queries.must_write(row.grade), is_done_on_the_spot=is_done, is_asked_for=is_asked_for
    ):  # fmt: skip
        raise Invalid({"is_done": _("This agreement must be in writing: a side asks for it, it is not performed on the spot, or the dispute is major.")})  # fmt: skip
    Dispute.objects.filter(pk=row.pk).update(
        outcome=Outcome.ORAL, agreed_at=step.at, effective_at=step.at,
        performed_on=timezone.localdate(step.at),
    )  # fmt: skip
    step.stops.append(queries.PERIOD)


def _talk_again(step: Step) -> None:
    need_hand(step)
    Dispute.objects.filter(pk=step.matter.id).update(outcome="", agreed_at=None)


def _take_effect(step: Step) -> None:
    """All sides, the mediator and the seal: 人民调解法 art. 29. Proof is the signed agreement or its scan."""
    need_hand(step)
    if not (step.facts.get("agreement") or step.values.get("uploads")):
        raise Invalid({"uploads": _("Add the signed and sealed agreement, or have it signed here.")})  # fmt: skip
    Dispute.objects.filter(pk=step.matter.id).update(effective_at=step.at)
    step.stops.append(queries.PERIOD)


AGREEING: dict[str, Effect] = {
    "settle": _settle,
    "settle_orally": _settle_orally,
    "talk_again": _talk_again,
    "take_effect": _take_effect,
}
