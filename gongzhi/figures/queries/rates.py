"""Counts, marks and lists of matters by conditions that other modules keep as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add, and_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Value, When

from gongzhi.base.actor import Actor
from gongzhi.figures.models import Fact
from gongzhi.figures.queries.facts import in_area
from gongzhi.figures.queries.measures import DIMENSIONS, MEASURES
from gongzhi.figures.rules.conditions import Asked, Condition, Unreadable, asked

KEYS: Mapping[str, str | None] = {**DIMENSIONS, "grid": "area_path"}
LOOKUPS = {"=": "", "<": "__lt", ">=": "__gte"}
Key = str | int


@dataclass(frozen=True)
class Extent:
    """Which matters are looked at: those reported on some days, in an area, of a unit and those below it …"""

    since: date
    until: date  # the day after the last
    area: str = ""
    by: str = "city"  # the dimension
    key: Key | None = None  # one of its values


def is_readable(text: str) -> bool:
    try:
        where(text, at=None)
    except Unreadable:
        return False
    return True


def where(text: str, *, at: datetime | None) -> Q:
    """Return the condition on facts that a text says; Unreadable names the term that says none."""
    read = asked(text)
    return reduce(
        and_, [*_measures(read), *(_q(condition, at) for condition in read.conditions)], Q()
    )


def _measures(read: Asked) -> list[Q]:
    unknown = [name for name in read.measures if name not in MEASURES]
    if unknown:
        raise Unreadable(unknown[0])
    return [MEASURES[name] for name in read.measures]


def _q(condition: Condition, at: datetime | None) -> Q:
    value = condition.value
    if value is None:
        return Q(**{f"{condition.column}__isnull": True})
    if isinstance(value, tuple):
        return Q(**{f"{condition.column}__in": value})
    return Q(**{f"{condition.column}{LOOKUPS[condition.test]}": at if value == "now" else value})


def facts_of(actor: Actor, capability: str, extent: Extent) -> QuerySet[Fact]:
    """Return the facts of an extent within the actor's reach."""
    found = Fact.objects.within_reach_of(actor, capability).filter(
        in_area(extent.area), reported_on__gte=extent.since, reported_on__lt=extent.until
    )
    column = KEYS[extent.by]
    if extent.key is not None and column:
        found = found.filter(**{column: extent.key})
    return found


def counted_by(
    actor: Actor, capability: str, extent: Extent, wanted: Mapping[str, str], *, at: datetime
) -> dict[Key, dict[str, int]]:
    """Count the matters of each condition by the extent's dimension; one statement. The city's key is ""."""
    tallies = {f"n_{name}": Count("pk", filter=where(text, at=at)) for name, text in wanted.items()}
    column = KEYS[extent.by]
    facts = facts_of(actor, capability, extent).order_by()
    if column is None:
        return {"": _plain(facts.aggregate(**tallies))}
    rows = facts.filter(_has_one(column)).values(column).annotate(**tallies)
    return {row[column]: _plain(row) for row in rows}


def _plain(row: Mapping[str, Any]) -> dict[str, int]:
    return {name.removeprefix("n_"): count for name, count in row.items() if name.startswith("n_")}


def _has_one(column: str) -> Q:
    return (
        Q(**{f"{column}__isnull": False}) if column.endswith("_id") else Q(**{f"{column}__gt": ""})
    )


def marked(
    actor: Actor,
    capability: str,
    extent: Extent,
    wanted: Sequence[tuple[str, str]],
    *,
    at: datetime,
) -> Iterator[tuple[int, Key, int, int]]:
    """
    Yield every matter of an extent with its key and two words of bits.

    Bit i of the first says that the first condition of pair i holds, of the second that both do.
    """
    column = KEYS[extent.by]
    facts = facts_of(actor, capability, extent).order_by("pk")
    if column:
        facts = facts.filter(_has_one(column))
    pairs = [(where(first, at=at), where(second, at=at)) for first, second in wanted]
    rows = facts.annotate(
        key=F(column) if column else Value(""),
        first=_bits([first for first, _second in pairs]),
        both=_bits([first & second for first, second in pairs]),
    ).values_list("pk", "key", "first", "both")
    yield from rows.iterator(chunk_size=5000)


def _bits(conditions: Sequence[Q]) -> Any:
    whole = BigIntegerField()
    bits = [
        Case(When(condition, then=Value(1 << place)), default=Value(0), output_field=whole)
        for place, condition in enumerate(conditions)
    ]
    return reduce(add, bits, Value(0, output_field=whole))


def matters_of(
    actor: Actor, capability: str, extent: Extent, text: str, *, at: datetime
) -> QuerySet[Fact]:
    """Return the facts behind a figure, to be paged."""
    return facts_of(actor, capability, extent).filter(where(text, at=at))
