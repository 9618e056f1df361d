"""Who is told what about patrols; the words are templates of notices."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Appeal, Call, Visit
from gongzhi.places import queries as places

STATION = 2  # level of command
MOST_PEOPLE = 10
APP = "/field"


def tell_station(*, visit: Visit, count: int, at: datetime) -> None:
    """Tell those who send officers that premises are closed to visits or no longer there."""
    if visit.outcome == Visit.Outcome.GONE:
        result = _("the officer found them gone; the register was corrected")
    else:
        result = _("{count} visits in a row: {outcome}").format(
            count=count, outcome=visit.get_outcome_display()
        )
    values = {"title": visit.premises.name, "address": visit.premises.address, "result": result}
    notices.tell(
        people=station_people(visit.area_path, at), template="patrol_nobody", values=values,
        link=f"/desk/patrol/premises/{visit.premises.code}", at=at,
    )  # fmt: skip


def tell_called(*, call: Call, at: datetime) -> None:
    about = matters.standing(call.matter_id) if call.matter_id else None
    values = {
        "title": about.title if about else call.words,
        "number": about.number if about else _("no matter yet"),
        "address": places.full_name(call.area_path),
        "due": clocks.moment(timezone.localtime(call.due_at)) if call.due_at else _("as soon as possible"),
        "by": call.sent_by_name or _("the system"),
        "result": str(call.get_kind_display()),
    }  # fmt: skip
    notices.tell(
        people=[call.user_id or 0], template="called", values=values, link=f"{APP}#/call/{call.pk}",
        at=at, urgent=call.kind == Call.Kind.URGENT or bool(about and about.is_urgent),
    )  # fmt: skip


def tell_refused(*, call: Call, passed_to: str, at: datetime) -> None:
    """Tell the station who refused and why, and whose it is now; and the person who sent the call."""
    about = matters.standing(call.matter_id) if call.matter_id else None
    words = (
        _("passed on to {name}").format(name=passed_to) if passed_to else _("nobody else is free")
    )
    values = {
        "title": about.title if about else call.words,
        "address": places.full_name(call.area_path),
        "reason": call.reason,
        "by": accounts.names([call.user_id or 0]).get(call.user_id or 0, ""),
        "result": words,
    }
    people = [call.sent_by, *station_people(call.area_path, at)]
    notices.tell(
        people=people, template="call_refused", values=values, link="/desk/patrol/calls", at=at
    )


def tell_appeal_decided(*, appeal: Appeal, title: str, at: datetime) -> None:
    decision = str(appeal.get_state_display())
    notices.tell(
        people=[appeal.user_id], template="appeal_decided",
        values={"title": title, "decision": decision, "reason": appeal.answer},
        link=f"{APP}#/statistics", at=at,
    )  # fmt: skip


def station_people(area_path: str, at: datetime) -> list[int]:
    """Return who sends officers for a place: of its station, else of the centres above."""
    roles = [code for code, role in accounts.roles().items() if Can.CALL in role.capabilities]
    on = timezone.localdate(at)
    for level in range(STATION, -1, -1):
        unit = accounts.centre_for(area_path, level)
        if people := accounts.people_in_units(*roles, unit_ids=[unit.id], on=on):
            return [person.id for person in people[:MOST_PEOPLE]]
    return []
