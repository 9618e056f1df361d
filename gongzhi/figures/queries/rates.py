"""Counts, marks and lists of matters by conditions that other modules keep as data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import add, and_, or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Value, When

from gongzhi.base.actor import Actor
from gongzhi.figures.models import Fact
from gongzhi.figures.queries import rolled
from gongzhi.figures.queries.extents import KEYS, Extent, Key
from gongzhi.figures.queries.facts import in_area
from gongzhi.figures.queries.measures import COUNTED, MEASURES
from gongzhi.figures.rules.conditions import Asked, Condition, Unreadable, asked

LOOKUPS = {"=": "", "<": "__lt", ">=": "__gte"}


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
    if rolled.may_roll(actor, capability, extent):
        return _counted_rolled(actor, capability, extent, wanted, at=at)
    return _counted(facts_of(actor, capability, extent), extent, wanted, at=at)


def _counted(
    facts: QuerySet[Fact], extent: Extent, wanted: Mapping[str, str], *, at: datetime
) -> dict[Key, dict[str, int]]:
    tallies = {f"n_{name}": Count("pk", filter=where(text, at=at)) for name, text in wanted.items()}
    column = KEYS[extent.by]
    if column is None:
        return {"": _plain(facts.order_by().aggregate(**tallies))}
    rows = facts.order_by().filter(_has_one(column)).values(column).annotate(**tallies)
    return {row[column]: _plain(row) for row in rows}


def _counted_rolled(
    actor: Actor, capability: str, extent: Extent, wanted: Mapping[str, str], *, at: datetime
) -> dict[Key, dict[str, int]]:
    """Take from the counts what they hold, and count from the facts only what is left: few matters, few conditions."""
    held = {name: said for name, text in wanted.items() if (said := rolled.rolled(text))}
    facts = facts_of(actor, capability, extent)
    less = {name: said.measure for name, said in held.items() if said.less_outside}
    rest = {name: text for name, text in wanted.items() if name not in held}
    taken = _counted(facts.exclude(COUNTED), extent, less, at=at) if less else {}
    conditions = reduce(or_, [where(text, at=at) for text in rest.values()], Q(pk__in=[]))
    others = _counted(facts.filter(conditions), extent, rest, at=at) if rest else {}
    found = {}
    for key, row in rolled.counted(extent, {said.measure for said in held.values()}).items():
        off, other = taken.get(key, {}), others.get(key, {})
        found[key] = {
            name: row[held[name].measure] - off.get(name, 0) if name in held else other.get(name, 0)
            for name in wanted
        }
    return found


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
