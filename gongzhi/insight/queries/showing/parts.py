"""What a shown analysis is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.insight.queries.defined import dimensions, measures
from gongzhi.insight.queries.names import Names
from gongzhi.insight.rules.dims import NONE
from gongzhi.insight.rules.slices import Slice

ColumnKind = Literal["text", "count", "share", "hours", "change", "number", "day"]


@dataclass(frozen=True)
class Column:
    label: str
    kind: ColumnKind = "text"
    hint: str = ""  # the definition


@dataclass(frozen=True)
class Cell:
    value: Any  # as a file gets it
    text: str  # as the page shows it
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Chart:
    """One idea: a kind of chart and its data, as frontend/src/charts knows them."""

    title: str
    kind: str
    data: dict[str, Any]
    is_wide: bool = False

    @property
    def height(self) -> int:
        """Return the picture's height in pixels: lying bars and flows grow with what they show."""
        if self.kind == "bars":
            series = max(1, len(self.data["series"]))
            return max(140, 48 + len(self.data["x"]) * (14 + 11 * series))
        return max(260, len(self.data["links"]) * 24) if self.kind == "flow" else 280

    @property
    def has_legend(self) -> bool:
        """Lines carry their names; bars of several kinds need a word beside their colour."""
        return self.kind in {"bars", "columns"} and len(self.data.get("series", ())) > 1


@dataclass(frozen=True)
class Stat:
    label: str
    value: str
    words: str = ""
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Shown:
    as_of: datetime
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    charts: Sequence[Chart] = ()
    stats: Sequence[Stat] = ()
    notes: Sequence[str] = ()
    is_cut: bool = False
    cells: dict[str, Any] = field(default_factory=dict)  # GeoJSON of H3 cells, for the map


def text(value: str, href: str = "") -> Cell:
    return Cell(value, value, href)


def count(value: float | None, href: str = "", *, tone: str = "") -> Cell:
    if value is None:
        return Cell(None, "—")
    return Cell(int(value), f"{int(value):,}", href if value else "", tone if value else "")


def share(value: float | None, href: str = "") -> Cell:
    return Cell(None, "—") if value is None else Cell(round(value, 4), f"{value * 100:.1f}%", href)


def hours(value: float | None, href: str = "") -> Cell:
    """Show hours; from two days on, days."""
    if value is None:
        return Cell(None, "—")
    return Cell(round(value, 1), hours_text(value), href)


def hours_text(value: float) -> str:
    if value >= 48:
        return _("{n} days").format(n=f"{value / 24:,.1f}")
    return _("{n} h").format(n=f"{value:,.1f}")


def number(value: float | None, *, digits: int = 1) -> Cell:
    return (
        Cell(None, "—") if value is None else Cell(round(value, digits + 2), f"{value:,.{digits}f}")
    )


def change(now: float | None, before: float | None) -> Cell:
    """Show by how much something grew, in per cent of before; nothing where there was nothing."""
    if now is None or not before:
        return Cell(None, "—")
    part = (now - before) / before
    return Cell(round(part, 4), f"{part * 100:+.1f}%")


def points(now: float | None, before: float | None) -> Cell:
    """Show the difference of two shares in percentage points."""
    if now is None or before is None:
        return Cell(None, "—")
    tone = "ok" if now > before else "late" if now < before else ""
    return Cell(round((now - before) * 100, 2), f"{(now - before) * 100:+.1f}", "", tone)


def of_measure(code: str, value: float | None, href: str = "") -> Cell:
    kind = measures()[code].kind
    return {"count": count, "share": share, "hours": hours}[kind](value, href)


def measure_column(code: str) -> Column:
    row = measures()[code]
    kind: ColumnKind = row.kind  # type: ignore[assignment]
    return Column(row.title, kind, row.definition)


def dim_column(dim: str) -> Column:
    return Column(dimensions()[dim])


def matters_url(by: Slice) -> str:
    """Return the address of the list of the matters a figure counts."""
    return f"{reverse('insight:matters')}?{urlencode(by.query())}"


def below(by: Slice, dim: str, value: str, *inside: str) -> str:
    """Return the list of one row's matters; none for what cannot be asked for."""
    return matters_url(by.but(dim, value).counted(*inside))


def named(names: Names, dim: str, value: str, href: str = "") -> Cell:
    return text(names.of(dim, value), "" if value == NONE else href)


def days_words(by: Slice) -> str:
    return f"{day(by.since)} – {day(by.until)}"


def day(value: date) -> str:
    return value.isoformat()
