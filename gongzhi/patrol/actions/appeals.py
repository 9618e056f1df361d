"""An officer objects to a figure about the own work; somebody above decides and answers."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.patrol.actions.telling import tell_appeal_decided
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Appeal
from gongzhi.patrol.queries.statistics import LABELS, statistics

LONGEST = 500


@transaction.atomic
def appeal(
    *, figure: str, period: tuple[date, date], reason: str, actor: Actor, at: datetime
) -> Appeal:
    """Object to one of the own figures over a period (both days included)."""
    area = next((grant.area for grant in actor.grants_for(Can.VISIT)), None)
    if area is None:
        raise OutOfReach
    since, until = period
    reason = reason.strip()
    if figure not in LABELS:
        raise Invalid({"figure": _("There is no such figure.")})
    if until < since:
        raise Invalid({"period": _("The last day is before the first.")})
    if not 2 <= len(reason) <= LONGEST:
        raise Invalid({"reason": _("Say in a few sentences what is wrong with the figure.")})
    asked = Appeal.objects.filter(
        user=actor.id, figure=figure, since=since, until=until, state=Appeal.State.ASKED
    )
    if known := asked.first():
        return known
    figures = {one.code: one for one in statistics(user_id=actor.id, since=since, until=until)}
    row = Appeal.objects.create(
        user_id=actor.id, figure=figure, since=since, until=until, reason=reason, area_path=area,
        asked_at=at, value=figures[figure].value,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="patrol.appeal", subject=f"appeal:{row.pk}", at=at, reason=reason,
        detail={"figure": figure, "value": row.value},
    )  # fmt: skip
    return row


@transaction.atomic
def decide_appeal(
    *, appeal_id: int, upheld: bool, answer: str, actor: Actor, at: datetime
) -> Appeal:
    """Uphold an appeal or not, always with words; the officer is told. Nobody decides about themself."""
    rows = Appeal.objects.within_reach_of(actor, Can.DECIDE_APPEAL).select_for_update(of=("self",))
    row = rows.filter(pk=appeal_id).first()
    if row is None:
        raise OutOfReach
    if row.user_id == actor.id:
        raise Refused(_("Somebody else must decide about your appeal."))
    if row.state != Appeal.State.ASKED:
        raise Refused(_("This appeal is already decided."))
    if len(answer.strip()) < 2:
        raise Invalid({"answer": _("Answer in words; the officer reads them.")})
    row.state = Appeal.State.UPHELD if upheld else Appeal.State.REFUSED
    row.answer, row.decided_at = answer.strip()[:LONGEST], at
    row.decided_by, row.decided_by_name = actor.id, actor.name
    row.save(update_fields=["state", "answer", "decided_at", "decided_by", "decided_by_name"])
    audit.record(
        actor=actor,
        verb="patrol.decide_appeal",
        subject=f"appeal:{row.pk}",
        at=at,
        reason=row.answer,
    )
    tell_appeal_decided(appeal=row, title=str(LABELS[row.figure]), at=at)
    return row
