"""The matters behind a figure, by the same conditions on the same lake: 反查."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.lake import ask
from gongzhi.insight.rules.slices import Slice
from gongzhi.matters import queries as matters

PAGE: Final = 50
LAST_PAGE: Final = 200
EXPORTED: Final = 50_000
AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Listed:
    as_of: datetime
    total: int
    rows: list[matters.Row]
    hidden: int  # counted, but not the reader's to see in the register
    page: int
    has_more: bool


def listed(actor: Actor, by: Slice, *, page: int, at: datetime) -> Listed:
    """Return a page of the matters a figure counts, the newest first."""
    page = max(1, min(page, LAST_PAGE))
    total, as_of = _total(actor, by)
    # Spark knows no offset: the pages before come along, at most ten thousand numbers.
    told = ask({"ask": "newest", "by": by.plain(), "limit": page * PAGE}, actor)
    ids = [row["matter"] for row in told.rows[(page - 1) * PAGE :]]
    rows = matters.chosen(ids, actor, at=at)
    return Listed(
        as_of, total, rows, len(ids) - len(rows), page, page * PAGE < total and page < LAST_PAGE
    )


def _total(actor: Actor, by: Slice) -> tuple[int, datetime]:
    told = ask({"ask": "tally", "by": by.plain(), "dims": [], "counts": ["reported"]}, actor)
    return int(told.rows[0]["reported"] or 0), told.as_of


def listed_for_export(actor: Actor, by: Slice, *, at: datetime) -> Iterator[matters.Row]:
    told = ask({"ask": "newest", "by": by.plain(), "limit": EXPORTED}, actor)
    ids = [row["matter"] for row in told.rows]
    for start in range(0, len(ids), AT_ONCE):
        yield from matters.chosen(ids[start : start + AT_ONCE], actor, at=at)
