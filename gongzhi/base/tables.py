"""Reads tables that people send (CSV, XLSX) and writes those they take away."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.base.errors import Invalid

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_ROWS = 200_000
MOST_UNPACKED = 256 * 1024 * 1024  # bytes a workbook may hold inside its zip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One row of a table: its number as the sender's program shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(
    content: bytes, columns: Mapping[str, str], *, required: Sequence[str]
) -> list[Line]:
    """
    Read a CSV (UTF-8 or GB18030) or XLSX table with a heading row.

    `columns` maps each heading that may stand there, in any language, to our name of the column.
    """
    try:
        rows = list(_cells(content))
    except csv.Error as broken:
        raise Invalid(
            {"file": _("This table cannot be read; save it again as CSV (UTF-8) or XLSX.")}
        ) from broken
    if not rows:
        raise Invalid({"file": _("The file is empty.")})
    names = [columns.get(heading.strip().lower(), "") for heading in rows[0]]
    if missing := [column for column in required if column not in names]:
        wanted = [next(h for h, name in columns.items() if name == column) for column in missing]
        raise Invalid(
            {"file": _("These columns are missing: {columns}.").format(columns="、".join(wanted))}
        )
    return [
        Line(number, {n: _plain(cell) for n, cell in zip(names, row, strict=False) if n})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def _plain(cell: str) -> str:
    """Return the cell without blanks around it and without control characters, which no column takes."""
    return "".join(c for c in cell if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def _cells(content: bytes) -> Iterator[list[str]]:
    rows = _of_workbook(content) if content[:4] == b"PK\x03\x04" else _of_text(content)
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise Invalid(
                {
                    "file": _("The table has more than {most} rows: send it in parts.").format(
                        most=MOST_ROWS
                    )
                }
            )
        yield row


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise Invalid({"file": _("This Excel file unpacks to too much: send it in parts.")})
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python()
    except (CalamineError, zipfile.BadZipFile, ValueError) as broken:
        raise Invalid(
            {"file": _("This Excel file cannot be read; save it again as .xlsx.")}
        ) from broken
    for row in rows:
        yield [_as_text(cell) for cell in row]


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _of_text(content: bytes) -> Iterator[list[str]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        first_line = text.split("\n", 1)[0]
        return iter(
            csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first_line else ",")
        )
    raise Invalid({"file": _("This is not a table: send a CSV or XLSX file.")})


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write CSV that Excel opens well; cells that look like formulas are made harmless."""
    yield "\ufeff"
    yield _csv_line(headings)
    for row in rows:
        yield _csv_line(row)


def _csv_line(row: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Write one sheet of text cells with a frozen, bold heading row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, "" if cell is None else str(cell))
    return out.getvalue()
