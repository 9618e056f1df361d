"""What duty shows on a matter's page: the instructions that speak of it, and the way to a new one."""

from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import Referral
from gongzhi.duty.queries.instructions import rows_of, visible_instructions
from gongzhi.matters.kind import Block

MOST = 5


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return the instructions about a matter as far as the actor sees them; three statements at most."""
    if not actor.can(Can.VIEW):
        return None
    about = Referral.objects.filter(matter_id=matter.id).values("instruction")
    rows = rows_of(actor, visible_instructions(actor).filter(pk__in=about), at=at, most=MOST)
    can_instruct = matter.is_open and actor.can(Can.INSTRUCT)
    if not rows and not can_instruct:
        return None
    shown = {"rows": rows, "can_instruct": can_instruct, "number": matter.number}
    return Block("duty/_matter.html", shown)
