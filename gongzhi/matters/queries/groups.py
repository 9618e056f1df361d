"""Open matters that are alike: the same problem, the same place, the same premises or organisation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, F, FloatField, Func, QuerySet, TextField, Value

from gongzhi.base.actor import Actor
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.finding import Filter, narrowed
from gongzhi.matters.queries.lists import COLUMNS, Box, Row, in_box, rows_of
from gongzhi.places import queries as places

CELLS = 500  # to a degree: a cell is about 200 m wide
MOST_GROUPS = 60
MOST_IN_GROUP = 200


@dataclass(frozen=True)
class LikeGroup:
    cause: str  # item, place, respondent
    words: str
    area_path: str
    count: int
    ids: tuple[int, ...]  # at most MOST_IN_GROUP


def like_groups(
    actor: Actor, *, cause: str, least: int, since: datetime, by: Filter, at: datetime, but: Collection[int] = ()
) -> list[LikeGroup]:  # fmt: skip
    """
    Return groups of open matters within reach that are alike, the largest first; one statement.

    By `item`: the same item in one village. By `place`: any problem in a square of about 200 m.
    By `respondent`: the same premises, that is the organisation or house they are about.
    """
    rows = narrowed(in_box(Box.DOING, actor), by, at=at).filter(reported_at__gte=since)
    rows = rows.exclude(pk__in=but) if but else rows
    keyed, keys = _keyed(rows, cause)
    found = (
        keyed.order_by().values(*keys)
        .annotate(n=Count("id"), ids=ArrayAgg("id", order_by="-id"), first_path=ArrayAgg("area_path", distinct=True))
        .filter(n__gte=least).order_by("-n", *keys)[:MOST_GROUPS]
    )  # fmt: skip
    return [_group(row, cause) for row in found]


def _keyed(rows: QuerySet[Matter], cause: str) -> tuple[QuerySet[Any], list[str]]:
    if cause == "respondent":
        return rows.exclude(premises_code=""), ["premises_code"]
    if cause == "place":
        cells = {
            name: Func(F(column) * Value(CELLS), function="floor", output_field=FloatField())
            for name, column in (("cell_x", "lon"), ("cell_y", "lat"))
        }
        return rows.filter(lon__isnull=False).annotate(**cells), ["cell_x", "cell_y"]
    village = Func(
        F("area_path"), Value("^[^/]+/[^/]+/[^/]+/"), function="substring", output_field=TextField()
    )
    return rows.filter(item__isnull=False).annotate(village=village), ["item_id", "village"]


def _group(row: dict[str, Any], cause: str) -> LikeGroup:
    paths = sorted(row["first_path"], key=len)
    place = row.get("village") or paths[0]
    words = places.full_name(place)
    if cause == "item":
        words = f"{catalogue.item(row['item_id']).name} · {words}"
    elif cause == "respondent":
        words = f"{_premises_name(row['premises_code'])} · {words}"
    return LikeGroup(cause, words, place, row["n"], tuple(row["ids"][:MOST_IN_GROUP]))


def _premises_name(code: str) -> str:
    try:
        return places.premises_by_code(code).name or code
    except ObjectDoesNotExist:  # the code of another system, or premises that are gone
        return code


def rows_by_id(ids: Sequence[int], actor: Actor, *, at: datetime) -> list[Row]:
    """Return those of the matters that lie within reach, as lists show them, in the order asked for."""
    found = Matter.objects.within_reach_of(actor, Can.VIEW).filter(pk__in=list(ids)).only(*COLUMNS)
    rows = {row.id: row for row in rows_of(list(found), at=at)}
    return [rows[pk] for pk in ids if pk in rows]


def ids_by_number(numbers: Sequence[str], actor: Actor) -> dict[str, int]:
    """Return the ids of matters within reach by their numbers, in the order asked for."""
    rows = Matter.objects.within_reach_of(actor, Can.VIEW).filter(number__in=list(numbers))
    found = dict(rows.values_list("number", "id"))
    return {number: found[number] for number in numbers if number in found}
