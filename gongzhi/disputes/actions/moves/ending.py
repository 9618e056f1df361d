"""The ends: with or without agreement, performance, the visit. The other routes are told at every end."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.disputes import queries
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Appointment, Dispute
from gongzhi.matters.kind import Effect, Step


def _ends_with(outcome: str, move: str) -> Effect:
    def end(step: Step) -> None:
        """End the mediation and tell the other routes: 人民调解法 art. 26."""
        grounds = queries.grounds(move)
        ground = str(step.values.get("ground") or next(iter(grounds)))
        if ground not in grounds:
            raise Invalid({"ground": _("Choose one of the grounds the rules know.")})
        routes = _routes(step)
        Dispute.objects.filter(pk=step.matter.id).update(
            outcome=outcome, outcome_reason=ground, routes_told=routes
        )
        Appointment.objects.filter(dispute_id=step.matter.id, ended_at__isnull=True).update(
            ended_at=step.at
        )
        step.facts |= {"ground": grounds[ground], "routes": routes}

    return end


def _routes(step: Step) -> list[str]:
    known = queries.routes()
    told = [code for code in step.values.get("routes") or ["suit"] if code in known]
    if not told:
        raise Invalid({"routes": _("Tell at least one other route; a suit is always open.")})
    return told


def _performed(step: Step) -> None:
    Dispute.objects.filter(pk=step.matter.id).update(
        performed_on=step.values.get("on") or timezone.localdate(step.at)
    )


def _not_performed(step: Step) -> None:
    step.facts["routes"] = _routes(step)


def _visit(step: Step) -> None:
    satisfied = step.values.get("satisfied")
    if satisfied:
        Dispute.objects.filter(pk=step.matter.id).update(satisfied=int(satisfied))
    step.facts |= {name: str(step.values.get(name) or "") for name in ("satisfied", "signs")}


def _decline(step: Step) -> None:
    """Not for mediation: the lawful route is told; nothing hinders a suit."""
    routes = _routes(step)
    Dispute.objects.filter(pk=step.matter.id).update(routes_told=routes)
    step.facts["routes"] = routes


ENDING: dict[str, Effect] = {
    "decline": _decline,
    "stop_refused": _ends_with(Outcome.REFUSED, "stop_refused"),
    "terminate": _ends_with(Outcome.NONE, "terminate"),
    "withdraw": _ends_with(Outcome.WITHDRAWN, "withdraw"),
    "performed": _performed,
    "not_performed": _not_performed,
    "visit": _visit,
}
