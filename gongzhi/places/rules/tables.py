"""
Reads tables people send (CSV in UTF-8, with BOM or GB18030; XLSX) and writes tables they can open.

Cells are text. A cell that begins like a formula stays text, on the way in and on the way out.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Final

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.places.rules.problems import UnreadableFile

SAMPLE: Final = 256 * 1024
LARGEST_UNPACKED: Final = 512 * 1024 * 1024  # what a workbook may hold inside its zip
MOST_COLUMNS: Final = 200
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
XLSX_ROWS: Final = 1_048_575
csv.field_size_limit(16 * 1024 * 1024)  # the outline of a large town is one long cell


@dataclass
class Table:
    header: list[str]
    rows: Iterator[list[str]]  # without the header
    total: int  # an estimate for progress


def read_table(file: IO[bytes], file_name: str) -> Table:
    """Open a CSV or XLSX file; UnreadableFile says why it is neither."""
    head = file.read(SAMPLE)
    file.seek(0)
    if not head.strip():
        raise UnreadableFile("empty_file")
    if head.startswith(b"PK\x03\x04"):
        return _workbook(file)
    if head.startswith(b"\xd0\xcf\x11\xe0") or b"\x00" in head[:4096]:
        raise UnreadableFile("not_a_table", name=file_name)
    return _csv(file, head)


def encoding_of(head: bytes) -> str:
    """Tell UTF-8 (with or without BOM) from GB18030 by what decodes; UnreadableFile when nothing does."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < SAMPLE)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFile("unknown_encoding")


def _csv(file: IO[bytes], head: bytes) -> Table:
    encoding = encoding_of(head)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    first = head.decode(encoding, "ignore").split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows = _text_rows(csv.reader(text, delimiter=delimiter), encoding)
    header = _header(next(rows, []))
    return Table(header, rows, _lines(file, text) - 1)


def _lines(file: IO[bytes], text: io.TextIOWrapper) -> int:
    """Count the lines without disturbing the reader, which has buffered the first of them."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    sample = file.read(SAMPLE)
    text.seek(0)
    next(csv.reader([text.readline()]), None)
    return max(1, round(size * max(1, sample.count(b"\n")) / max(1, len(sample))))


def _text_rows(rows: Iterator[list[str]], encoding: str) -> Iterator[list[str]]:
    try:
        yield from rows
    except UnicodeDecodeError as error:
        raise UnreadableFile("broken_encoding", encoding=encoding) from error
    except csv.Error as error:
        raise UnreadableFile("broken_table", detail=str(error)) from error


def _workbook(file: IO[bytes]) -> Table:
    try:
        with zipfile.ZipFile(file) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise UnreadableFile("workbook_too_large")
        file.seek(0)
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except (zipfile.BadZipFile, CalamineError) as error:
        raise UnreadableFile("broken_workbook") from error
    rows = ([_as_text(cell) for cell in row] for row in sheet.iter_rows())
    return Table(_header(next(rows, [])), rows, max(0, sheet.height - 1))


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))  # Excel keeps codes as numbers: 441900004.0
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip().lstrip("\ufeff") for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header or len(header) > MOST_COLUMNS:
        raise UnreadableFile("no_header")
    return header


def columns_of(header: Sequence[str], known: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Find the known columns by any of their names, whatever the case; the first of two wins."""
    places = {name.lower().replace(" ", "_"): n for n, name in reversed(list(enumerate(header)))}
    found = {}
    for column, names in known.items():
        if (n := next((places[x] for x in (column, *names) if x in places), None)) is not None:
            found[column] = n
    return found


def guarded(value: Any) -> Any:
    """Keep a spreadsheet from running text that begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def unguarded(text: str) -> str:
    """Undo `guarded`, so that an exported table can be imported again."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write a CSV in pieces; it starts with a BOM, which Excel needs to read Chinese."""
    page = io.StringIO()
    page.write("\ufeff")
    writer = csv.writer(page)
    writer.writerow(header)
    for count, row in enumerate(rows, 1):
        writer.writerow([guarded(value) for value in row])
        if count % 2000 == 0:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Write a workbook of one sheet; text is never taken for a formula, a link or a number."""
    page = io.BytesIO()
    options = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(page, options | {"strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, bold)
    for number, row in zip(range(1, XLSX_ROWS + 1), rows, strict=False):
        sheet.write_row(number, 0, [guarded(value) for value in row])
    book.close()
    return page.getvalue()
