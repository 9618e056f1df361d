"""Calls as the desk sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Call

OPEN: Final = (Call.State.WAITING, Call.State.SENT, Call.State.ACCEPTED)


@dataclass(frozen=True)
class CallFilter:
    text: str = ""
    area_path: str = ""
    kind: str = ""
    state: str = ""  # "open": every state in which somebody has to act
    since: date | None = None


@dataclass(frozen=True)
class CallCounts:
    waiting: int
    sent: int
    accepted: int
    refused: int  # since the day asked about


def calls(actor: Actor, *, by: CallFilter, after: str = "", before: str = "") -> Page[Call]:
    """Return one page, the newest first."""
    rows = _narrowed(actor, by).select_related("user", "matter", "unit")
    return page_of(rows, "-sent_at", "-pk", after=after, before=before, size=PAGE)


def call_rows(actor: Actor, *, by: CallFilter) -> Iterator[Call]:
    rows = _narrowed(actor, by).select_related("user", "matter", "unit")
    return rows.order_by("-sent_at", "-pk").iterator(chunk_size=2000)


def count_calls(actor: Actor, *, by: CallFilter, most: int = 10_000) -> int:
    return _narrowed(actor, by).order_by()[:most].count()


def call(actor: Actor, call_id: int) -> Call:
    rows = Call.objects.within_reach_of(actor, Can.VIEW).select_related("user", "matter", "unit")
    return rows.get(pk=call_id)


def call_counts(actor: Actor, *, area_path: str = "", since: date) -> CallCounts:
    rows = Call.objects.within_reach_of(actor, Can.VIEW).filter(area_path__startswith=area_path)
    refused = Q(state=Call.State.REFUSED, answered_at__date__gte=since)
    found = rows.filter(Q(state__in=OPEN) | refused).aggregate(
        waiting=Count("pk", filter=Q(state=Call.State.WAITING)),
        sent=Count("pk", filter=Q(state=Call.State.SENT)),
        accepted=Count("pk", filter=Q(state=Call.State.ACCEPTED)),
        refused=Count("pk", filter=refused),
    )
    return CallCounts(**found)


def _narrowed(actor: Actor, by: CallFilter) -> "QuerySet[Call]":
    wanted: dict[str, Any] = {
        "area_path__startswith": by.area_path or None,
        "kind": by.kind or None,
        "sent_at__date__gte": by.since,
    }
    rows = Call.objects.within_reach_of(actor, Can.VIEW)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if by.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif by.state:
        rows = rows.filter(state=by.state)
    if by.text:
        found = Q(words__contains=by.text) | Q(user__name__contains=by.text)
        rows = rows.filter(found | Q(matter__number=by.text) | Q(premises_code=by.text))
    return rows
