"""Agreements as lists show them: numbers, kinds, days; no name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.models import Agreement
from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.paging import Page, page_of
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

State = Agreement.State
BOXES: dict[str, Any] = {
    "due": _("To be performed"),
    "late": _("Past its day"),
    "signing": _("Being signed"),
    "draft": _("Drafts"),
    "done": _("Performed"),
    "all": _("All"),
}
ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-matter_id",),
    "oldest": ("matter_id",),
}


@dataclass(frozen=True)
class Listed:
    row: Agreement
    place: str
    days: int | None  # until the next day something is due; below 0: late


def _in_box(box: str, on: date) -> Q:
    effective = Q(state=State.EFFECTIVE)
    return {
        "due": effective & Q(open_dues__gt=0),
        "late": effective & Q(next_due_on__lt=on),
        "signing": Q(state=State.SIGNING),
        "draft": Q(state=State.DRAFT),
        "done": effective & Q(open_dues=0),
    }.get(box, Q())


def agreements(actor: Actor, *, box: str, text: str = "", on: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.within_reach_of(actor, Can.VIEW).filter(_in_box(box, on))
    if text:
        number = matters.whole_number(text) or text
        named = Q(kind_name__in=disputes.kinds_named(text))
        rows = rows.filter(Q(matter_number__startswith=number) | Q(number__icontains=text) | named)
    return rows.defer("text")


def agreements_page(
    actor: Actor, *, box: str, text: str, order: str, on: date, after: str = "", before: str = ""
) -> tuple[Page[Agreement], list[Listed]]:
    rows = agreements(actor, box=box, text=text, on=on)
    columns = ORDERS.get(order, ORDERS["newest"])
    if order == "due":
        rows, columns = rows.filter(next_due_on__isnull=False), ("next_due_on", "matter_id")
    page = page_of(rows, *columns, after=after, before=before)
    return page, [_listed(row, on) for row in page.rows]


def _listed(row: Agreement, on: date) -> Listed:
    days = (row.next_due_on - on).days if row.next_due_on else None
    return Listed(row, places.full_name(row.area_path), days)


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """Return how many lie in each box, up to a thousand; one statement."""
    rows = Agreement.objects.within_reach_of(actor, Can.VIEW)
    return counts_of({box: rows.filter(_in_box(box, on)) for box in BOXES if box != "all"})


def table(rows: QuerySet[Agreement], on: date) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("-matter_id").iterator(chunk_size=500):
        one = _listed(row, on)
        yield (
            row.matter_number, row.number, row.kind_name, one.place, row.get_state_display(), row.total, row.effective_at,
            row.next_due_on, row.open_dues,
        )  # fmt: skip
