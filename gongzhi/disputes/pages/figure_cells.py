"""The cells of the tables of figures: what each shows, and the list it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongzhi.disputes.queries import figures as queries
from gongzhi.disputes.queries.figures import Asked, FigureRow, FigureTable

FORM, RATE = "form", "rate"


@dataclass(frozen=True)
class Column:
    code: str
    name: str
    definition: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    column: Column
    shown: str
    small: str = ""
    url: str = ""  # of the disputes behind it; empty: nothing to open


@dataclass(frozen=True)
class Line:
    name: str
    cells: list[Cell]
    is_total: bool = False


def columns(view: str) -> list[Column]:
    is_rates = view == RATE
    found = [
        Column(one.code, one.name, f"{one.definition}（{one.source}）", "%" if is_rates else "")
        for one in queries.figure_definitions().values()
        if one.is_rate == is_rates
    ]
    if is_rates:
        return [*found, Column("half", _("Half settled within (days)")), Column("most", _("Nine in ten within (days)"))]  # fmt: skip
    return [
        *found,
        Column("people", _("People involved")),
        Column("amount", _("In dispute (yuan)")),
    ]


def lines(
    found: FigureTable, rows: Sequence[FigureRow], *, view: str, asked: Asked, behind: str
) -> list[Line]:
    known = columns(view)
    total = Line(_("All together"), [_cell(found.total, one, asked, f"{behind}&") for one in known], is_total=True)  # fmt: skip
    return [total, *(Line(row.name, [_cell(row, one, asked, f"{behind}&{urlencode({'key': row.key})}&") for one in known]) for row in rows)]  # fmt: skip


def cards(found: FigureTable, *, asked: Asked, behind: str) -> list[Cell]:
    return [_cell(found.total, one, asked, f"{behind}&") for one in columns(RATE) if one.unit]


def _cell(row: FigureRow, column: Column, asked: Asked, behind: str) -> Cell:
    # What is told as others see it opens nothing: they may not see the disputes either.
    url = "" if asked.hide_below else f"{behind}figure={column.code}"
    few = f"<{asked.hide_below}"
    if column.code in row.rates:
        rate = row.rates[column.code]
        if rate.is_hidden:
            return Cell(column, few)
        return Cell(column, _told(rate.value), f"{rate.kept:,} / {rate.asked:,}" if rate.asked else "", url if rate.asked else "")  # fmt: skip
    if column.code in row.counts:
        count = row.counts[column.code]
        return Cell(column, few if column.code in row.hidden else f"{count:,}", url=url if count else "")  # fmt: skip
    if "settled" in row.hidden:
        return Cell(column, few)
    values: dict[str, Any] = {"half": row.half_days, "most": row.most_days, "people": row.people, "amount": row.amount}  # fmt: skip
    return Cell(column, _told(values[column.code]))


def _told(value: Decimal | int | None) -> str:
    if value is None:
        return "—"
    return f"{value:,}".removesuffix(".00")
