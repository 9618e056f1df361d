"""A case whose dispute was entered by hand before the court's message came: the two are tied, nothing is entered twice."""

from typing import TYPE_CHECKING

from gongzhi.disputes import queries as disputes
from gongzhi.docking import rules
from gongzhi.docking.actions import following
from gongzhi.docking.models import Docket
from gongzhi.matters import queries as matters

if TYPE_CHECKING:
    from gongzhi.disputes.models import Dispute


def entered_by_hand(case_number: str, *, source: str) -> "Dispute | None":
    """Return the dispute that stands under the court's number and has no docket of the court's yet."""
    row = disputes.referred_dispute(rules.spellings(case_number), source=source)
    if row is None or Docket.objects.filter(matter_id=row.pk, is_incoming=True).exists():
        return None
    return row


def catch_up(docket: Docket, row: "Dispute") -> None:
    """Carry into the docket what was done before it was there, each move at its own time; the court hears of it."""
    for line in reversed(matters.timeline(row.matter)):
        docket.refresh_from_db()
        if docket.state != Docket.State.OPEN:
            return
        following.carry(docket, line.move, line.note, line.at)
