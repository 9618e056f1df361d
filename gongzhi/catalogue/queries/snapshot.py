"""
The whole catalogue in memory, so that the hot path asks no database.

The table `Edition` holds one token that every change replaces. It is random, not a counter: two
transactions of which one is rolled back can never end up with the same one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import rjieba
from django.db.models import QuerySet

from gongzhi.base import snapshots
from gongzhi.catalogue.models import Edition, Item, NoReport, Question, Responsibility, Standard
from gongzhi.catalogue.queries.rows import (
    ItemRow,
    NoReportRow,
    QuestionRow,
    ResponsibilityRow,
    StandardRow,
)
from gongzhi.catalogue.rules.finding import Entry, grams, initials, weights

_LEAST_POPULAR = 10_000


@dataclass(frozen=True)
class Snapshot:
    items: dict[int, ItemRow]
    by_code: dict[str, tuple[ItemRow, ...]]  # oldest version first
    standards: dict[int, StandardRow]
    departments: dict[str, str]  # name by code
    responsibilities: dict[str, tuple[ResponsibilityRow, ...]]  # by scope
    no_reports: dict[str, tuple[NoReportRow, ...]]
    entries: dict[int, Entry] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)


def _token() -> UUID | None:
    return Edition.objects.values_list("token", flat=True).first()


def _read(_token: UUID | None) -> Snapshot:
    standards = {
        row.id: row for row in _rows(Standard.objects.order_by("item_id", "number"), StandardRow)
    }
    of_item: dict[int, list[StandardRow]] = defaultdict(list)
    for row in standards.values():
        of_item[row.item_id].append(row)
    asked: dict[int, list[QuestionRow]] = defaultdict(list)
    for question in _rows(Question.objects.order_by("item_id", "number"), QuestionRow):
        asked[question.item_id].append(question)
    items = {
        pk: ItemRow(**values, standards=tuple(of_item[pk]), questions=tuple(asked[pk]))
        for pk, values in _item_values()
    }
    entries = {pk: _entry(item) for pk, item in items.items()}
    return Snapshot(
        items=items,
        by_code=_grouped(items.values(), "code"),
        standards=standards,
        departments={row.department: row.department_name for row in items.values()},
        responsibilities=_grouped(
            _rows(Responsibility.objects.order_by("id"), ResponsibilityRow), "scope"
        ),
        no_reports=_grouped(_rows(NoReport.objects.order_by("id"), NoReportRow), "scope"),
        entries=entries,
        rarity=weights(list(entries.values())),
    )


def _item_values() -> list[tuple[int, dict[str, Any]]]:
    names = [n for n in ItemRow.__dataclass_fields__ if n not in {"standards", "questions"}]
    found = Item.objects.order_by("code", "version").values(*names)
    return [(values["id"], _with_tuples(values)) for values in found]


def _rows(found: QuerySet[Any], row: type[Any]) -> list[Any]:
    return [row(**_with_tuples(values)) for values in found.values(*row.__dataclass_fields__)]


def _with_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}


def _grouped(rows: Iterable[Any], attribute: str) -> dict[str, tuple[Any, ...]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return {key: tuple(group) for key, group in groups.items()}


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text: what the tokeniser cuts, and pairs of neighbouring characters."""
    cut = {word for word in rjieba.cut_for_search(text) if len(word) > 1}
    return frozenset(cut) | grams(text)


def _entry(item: ItemRow) -> Entry:
    spoken = " ".join((item.name, *item.synonyms, *(s.when_counts for s in item.standards)))
    return Entry(
        id=item.id,
        name=item.name,
        synonyms=item.synonyms,
        words=words_of(spoken),
        initials=" ".join(initials(phrase) for phrase in (item.name, *item.synonyms)),
        rank=_LEAST_POPULAR if item.popular_rank is None else item.popular_rank,
    )


_catalogue = snapshots.Snapshot(mark=_token, read=_read)
snapshot, forget = _catalogue.current, _catalogue.forget
