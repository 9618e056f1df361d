"""
Parts of the data package that are the same for everybody. Each names a mark and how it is composed.

Composing happens only when the mark is new; asking for the mark sends no statement of its own.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from gongzhi.base.snapshots import Snapshot
from gongzhi.catalogue import queries as catalogue
from gongzhi.patrol import queries as patrol

CONTENT = Path(__file__).resolve().parents[1] / "content"
Part = tuple[Any, Callable[[], dict[str, Any]]]


def catalogue_part(at: datetime) -> Part:
    rows = catalogue.items_in_force(timezone.localdate(at))
    return hash(tuple(rows)), lambda: {"items": [_item(row) for row in rows]}


def _item(row: catalogue.ItemRow) -> dict[str, Any]:
    return {
        "id": row.id, "code": row.code, "name": row.name, "class_name": row.class_name,
        "family": row.family, "synonyms": row.synonyms, "icon": row.icon,
        "popular_rank": row.popular_rank, "self_handled": row.self_handled_allowed,
        "report_photos": row.report_photos, "after_photos": row.after_photos,
        "emergency": row.emergency_notice,
        "standards": [
            {"id": s.id, "when_counts": s.when_counts, "when_done": s.when_done, "limit": s.limit_words}
            for s in row.standards
        ],
        "questions": [
            {
                "id": q.id, "text": q.text, "kind": q.kind, "required": q.required,
                "choices": q.choices, "unit": q.unit,
            }
            for q in row.questions
        ],
    }  # fmt: skip


def lists_part(at: datetime) -> Part:
    on = timezone.localdate(at)
    if on not in _lists:
        _lists.clear()
        _lists[on] = Snapshot(mark=lambda: _read(on), read=lambda rows: rows)
    rows = _lists[on].current()
    return hash(rows), lambda: _composed(rows)


Rows = tuple[tuple[patrol.ListRow, ...], tuple[patrol.ClassRow, ...]]
_lists: dict[date, Snapshot[Rows, Rows]] = {}


def _read(on: date) -> Rows:
    return tuple(patrol.check_lists(on=on)), tuple(patrol.classes(on=on))


def forget() -> None:
    _lists.clear()


def _composed(rows: Rows) -> dict[str, Any]:
    lists, classes = rows
    by_kind: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in classes:
        by_kind[row.kind_code].append({"code": row.code, "name": row.name})
    return {
        "lists": [_list(row) for row in lists],
        "classes": by_kind,
        "grades": [letter for letter in patrol.GRADES.values() if letter],
    }


def _list(row: patrol.ListRow) -> dict[str, Any]:
    return {
        "code": row.code, "version": row.version, "name": row.name, "kind": row.kind_code, "group": row.group,
        "classes": row.classes, "grades": row.grade_letters, "source": row.source,
        "lines": [
            {
                "n": line.n, "item_id": line.item_id, "text": line.text, "standard": line.standard,
                "how": line.how, "self_fix": line.self_fix, "revisit_days": line.revisit_days,
            }
            for line in row.lines
        ],
    }  # fmt: skip


def words_part(_at: datetime) -> Part:
    return "1", lambda: {
        "templates": [{"for": row["for"], "text": row["text"]} for row in shipped("words.csv")]
    }


@lru_cache(maxsize=8)
def shipped(name: str) -> tuple[dict[str, str], ...]:
    with (CONTENT / name).open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))
