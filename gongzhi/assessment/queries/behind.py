"""反查: the matters behind a figure of the table, within the reader's reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.queries.content import Rate
from gongzhi.assessment.queries.tables import Asked, namer
from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.figures import queries as figures
from gongzhi.figures.queries import Extent, Key
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

MOST = 100_000  # lines of an export
PARTS: dict[str, Any] = {
    "asked": _("Denominator"), "kept": _("Numerator"), "missed": _("In the denominator only"),
}  # fmt: skip


@dataclass(frozen=True)
class MatterLine:
    id: int
    number: str
    title: str
    place: str
    unit: str
    state: str
    reported_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Behind:
    """Which figure is looked behind: a rate, of one key or of all, and which part of it."""

    rate: Rate
    asked: Asked
    key: Key | None
    part: str = "asked"

    @property
    def extent(self) -> Extent:
        period = self.asked.period
        return Extent(period.since, period.until, self.asked.within, by=self.asked.dimension, key=self.key)  # fmt: skip

    @property
    def name(self) -> str:
        return "" if self.key is None else namer(self.asked)(self.key)


def facts_behind(actor: Actor, behind: Behind, *, at: datetime) -> QuerySet[Any]:
    rate = behind.rate
    text = rate.asked if behind.part == "asked" else f"{rate.asked};{rate.kept}"
    if behind.part != "missed":
        return figures.matters_of(actor, Can.VIEW, behind.extent, text, at=at)
    kept = figures.matters_of(actor, Can.VIEW, behind.extent, text, at=at).values("pk")
    return figures.matters_of(actor, Can.VIEW, behind.extent, rate.asked, at=at).exclude(
        pk__in=kept
    )


def page_behind(
    actor: Actor, behind: Behind, *, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Any], list[MatterLine]]:
    page = page_of(facts_behind(actor, behind, at=at), "-pk", after=after, before=before)
    return page, matter_lines(page.rows)


def lines_behind(actor: Actor, behind: Behind, *, at: datetime) -> Iterator[list[Any]]:
    facts = facts_behind(actor, behind, at=at).order_by("-pk")[:MOST]
    batch: list[Any] = []
    for fact in facts.iterator(chunk_size=1000):
        batch.append(fact)
        if len(batch) == 1000:
            yield from map(cells, matter_lines(batch))
            batch = []
    yield from map(cells, matter_lines(batch))


def cells(line: MatterLine) -> list[Any]:
    moments = [_local(line.reported_at), _local(line.closed_at)]
    return [line.number, line.title, line.place, line.unit, line.state, *moments]


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def matter_lines(facts: Sequence[Any]) -> list[MatterLine]:
    """Return facts as lines; one statement for the numbers, titles and states."""
    about = matters.standing_ids([fact.pk for fact in facts])
    return [
        MatterLine(
            fact.pk, row.number, row.title, places.full_name(row.area_path), accounts.unit_name(fact.unit_id),
            row.state_label, row.reported_at, row.closed_at,
        )
        for fact in facts
        if (row := about.get(fact.pk))
    ]  # fmt: skip
