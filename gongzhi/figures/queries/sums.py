"""The counts as statements over the facts: the same for adding a few matters, taking them away, counting all anew."""

from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Sum, Value
from django.db.models import Count as Tally
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate

from gongzhi.figures.models import Fact
from gongzhi.figures.queries.measures import COLUMNS, DIMENSIONS, MEASURES, SUMS

PLUS, MINUS = 1, -1
COUNT_COLUMNS = ("dimension", "key", "day", *COLUMNS)
CLOSING_COLUMNS = ("town", "village", "day", "closed")


def measured(sign: int = PLUS) -> dict[str, Combinable]:
    """Return the measures as aggregates, each named m_…; with MINUS, what is to be taken away."""
    tallies: dict[str, Combinable] = {
        f"m_{name}": Tally("pk", filter=condition or None) * Value(sign)
        for name, condition in MEASURES.items()
    }
    for name, (amount, condition) in SUMS.items():
        total = Sum(Cast(amount, BigIntegerField()), filter=condition)
        whole = Cast(Coalesce(total, Value(0)), BigIntegerField())
        tallies[f"m_{name}"] = whole * Value(sign)
    return tallies


def count_rows(dimension: str, facts: QuerySet[Fact], *, sign: int = PLUS) -> QuerySet[Any, Any]:
    """Return rows in the order of COUNT_COLUMNS: the facts' sums by day and the dimension's key."""
    column = DIMENSIONS[dimension]
    key = Cast(F(column), CharField()) if column else Value("", output_field=CharField())
    rows = facts.filter(**_named(column))
    return (
        rows.order_by()
        .annotate(d_dimension=Value(dimension), d_key=key, d_day=F("reported_on"))
        .values("d_dimension", "d_key", "d_day")
        .annotate(**measured(sign))
        .values_list("d_dimension", "d_key", "d_day", *(f"m_{name}" for name in COLUMNS))
    )


def _named(column: str | None) -> dict[str, Any]:
    """Leave out matters that have no such thing: no unit yet, no village known."""
    if column is None:
        return {}
    return {f"{column}__isnull": False} if column.endswith("_id") else {f"{column}__gt": ""}


def closing_rows(facts: QuerySet[Fact], *, sign: int = PLUS) -> QuerySet[Any, Any]:
    """Return rows in the order of CLOSING_COLUMNS: settled matters by the city's day and the village."""
    return (
        facts.filter(closed_at__isnull=False)
        .order_by()
        .annotate(d_day=TruncDate("closed_at"))
        .values("town", "village", "d_day")
        .annotate(m_closed=Tally("pk") * Value(sign))
        .values_list("town", "village", "d_day", "m_closed")
    )
