"""One premises as the patrols know it."""

from collections.abc import Iterable

from gongzhi.base.actor import Actor
from gongzhi.matters import queries as matters
from gongzhi.patrol.models import Due
from gongzhi.patrol.queries.coverage import visible_dues
from gongzhi.patrol.queries.work import VisitRow


def dues_of(actor: Actor, code: str) -> list[Due]:
    """Return the plans premises are in, with when they are due under each."""
    rows = visible_dues(actor).filter(premises__code=code).select_related("plan")
    return list(rows.order_by("due_on", "pk"))


def matters_behind(visits: Iterable[VisitRow]) -> dict[str, matters.Standing]:
    """Return the matters that findings became, by their key, in one statement."""
    keys = {line.matter_key for visit in visits for line in visit.lines if line.matter_key}
    return matters.standings(keys)
