"""From the counter to the table: triage, the will of each side, the mediator."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import queries, rules
from gongzhi.disputes.actions.moves.common import need_all, need_newcomers, told
from gongzhi.disputes.models import Appointment, Consent, Dispute
from gongzhi.matters import actions as matters
from gongzhi.matters.kind import Effect, Step
from gongzhi.mediators import queries as mediators


def _triage(step: Step) -> None:
    """Set kind, body, level and grade; a kind that is not for mediation is told its lawful route."""
    row = queries.dispute(step.matter.id)
    on = timezone.localdate(step.at)
    kind = queries.kind_in_force(str(step.values.get("kind_code") or row.kind_code), on=on)
    if kind is None:
        raise Invalid({"kind_code": _("Choose one of the kinds that are in force.")})
    if kind.route:
        raise Invalid({"kind_code": _("Not for mediation: {route}").format(route=kind.route)})
    body = mediators.body(int(step.values.get("body") or 0))
    if body is None:
        raise Invalid({"body": _("Choose the body that mediates.")})
    Dispute.objects.filter(pk=row.pk).update(
        kind_code=kind.code, kind_version=kind.version, body_id=body.id, is_sealed=row.is_sealed or kind.is_sealed,
        settle_level=step.values.get("settle_level") or Dispute.Level.VILLAGE,
        grade=step.values.get("grade") or row.grade, is_open=step.values.get("is_open") in {"yes", True},
    )  # fmt: skip
    step.facts |= {"kind": kind.name, "body": body.name}
    if aside := [str(code) for code in step.values.get("routes") or ()]:
        step.facts["routes"] = [route.name for route in queries.routes_named(aside)]
    if kind.is_sealed and not row.is_sealed:
        matters.hide_place(step, title=kind.name)
    matters.lead_by(step, body.unit_id)


def _return(step: Step) -> None:
    """Send it back to the centre for another triage; the body has no more part in the names."""
    Dispute.objects.filter(pk=step.matter.id).update(body=None)
    _end_appointments(step, ids=None)


def _consent(step: Step) -> None:
    """Go on only when each side's consent is on record: 人民调解法 art. 17."""
    need_all(step.matter.id, Consent.Subject.MEDIATION)


def _appoint(step: Step) -> None:
    """
    Name the mediators: the body's choice or the sides' own (人民调解法 art. 19).

    The rights notice must be signed by each side (art. 23), and what a mediator discloses must be known
    and agreed to (人民法院在线调解规则 art. 13).
    """
    need_newcomers(step.matter.id)
    _need_notices(step.matter.id)
    chosen = list(dict.fromkeys(int(one) for one in step.values.get("mediators") or ()))
    if not chosen:
        raise Invalid({"mediators": _("Choose at least one mediator.")})
    _need_unbiased(step, chosen)
    people = [mediators.mediator(one) for one in chosen]
    held = Appointment.objects.filter(dispute_id=step.matter.id, ended_at__isnull=True)
    at_work = set(held.values_list("mediator_id", flat=True))
    for place, person in enumerate(one for one in people if one.id not in at_work):
        Appointment.objects.create(
            dispute_id=step.matter.id, mediator_id=person.id, is_lead=place == 0 and not at_work,
            chosen_by=str(step.values.get("chosen_by") or "body")[:12],
            disclosed=str(step.values.get("disclosed") or "").strip()[:300], appointed_at=step.at,
        )  # fmt: skip
    step.facts |= {"mediators": [person.name for person in people]}
    if limit := queries.first_period(step.matter.id, on=timezone.localdate(step.at)):
        step.starts.append(limit)


def _need_notices(matter_id: int) -> None:
    if unsigned := queries.without_notice(matter_id):
        sides = "、".join(queries.side_words(party.side, party.seq) for party in unsigned)
        raise Refused(_("The notice of rights and duties is not signed by {sides}.").format(sides=sides))  # fmt: skip


def _need_unbiased(step: Step, chosen: list[int]) -> None:
    """Nobody who withdrew comes back; nobody whom a side does not accept; what is disclosed is agreed to."""
    gone = Appointment.objects.filter(dispute_id=step.matter.id).exclude(ended_for="")
    if gone.filter(mediator_id__in=chosen).exists():
        raise Invalid({"mediators": _("This mediator withdrew from the dispute: choose somebody else.")})  # fmt: skip
    since = _last_withdrawal(step.matter.id)
    if str(step.values.get("disclosed") or "").strip():
        need_all(step.matter.id, Consent.Subject.MEDIATOR, since=since)
    elif against := rules.against(
        queries.wills(step.matter.id, Consent.Subject.MEDIATOR, since=since)
    ):
        raise Refused(
            _("{sides} does not accept the mediator: propose another (人民调解法 art. 23).").format(
                sides=told(against)
            )
        )


def _last_withdrawal(matter_id: int) -> datetime | None:
    gone = Appointment.objects.filter(dispute_id=matter_id).exclude(ended_for="")
    return gone.order_by("-ended_at").values_list("ended_at", flat=True).first()


def _recuse(step: Step) -> None:
    """
    A side asks for another mediator, or the mediator steps back: 深圳经济特区矛盾纠纷多元化解条例 art. 23.

    One side's asking is enough. Without a name, all of them withdraw.
    """
    named = [int(one) for one in step.values.get("mediators") or ()]
    gone = _end_appointments(step, ids=named or None)
    if not gone:
        raise Invalid({"mediators": _("This mediator is not at work in the dispute.")})
    step.facts["mediators"] = gone
    if by := str(step.values.get("asked_by") or ""):
        step.facts["asked_by"] = by


def _end_appointments(step: Step, *, ids: list[int] | None) -> list[str]:
    rows = Appointment.objects.filter(dispute_id=step.matter.id, ended_at__isnull=True)
    if ids is not None:
        rows = rows.filter(mediator_id__in=ids)
    names = list(rows.order_by("id").values_list("mediator__name", flat=True))
    why = step.note[:300] if step.move == "recuse" else ""
    rows.update(ended_at=step.at, ended_for=why)
    return names


ENTERING: dict[str, Effect] = {
    "triage": _triage,
    "return": _return,
    "consent": _consent,
    "appoint": _appoint,
    "recuse": _recuse,
}
