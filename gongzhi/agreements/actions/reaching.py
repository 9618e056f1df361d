"""Whose agreement it is: each deed begins with the matter within reach and the file one may open."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.agreements.models import Agreement
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.disputes import actions as disputes
from gongzhi.matters import queries as matters


def reach(matter_id: int, actor: Actor, capability: str, *, at: datetime) -> matters.Standing:
    """Return where the dispute stands; OutOfReach for who may not do this or not open the file."""
    if not actor.can(capability) or not matters.rows_by_id([matter_id], actor, at=at):
        raise OutOfReach
    disputes.open_file(matter_id=matter_id, actor=actor, at=at)
    return matters.standing(matter_id)


def locked(matter_id: int) -> Agreement:
    row = Agreement.objects.select_for_update().filter(pk=matter_id).first()
    if row is None:
        raise Refused(_("Nothing has been written yet: keep a draft first."))
    return row


def must_be(row: Agreement, *states: str) -> None:
    if row.state not in states:
        raise Refused(
            _("The agreement is “{state}” now: this cannot be done any more.").format(
                state=row.get_state_display()
            )
        )
