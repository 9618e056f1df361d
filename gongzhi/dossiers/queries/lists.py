"""Files as lists show them: numbers, kinds, what is missing, the score; no name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.paging import Page, page_of
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers.capabilities import Can
from gongzhi.dossiers.models import Dossier
from gongzhi.dossiers.queries.content import places
from gongzhi.matters import queries as matters
from gongzhi.places import queries as areas

State = Dossier.State
BOXES: dict[str, Any] = {
    "open": _("To complete"),
    "review": _("To be scored"),
    "reviewed": _("Reviewed"),
    "incomplete": _("Archived incomplete"),
    "all": _("All"),
}
_IN: dict[str, Q] = {
    "open": Q(state=State.OPEN),
    "review": Q(state=State.BOUND, score=None),
    "reviewed": Q(score__isnull=False),
    "incomplete": Q(state=State.BOUND) & ~Q(missing=[]),
}
ORDERS: dict[str, tuple[str, ...]] = {"newest": ("-matter_id",), "oldest": ("matter_id",)}


@dataclass(frozen=True)
class Listed:
    row: Dossier
    place: str
    missing: list[str]  # names of lines


def dossiers(actor: Actor, *, box: str, text: str = "") -> QuerySet[Dossier]:
    rows = Dossier.objects.within_reach_of(actor, Can.VIEW).filter(_IN.get(box, Q()))
    if text:
        number = matters.whole_number(text) or text
        named = Q(kind_name__in=disputes.kinds_named(text))
        rows = rows.filter(Q(matter_number__startswith=number) | Q(number__icontains=text) | named)
    return rows.defer("statement")


def dossiers_page(
    actor: Actor, *, box: str, text: str, order: str, on: date, after: str = "", before: str = ""
) -> tuple[Page[Dossier], list[Listed]]:
    rows, columns = dossiers(actor, box=box, text=text), ORDERS.get(order, ORDERS["newest"])
    if order == "score":
        rows, columns = rows.filter(score__isnull=False), ("score", "matter_id")
    page = page_of(rows, *columns, after=after, before=before)
    names = {place.code: place.name for place in places(on)}
    return page, [_listed(row, names) for row in page.rows]


def _listed(row: Dossier, names: dict[str, str]) -> Listed:
    return Listed(row, areas.full_name(row.area_path), [names.get(code, code) for code in row.missing])  # fmt: skip


def counts(actor: Actor) -> dict[str, int]:
    """Return how many lie in each box, up to a thousand; one statement."""
    rows = Dossier.objects.within_reach_of(actor, Can.VIEW)
    return counts_of({box: rows.filter(inside) for box, inside in _IN.items()})


def table(rows: QuerySet[Dossier], on: date) -> Iterator[tuple[Any, ...]]:
    names = {place.code: place.name for place in places(on)}
    for row in rows.order_by("-matter_id").iterator(chunk_size=500):
        one = _listed(row, names)
        yield (
            row.matter_number, row.number, row.kind_name, one.place, row.get_state_display(), "、".join(one.missing), row.bound_at,
            row.score, row.reviewed_at,
        )  # fmt: skip
