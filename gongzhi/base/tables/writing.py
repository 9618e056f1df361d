"""Tables as files that spreadsheet programs open well and that import again unchanged."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import xlsxwriter

from gongzhi.base.tables.cells import guarded

AT_ONCE: Final = 2000  # rows of one piece
XLSX_ROWS: Final = 1_048_575
COLUMN_WIDTH: Final = 18


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write a CSV in pieces; it starts with a BOM, which Excel needs to read Chinese."""
    page = io.StringIO()
    page.write("\ufeff")
    writer = csv.writer(page)
    writer.writerow(headings)
    for count, row in enumerate(rows, 1):
        writer.writerow([guarded(cell) for cell in row])
        if count % AT_ONCE == 0:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def csv_bytes(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    return "".join(csv_lines(headings, rows)).encode()


def xlsx_bytes(headings: Sequence[Any], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Write a workbook of one sheet."""
    return workbook([(title, headings, rows)])


def workbook(sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]]) -> bytes:
    """Write sheets with a frozen, bold heading row; text is never taken for a formula or a link."""
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for title, headings, rows in sheets:
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(0, len(headings) - 1), COLUMN_WIDTH)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, str(heading), bold)
            for number, row in zip(range(1, XLSX_ROWS + 1), rows, strict=False):
                _write_row(sheet, number, row)
    return page.getvalue()


def _write_row(sheet: Any, number: int, row: Sequence[Any]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.write_number(number, column, cell)
        elif cell is not None:
            sheet.write_string(number, column, str(cell))
