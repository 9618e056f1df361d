"""The facts within an actor's reach, narrowed: what stands behind a figure (反查)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.figures.capabilities import Can
from gongzhi.figures.models import Fact
from gongzhi.figures.queries.measures import MEASURES
from gongzhi.figures.queries.sums import measured


@dataclass(frozen=True)
class FactFilter:
    """Days are those of the report, both included; `area` is a path and all below it."""

    since: date | None = None
    until: date | None = None
    area: str = ""
    unit: int | None = None
    department: int | None = None
    items: Sequence[int] = ()
    item_class: str = ""
    source: str = ""
    state: str = ""
    what: str = ""  # a measure: only the matters it counts
    without: str = ""  # a measure: only the matters it does not count


def facts(actor: Actor, by: FactFilter, *, capability: str = Can.VIEW) -> QuerySet[Fact]:
    """Return the facts within reach, as a queryset to page, count or sum; `capability` may be a caller's own."""
    return narrowed(Fact.objects.within_reach_of(actor, capability), by)


def narrowed(rows: QuerySet[Fact], by: FactFilter) -> QuerySet[Fact]:
    named = {
        "reported_on__gte": by.since,
        "reported_on__lte": by.until,
        "unit_id": by.unit,
        "department_id": by.department,
        "item_id__in": list(by.items),
        "item_class": by.item_class,
        "source": by.source,
        "state": by.state,
    }
    rows = rows.filter(in_area(by.area), **{name: value for name, value in named.items() if value})
    if by.what:
        rows = rows.filter(MEASURES[by.what])
    return rows.exclude(MEASURES[by.without]) if by.without else rows


def in_area(path: str) -> Q:
    """Return the condition for an area and all below it, phrased for the index by town."""
    depth = path.count("/")
    if depth <= 1:
        return Q()  # the city: everything
    if depth == 2:
        return Q(town=path)
    town = "/".join(path.split("/")[:2]) + "/"
    return Q(town=town, village=path) if depth == 3 else Q(town=town, area_path__startswith=path)


def measures_by(rows: QuerySet[Fact], *columns: str) -> list[dict[str, Any]]:
    """Sum every measure of these facts by columns of theirs (none: all together); one statement, one dict a row."""
    found = rows.order_by().values(*columns) if columns else rows.order_by().values()
    if not columns:
        return [{name[2:]: value for name, value in rows.aggregate(**measured()).items()}]
    return [
        {name.removeprefix("m_"): value for name, value in row.items()}
        for row in found.annotate(**measured()).order_by(*columns)
    ]
