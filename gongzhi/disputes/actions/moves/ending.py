"""The ends: with or without agreement, performance, the visit. The other routes are told at every end."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.disputes import queries, rules
from gongzhi.disputes.actions.moves.common import need_hand, route_names, routes_of
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Appointment, Consent, Dispute, Party
from gongzhi.matters.actions import COMMON
from gongzhi.matters.kind import Effect, Step

EXPIRED = "expired"


def _ends_with(outcome: str, move: str) -> Effect:
    def end(step: Step) -> None:
        """End the mediation and tell the other routes: 人民调解法 art. 26."""
        grounds = queries.grounds(move)
        ground = str(step.values.get("ground") or next(iter(grounds)))
        if ground not in grounds:
            raise Invalid({"ground": _("Choose one of the grounds the rules know.")})
        if ground == EXPIRED:
            _need_expiry(step)
        routes = routes_of(step)
        Dispute.objects.filter(pk=step.matter.id).update(
            outcome=outcome, outcome_reason=ground, routes_told=routes, appraisal_since=None
        )
        Appointment.objects.filter(dispute_id=step.matter.id, ended_at__isnull=True).update(
            ended_at=step.at
        )
        step.stops.append(queries.PERIOD)
        step.facts |= {"ground": grounds[ground], "routes": route_names(routes)}

    return end


def _need_expiry(step: Step) -> None:
    running = clocks.running_of([step.matter.id], queries.PERIOD).get(step.matter.id)
    if running is not None and step.at <= running.due_at:
        raise Refused(
            _("The period runs until {due}: it has not expired yet.").format(
                due=clocks.moment(timezone.localtime(running.due_at))
            )
        )


def _stop_refused(step: Step) -> None:
    """One side clearly refuses: no mediation (人民调解法 art. 17). Its refusal must be on record."""
    if party := step.values.get("party"):
        _record_refusal(step, int(party))
    elif not rules.against(queries.wills(step.matter.id, Consent.Subject.MEDIATION)):
        raise Invalid({"party": _("Say which side refuses; nobody's refusal is on record yet.")})
    _ends_with(Outcome.REFUSED, "stop_refused")(step)


def _record_refusal(step: Step, party_id: int) -> None:
    party = Party.objects.filter(pk=party_id, dispute_id=step.matter.id).first()
    if party is None:
        raise Invalid({"party": _("This is no party of the dispute.")})
    Consent.objects.create(
        party=party, subject=Consent.Subject.MEDIATION, answer=False, how=str(step.values.get("how") or "counter")[:20],
        at=step.at, by=step.actor.id, words=step.note[:300],
    )  # fmt: skip
    step.facts["side"] = queries.side_words(party.side, party.seq)


def _terminate(step: Step) -> None:
    need_hand(step)
    _ends_with(Outcome.NONE, "terminate")(step)


def _performed(step: Step) -> None:
    on = step.values.get("on") or timezone.localdate(step.at)
    row = queries.dispute(step.matter.id)
    first = timezone.localdate(row.effective_at) if row.effective_at else on
    if not isinstance(on, date) or not first <= on <= timezone.localdate(step.at):
        raise Invalid(
            {"on": _("Performance lies between {first} and today.").format(first=first.isoformat())}
        )
    Dispute.objects.filter(pk=row.pk).update(performed_on=on)


def _not_performed(step: Step) -> None:
    routes = routes_of(step)
    Dispute.objects.filter(pk=step.matter.id).update(performed_on=None, routes_told=routes)
    step.facts["routes"] = route_names(routes)


def _visit(step: Step) -> None:
    satisfied = str(step.values.get("satisfied") or "")
    if satisfied not in {"", "1", "2", "3"}:
        raise Invalid({"satisfied": _("Choose one of the answers.")})
    if satisfied:
        Dispute.objects.filter(pk=step.matter.id).update(satisfied=int(satisfied))
    step.facts |= {
        name: str(step.values.get(name) or "")[:300]
        for name in ("satisfied", "performance", "mistakes", "signs")
        if step.values.get(name)
    }


def _decline(step: Step) -> None:
    """Not for mediation: the lawful route is told; nothing hinders a suit."""
    routes = routes_of(step)
    Dispute.objects.filter(pk=step.matter.id).update(
        routes_told=routes, retention=rules.retention_of(grade="", outcome="")
    )
    step.facts["routes"] = route_names(routes)


def _archive(step: Step) -> None:
    row = queries.dispute(step.matter.id)
    kept = rules.retention_of(grade=row.grade, outcome=row.outcome)
    Dispute.objects.filter(pk=row.pk).update(retention=kept)
    step.facts["kept"] = queries.retention_name(kept)


def _reopen(step: Step) -> None:
    """
    Take it up again: everybody is asked anew, for a will said to one mediation is none to the next.

    What came of it before stays in the file.
    """
    COMMON["reopen"](step)
    step.starts = [start for start in step.starts if start.name != "whole"]
    row = queries.dispute(step.matter.id)
    if row.outcome:
        step.facts["outcome"] = str(row.get_outcome_display())
    Dispute.objects.filter(pk=row.pk).update(
        asked_since=step.at, extended_at=None, outcome="", outcome_reason="", agreed_at=None, effective_at=None,
        performed_on=None, satisfied=None,
    )  # fmt: skip


ENDING: dict[str, Effect] = {
    "decline": _decline,
    "stop_refused": _stop_refused,
    "terminate": _terminate,
    "withdraw": _ends_with(Outcome.WITHDRAWN, "withdraw"),
    "performed": _performed,
    "not_performed": _not_performed,
    "visit": _visit,
    "archive": _archive,
    "reopen": _reopen,
}
