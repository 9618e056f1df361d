"""Alarms at the desk: read, acknowledged."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.pages import actor_of, needs
from gongzhi.command import actions, queries
from gongzhi.command.capabilities import Can
from gongzhi.command.pages.door import area_of, fresh_json


@require_safe
@needs(Can.VIEW)
def alarms(request: HttpRequest) -> JsonResponse:
    at, row = timezone.now(), area_of(request)
    rings = queries.alarms(actor_of(request), area=row.path, at=at)
    return fresh_json(
        {
            "rows": queries.ring_rows(rings),
            "waiting": sum(ring.needs_answer for ring in rings),
            "as_of": at.isoformat(),
        }
    )


@require_POST
@needs(Can.ACKNOWLEDGE)
def acknowledge(request: HttpRequest, matter_id: int) -> JsonResponse:
    """Acknowledge for the own desk; said twice, the first answer stands."""
    answer = actions.acknowledge(matter_id=matter_id, actor=actor_of(request), at=timezone.now())
    return fresh_json({"by": answer.by_name, "at": answer.at.isoformat()})
