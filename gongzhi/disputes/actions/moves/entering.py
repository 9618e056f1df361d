"""From the counter to the table: triage, the will of each side, the mediator."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import queries, rules
from gongzhi.disputes.models import Appointment, Consent, Dispute
from gongzhi.matters import actions as matters
from gongzhi.matters.kind import Effect, Step
from gongzhi.mediators import queries as mediators


def _triage(step: Step) -> None:
    """Set kind, body, level and grade; a kind that is not for mediation is told its lawful route."""
    row = queries.dispute(step.matter.id)
    on = timezone.localdate(step.at)
    kind = queries.kind_at(str(step.values.get("kind_code") or row.kind_code), on=on)
    if kind.route:
        raise Invalid({"kind_code": _("Not for mediation: {route}").format(route=kind.route)})
    body = mediators.body(int(step.values.get("body") or 0))
    if body is None:
        raise Invalid({"body": _("Choose the body that mediates.")})
    Dispute.objects.filter(pk=row.pk).update(
        kind_code=kind.code, kind_version=kind.version, body_id=body.id,
        settle_level=step.values.get("settle_level") or Dispute.Level.VILLAGE,
        grade=step.values.get("grade") or row.grade,
    )  # fmt: skip
    step.facts |= {"kind": kind.name, "body": body.name}
    matters.lead_by(step, body.unit_id)


def _consent(step: Step) -> None:
    """Go on only when each side's consent is on record: 人民调解法 art. 17."""
    _need_all(step.matter.id, Consent.Subject.MEDIATION)


def _need_all(matter_id: int, subject: str) -> None:
    wills = queries.wills(matter_id, subject)
    if refused := rules.against(wills):
        raise Refused(
            _("{sides} refused. Mediation needs everybody's own will; tell the other routes instead.").format(
                sides=_told(refused)
            )
        )  # fmt: skip
    if missing := rules.silent(wills):
        raise Refused(_("Not yet on record: the answer of {sides}.").format(sides=_told(missing)))


def _told(wills: list[rules.Will]) -> str:
    return "、".join(queries.side_words(will.side, will.seq) for will in wills)


def _appoint(step: Step) -> None:
    """
    Name the mediators. The rights notice must be signed by each side (人民调解法 art. 23), and what a mediator
    discloses must be known and agreed to (人民法院在线调解规则 art. 13).
    """
    unsigned = queries.without_notice(step.matter.id)
    if unsigned:
        sides = "、".join(queries.side_words(party.side, party.seq) for party in unsigned)
        raise Refused(_("The notice of rights and duties is not signed by {sides}.").format(sides=sides))  # fmt: skip
    chosen = [int(one) for one in step.values.get("mediators") or ()]
    if not chosen:
        raise Invalid({"mediators": _("Choose at least one mediator.")})
    disclosed = str(step.values.get("disclosed") or "").strip()
    if disclosed:
        _need_all(step.matter.id, Consent.Subject.MEDIATOR)
    people = [mediators.mediator(one) for one in chosen]
    for place, person in enumerate(people):
        Appointment.objects.create(
            dispute_id=step.matter.id, mediator_id=person.id, is_lead=place == 0,
            chosen_by=str(step.values.get("chosen_by") or "body"), disclosed=disclosed[:300],
            appointed_at=step.at,
        )  # fmt: skip
    step.facts |= {"mediators": [person.name for person in people]}
    if limit := queries.first_period(step.matter.id, on=timezone.localdate(step.at)):
        step.starts.append(limit)


def _recuse(step: Step) -> None:
    """A side asks for another mediator, or the mediator steps back: 深圳经济特区矛盾纠纷多元化解条例 art. 23."""
    Appointment.objects.filter(dispute_id=step.matter.id, ended_at__isnull=True).update(
        ended_at=step.at, ended_for=step.note[:300]
    )


ENTERING: dict[str, Effect] = {
    "triage": _triage,
    "consent": _consent,
    "appoint": _appoint,
    "recuse": _recuse,
}
