"""Alarms: rung when an urgent matter comes in, acknowledged once at each desk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.command.capabilities import Can
from gongzhi.command.events import AlarmAcknowledged
from gongzhi.command.models import Acknowledgement, Alarm
from gongzhi.command.queries.alarms import desk_of, level_of
from gongzhi.matters import queries as matters


def ring(*, matter_id: int) -> Alarm | None:
    """Ring for an urgent matter, once; None when there is nothing to ring for. Safe to repeat."""
    now = matters.standing(matter_id)
    if not (now.is_urgent and now.is_open):
        return None
    alarm, _is_new = Alarm.objects.get_or_create(
        matter_id=matter_id,
        defaults={
            "number": now.number,
            "title": now.title,
            "area_path": now.area_path,
            "level": min(now.level, 2),
            "raised_at": now.reported_at,
        },
    )
    return alarm


@transaction.atomic
def acknowledge(*, matter_id: int, actor: Actor, at: datetime) -> Acknowledgement:
    """Say for the actor's desk that it knows of the matter; said twice, the first stays."""
    alarm = (
        Alarm.objects.within_reach_of(actor, Can.ACKNOWLEDGE)
        .select_for_update()
        .filter(pk=matter_id)
        .first()
    )
    if alarm is None:
        raise OutOfReach
    desk = desk_of(actor, alarm.area_path)
    if not desk:
        raise Refused(_("Only a duty desk of the area can acknowledge an alarm."))
    answer, is_new = Acknowledgement.objects.get_or_create(
        alarm=alarm,
        desk_path=desk,
        defaults={"level": level_of(desk), "by": actor.id, "by_name": actor.name, "at": at},
    )
    if is_new:
        subject = f"matter:{alarm.pk}"
        audit.record(actor=actor, verb="command.acknowledge", subject=subject, at=at)
        bus.publish(AlarmAcknowledged(alarm.pk, desk, actor.id, at))
    return answer
