"""What oversight shows on a matter's page, and when it holds a move back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.matters.kind import Block, Step
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.models import Order
from gongzhi.oversight.queries.batches import batch_of
from gongzhi.oversight.queries.content import norm
from gongzhi.oversight.queries.orders import OrderRow, order_row
from gongzhi.oversight.queries.owners import OwnerRow, owner_of, owner_row

MOST = 5


@dataclass(frozen=True)
class OnMatter:
    matter: Any
    orders: list[OrderRow]
    owner: OwnerRow | None
    batch: Any
    can_order: bool
    can_name: bool
    is_pending_long: bool
    days: int


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return orders, owner and batch of a matter for its page; three statements."""
    if not actor.can(Can.VIEW):
        return None
    on = timezone.localdate(at)
    orders = Order.objects.filter(matter_id=matter.id).order_by("-id")[:MOST]
    owned = owner_of(matter.id)
    days = (on - timezone.localdate(matter.reported_at)).days
    seen = OnMatter(
        matter, [order_row(order, at) for order in orders], owner_row(owned, on) if owned else None, batch_of(matter.id),
        can_order=matter.is_open and actor.can(Can.ORDER), can_name=matter.is_open and actor.can(Can.NAME_OWNER),
        is_pending_long=matter.is_open and days >= norm("owner.pending_days", on=on), days=days,
    )  # fmt: skip
    shows = seen.orders or seen.owner or seen.batch or seen.can_order or seen.can_name
    return Block("oversight/_matter.html", vars(seen)) if shows else None


def needs_evidence(step: Step) -> None:
    """Hold the closing of a matter with a named owner back until the owner has filed evidence of its settlement."""
    owned = owner_of(step.matter.id)
    if owned is not None:
        raise Refused(
            _(
                "{owner} owns this matter: it can be closed once the evidence of its settlement has been filed there."
            ).format(owner=owned.owner_name)
        )
