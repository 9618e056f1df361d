"""Counts by day, town and class of items: what forecasts are trained on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count as Tally
from django.db.models import QuerySet

from gongzhi.figures.models import Fact


@dataclass(frozen=True)
class DayCount:
    """So many valid matters were reported on a day in a town, of a class of items."""

    on: date
    town: str
    item_class: str
    count: int


def day_counts(*, since: date, until: date) -> list[DayCount]:
    """Count valid matters (有效上报) by the day they were reported, both days included; whoever asks, for jobs."""
    rows = (
        Fact.objects.filter(is_valid=True, reported_on__range=(since, until))
        .exclude(town="")
        .order_by()
        .values_list("reported_on", "town", "item_class")
        .annotate(n=Tally("pk"))
    )
    return [DayCount(*row) for row in rows]


def tally(rows: QuerySet[Fact], *columns: str) -> list[tuple[Any, ...]]:
    """Count facts by columns of theirs, the most first: (column …, count)."""
    found = rows.order_by().values_list(*columns).annotate(n=Tally("pk"))
    return list(found.order_by("-n", *columns))
