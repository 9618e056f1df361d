"""反查: every figure opens the disputes it was counted from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.disputes.models import Dispute
from gongzhi.disputes.queries.figures.counted import Asked, asked_disputes, key_of
from gongzhi.disputes.queries.figures.defined import Figure
from gongzhi.disputes.queries.lists import NEWEST, beside, by_words
from gongzhi.matters.kind import kind_of
from gongzhi.places import queries as places

OLDEST = ("opened_at", "pk")
PARTS = ("asked", "kept", "missed")


@dataclass(frozen=True)
class Behind:
    """One figure of one row (key None: of all together)."""

    figure: Figure
    asked: Asked
    key: str | None = None
    part: str = "asked"
    text: str = ""
    oldest_first: bool = False


@dataclass(frozen=True)
class BehindLine:
    """A dispute behind a figure: no name, no number of a person."""

    number: str
    title: str
    place: str
    body: str
    state: str
    tone: str
    outcome: str
    reported_at: datetime
    agreed_at: datetime | None
    performed_on: date | None


def page_behind(
    actor: Actor, behind: Behind, *, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Dispute], list[BehindLine]]:
    order = OLDEST if behind.oldest_first else NEWEST
    page = page_of(_rows(actor, behind, at), *order, after=after, before=before)
    return page, [_line(row) for row in page.rows]


def rows_behind(actor: Actor, behind: Behind, *, at: datetime) -> Iterator[list[Any]]:
    """Yield what an export of the list says."""
    for row in _rows(actor, behind, at).order_by(*NEWEST).iterator(chunk_size=2000):
        line = _line(row)
        yield [
            line.number, line.title, line.place, line.body, line.state, line.outcome, line.reported_at, line.agreed_at,
            line.performed_on,
        ]  # fmt: skip


def _rows(actor: Actor, behind: Behind, at: datetime) -> "QuerySet[Dispute]":
    rows = asked_disputes(actor, behind.asked).filter(behind.figure.condition(part=behind.part))
    if behind.key is not None:
        rows = _of_key(rows, behind, behind.key)
    rows = by_words(rows, behind.text, at=at)
    return beside(rows.defer("words", "story", "wish", "answers"))


def _of_key(rows: "QuerySet[Dispute]", behind: Behind, key: str) -> "QuerySet[Dispute]":
    rows = rows.annotate(key=key_of(behind.asked))
    if behind.asked.by != "body":
        return rows.filter(key=key)
    return (
        rows.filter(body_id=int(key))
        if key.isdecimal() and len(key) < 10
        else rows.filter(body=None)
    )


def _line(row: Dispute) -> BehindLine:
    matter, kind = row.matter, kind_of("dispute")
    return BehindLine(
        matter.number, matter.title, places.full_name(matter.area_path), row.body.name if row.body else "",
        kind.label(matter.state), kind.tone(matter.state, paused=matter.paused_at is not None),
        str(row.get_outcome_display()) if row.outcome else "", matter.reported_at, row.agreed_at, row.performed_on,
    )  # fmt: skip
