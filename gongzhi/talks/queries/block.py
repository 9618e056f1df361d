"""What a dispute's page shows of its talks: how far the sides are reached, the next sitting, an open safety plan."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.disputes import queries as disputes
from gongzhi.matters.kind import Block
from gongzhi.talks.capabilities import Can
from gongzhi.talks.models import UndisputedFact
from gongzhi.talks.queries.contact import contact
from gongzhi.talks.queries.reach import CONTACTING, TALKING
from gongzhi.talks.queries.safety import open_plan_of, plan_view
from gongzhi.talks.queries.sittings import next_sitting


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    if matter.kind != "dispute" or not (actor.can(Can.VIEW) or actor.can(Can.PROTECT)):
        return None
    plan = open_plan_of(matter.id)
    values = {
        "matter": matter, "reached": contact(matter.id, on=timezone.localdate(at)), "next": next_sitting(matter.id, at=at),
        "plan": plan_view(plan, at=at) if plan else None, "is_assigned": disputes.is_assigned(actor, matter.id),
        "facts": UndisputedFact.objects.filter(dispute_id=matter.id, state="signed").count(),
        "is_contacting": matter.state in CONTACTING, "is_talking": matter.state in TALKING,
        "can_hold": actor.can(Can.HOLD),
    }  # fmt: skip
    return Block("talks/_matter.html", values)
