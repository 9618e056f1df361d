"""What officers say against figures about their own work, for whoever decides."""

from django.db.models import QuerySet

from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Appeal
from gongzhi.patrol.queries.statistics import LABELS


def appeals(actor: Actor, *, state: str = "", after: str = "", before: str = "") -> Page[Appeal]:
    rows = _visible(actor).select_related("user")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, "-pk", after=after, before=before, size=PAGE)


def appeal(actor: Actor, appeal_id: int) -> Appeal:
    return _visible(actor).select_related("user").get(pk=appeal_id)


def open_appeals(actor: Actor) -> int:
    return _visible(actor).filter(state=Appeal.State.ASKED).count()


def figure_name(code: str) -> str:
    return str(LABELS.get(code, code))


def _visible(actor: Actor) -> "QuerySet[Appeal]":
    return Appeal.objects.within_reach_of(actor, Can.DECIDE_APPEAL)
