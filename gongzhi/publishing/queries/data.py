"""The open data: the published matters as rows with stable columns, streamed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.places import queries as places
from gongzhi.publishing.models import Publication
from gongzhi.publishing.queries.open import COLUMNS, kept, published
from gongzhi.publishing.rules import Stage


@dataclass(frozen=True)
class DataFilter:
    """Which rows of the open data are asked for."""

    since: date | None = None
    until: date | None = None
    town: str = ""

    @property
    def name(self) -> str:
        parts = [self.since, self.until, self.town.strip("/").split("/")[-1] or None]
        return "-".join(str(part) for part in parts if part) or "all"


@dataclass(frozen=True)
class DataRow:
    """One row of the open data; the names are those of its columns (queries/words.columns)."""

    id: str
    title: str
    description: str
    item_code: str
    item_name: str
    class_code: str
    class_name: str
    town: str
    village: str
    street: str
    longitude: float | None
    latitude: float | None
    place_precision: str
    stage: str
    unit: str
    reported_on: date
    closed_on: date | None
    on_time: bool | None
    published_on: date
    updated_at: datetime
    url: str


def data_rows(by: DataFilter, *, address: str) -> Iterator[DataRow]:
    """Yield the open data, newest report first, a thousand at a time."""
    rows = published()
    if by.since:
        rows = rows.filter(reported_on__gte=by.since)
    if by.until:
        rows = rows.filter(reported_on__lte=by.until)
    if by.town:
        rows = rows.filter(shown_path__startswith=by.town)
    known = ("lead_unit_id", "closed_at", "whole_due_at")
    asked = rows.select_related("matter").only(*COLUMNS, *(f"matter__{name}" for name in known))
    for p in asked.order_by("-reported_on", "-pk").iterator(chunk_size=1000):
        yield _data_row(p, address)


def _data_row(p: Publication, address: str) -> DataRow:
    item = catalogue.item(p.item_id) if p.item_id else None
    named = (
        {area.level: area.name for area in places.ancestors(p.shown_path)} if p.shown_path else {}
    )
    m = p.matter
    return DataRow(
        p.public_id, p.title, p.text, item.code if item else "", item.name if item else "", p.class_code,
        item.class_name if item else "", named.get(1, ""), named.get(2, ""), p.street, p.lon, p.lat, p.place, p.stage,
        accounts.unit(m.lead_unit_id).name if m.lead_unit_id else "", p.reported_on, p.closed_on,
        None if p.stage != Stage.SETTLED or not m.whole_due_at or not m.closed_at else m.closed_at <= m.whole_due_at,
        timezone.localdate(p.published_at), p.changed_at, f"{address}/matters/{p.public_id}",
    )  # fmt: skip


def data_size() -> int:
    return int(kept("size", lambda: published().count()))
