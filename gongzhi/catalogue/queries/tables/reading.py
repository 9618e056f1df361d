"""XLSX and CSV files as rows of text, whatever they come with: BOM, GB18030, tabs, formulas."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time

import python_calamine
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 20_000
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


@dataclass(frozen=True)
class Table:
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]  # (row as the user counts it, cell by column)


def read_tables(name: str, content: bytes) -> list[Table]:
    """Read every sheet of the file; Invalid in a sentence when it is no readable table."""
    if not content:
        raise _unreadable(_("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise _unreadable(_("The file is larger than 20 MB."))
    sheets = _workbook(content) if content[:4] == b"PK\x03\x04" else {name: _csv(content)}
    tables = [table for title, rows in sheets.items() if (table := _table(title, rows))]
    if not tables:
        raise _unreadable(_("The file has no row with column names."))
    return tables


def _unreadable(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


def _workbook(content: bytes) -> dict[str, list[list[str]]]:
    """Read an XLSX workbook, or a ZIP of CSV tables as we export it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise _unreadable(_("The workbook unpacks to more than 200 MB."))
            if "[Content_Types].xml" not in archive.namelist():
                return {part: _csv(archive.read(part)) for part in archive.namelist()}
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            title: [[_text(cell) for cell in row] for row in sheet.to_python()]
            for title in book.sheet_names
            if (sheet := book.get_sheet_by_name(title))
        }
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise _unreadable(_("This is not a readable XLSX workbook.")) from error


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=first.count)
    csv.field_size_limit(LARGEST_FILE)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unreadable(_("The CSV file is broken: {why}.").format(why=error)) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _unreadable(_("The file is neither UTF-8 nor GB18030 text, nor an XLSX workbook."))


def _table(title: str, lines: list[list[str]]) -> Table | None:
    if len(lines) > MOST_ROWS:
        raise _unreadable(_("The table has more than 50,000 rows."))
    header = tuple(cell.strip() for cell in lines[0]) if lines else ()
    if not any(header):
        return None
    rows = [
        (number, dict(zip(header, map(_cell, line), strict=False)))
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]
    return Table(title, header, tuple(rows))


def _cell(text: str) -> str:
    """Clean a cell: what our own export guarded against formulas is taken back; a formula stays text."""
    text = text[:LONGEST_CELL].replace("\x00", "").strip()
    return text[1:] if text.startswith(_GUARDED) else text
