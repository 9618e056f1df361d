"""My reports: those made while signed in, and those claimed later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongzhi.base.paging import Page, page_of
from gongzhi.matters import queries as matters
from gongzhi.residents.models import OwnReport, Resident

SIZE = 20
STATES = ("open", "ended", "to_rate")


@dataclass(frozen=True)
class OwnFilter:
    text: str = ""
    state: str = ""  # one of STATES; empty: all


@dataclass(frozen=True)
class OwnRow:
    """A report of one's own as the list shows it."""

    row: matters.Row
    code: str
    how: str
    can_rate: bool
    rating: int | None
    reported_at: datetime

    @property
    def url(self) -> str:
        return f"/progress/{self.row.number}?code={self.code}"


def own_page(
    resident: Resident, *, by: OwnFilter, at: datetime, after: str = "", before: str = ""
) -> tuple[list[OwnRow], Page[OwnReport]]:
    """Return a page of one's reports, the newest first, and where the pages before and after begin."""
    page = page_of(_own(resident, by), "-reporter_id", after=after, before=before, size=SIZE)
    return _rows(page.rows, at), page


def own_export(resident: Resident, *, by: OwnFilter, at: datetime) -> Iterator[OwnRow]:
    for kept in _own(resident, by).order_by("-reporter_id").iterator(chunk_size=500):
        yield _row(kept, at)


def _own(resident: Resident, by: OwnFilter) -> QuerySet[OwnReport]:
    rows = OwnReport.objects.filter(resident=resident).select_related("reporter__matter")
    rows = rows.defer("reporter__phone", "reporter__email", "reporter__name")
    if by.state == "open":
        rows = rows.filter(reporter__matter__is_open=True)
    elif by.state == "ended":
        rows = rows.filter(reporter__matter__is_open=False)
    elif by.state == "to_rate":
        rows = rows.filter(
            reporter__matter__state__in=matters.settled_states(), reporter__rated_at__isnull=True
        )
    if text := by.text.strip()[:60]:
        rows = rows.filter(_said(text))
    return rows


def _said(text: str) -> Q:
    number = matters.whole_number(text)
    if number:
        return Q(reporter__matter__number=number)
    return (
        Q(reporter__matter__title__icontains=text)
        | Q(reporter__matter__address__icontains=text)
        | Q(reporter__matter__item__name__icontains=text)
    )


def _rows(kept: list[OwnReport], at: datetime) -> list[OwnRow]:
    return [_row(one, at) for one in kept]


def _row(kept: OwnReport, at: datetime) -> OwnRow:
    reporter = kept.reporter
    return OwnRow(
        matters.row_of(reporter.matter, at=at), reporter.code, kept.how,
        matters.can_rate(reporter.matter, reporter), reporter.rating, reporter.reported_at,
    )  # fmt: skip
