"""Who is told when a court sends a case, decides, or asks for something: the office that owes the next move."""

from datetime import datetime

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.docking import queries
from gongzhi.docking.models import Docket, Stage
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices

MOST_PEOPLE = 30
OFFICES = ("centre_clerk", "body_clerk")
OURS = frozenset({"lengthen", "end", "refuse", "contact", "apply", "appoint", "begin_appraisal", "end_appraisal"})  # fmt: skip


def tell(*, docket_id: int, step: str, at: datetime) -> None:
    """Tell of what the partner did; our own steps are no news to us."""
    docket = Docket.objects.select_related("partner").filter(pk=docket_id).first()
    if docket is None or (step in OURS and docket.is_incoming) or (step == "open" and not docket.is_incoming):  # fmt: skip
        return
    standing = matters.standing(docket.matter_id)
    unit = standing.owing_unit_id or (docket.unit_ids[-1] if docket.unit_ids else None)
    if unit is None:
        return
    people = accounts.people_in_units(*OFFICES, unit_ids=[unit], on=timezone.localdate(at))
    words = {
        "number": standing.number, "title": standing.title, "by": docket.partner.name,
        "state": _words(docket, step),
        "due": clocks.moment(timezone.localtime(docket.next_due_at)) if docket.next_due_at else "—",
    }  # fmt: skip
    notices.tell(
        people=[person.id for person in people[:MOST_PEOPLE]], template="court_step", values=words,
        link=f"/desk/docking/cases/{docket_id}", at=at,
    )  # fmt: skip


def _words(docket: Docket, step: str) -> str:
    if step in {"open", "withdraw"}:
        return "新案件" if step == "open" else f"撤回（{docket.reason}）"
    if step == "correct":
        asked = Stage.objects.filter(docket=docket, code=step, done_at__isnull=True).first()
        return f"要求补正：{asked.note}" if asked else "已补正"
    return queries.step_name(docket.kind, step)
