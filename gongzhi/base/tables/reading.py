"""Files as rows of text, whatever they come with: BOM, GB18030, tabs, semicolons, broken workbooks."""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from gongzhi.base.tables.cells import as_text

MB: Final = 1024 * 1024
SAMPLE: Final = 256 * 1024
LARGEST_UNPACKED: Final = 512 * MB  # what a workbook may hold inside its zip
MOST_COLUMNS: Final = 200
ZIPPED: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, CalamineError, EOFError, IndexError, RuntimeError, ValueError,
)  # fmt: skip
csv.field_size_limit(20 * MB)  # the outline of a large area is one long cell


class UnreadableFile(Exception):
    """The file as a whole cannot be used; `flaw` names why."""

    def __init__(self, flaw: str, **values: Any) -> None:
        super().__init__(flaw)
        self.flaw, self.values = flaw, values


@dataclass
class Table:
    header: list[str]
    rows: Iterator[list[str]]  # without the header
    total: int  # an estimate for progress

    def numbered(self, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that hold anything, with the number the sender's program shows."""
        for number, row in enumerate(self.rows, start=2):
            if most is not None and number > most + 1:
                raise UnreadableFile("too_many_rows", most=most)
            if any(cell.strip() for cell in row):
                yield number, row


def read_table(file: IO[bytes]) -> Table:
    """Open a CSV or XLSX file of any length; the rows come as they are read."""
    head = file.read(SAMPLE)
    file.seek(0)
    if head.startswith(ZIPPED):
        table = next((table for _title, table in _sheets(file, LARGEST_UNPACKED)), None)
    else:
        table = _csv(file, head)
    if table is None or not table.header:
        raise UnreadableFile("no_header")
    return table


def read_tables(
    content: bytes, *, name: str = "", largest_unpacked: int = LARGEST_UNPACKED
) -> Iterator[tuple[str, Table]]:
    """Yield the sheets of a workbook, the CSV files of a ZIP, or the one table of a CSV."""
    file = io.BytesIO(content)
    if content.startswith(ZIPPED):
        yield from _sheets(file, largest_unpacked)
    else:
        yield name, _csv(file, content)


def encoding_of(head: bytes) -> str:
    """Tell UTF-8 (with or without BOM) from GB18030 by what decodes; UnreadableFile when nothing does."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) != SAMPLE)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFile("unknown_encoding")


def _csv(file: IO[bytes], head: bytes) -> Table:
    if not head.strip():
        raise UnreadableFile("empty_file")
    if head.startswith(OLD_EXCEL) or b"\x00" in head:
        raise UnreadableFile("not_a_table")
    encoding = encoding_of(head)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    first = head.decode(encoding, "ignore").splitlines()[:1]
    delimiter = max(",\t;", key="".join(first).count)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    lines = round(size * max(1, head.count(b"\n")) / len(head))
    rows = _text_rows(csv.reader(text, delimiter=delimiter), encoding)
    return Table(_header(next(rows, [])), rows, max(0, lines - 1))


def _text_rows(rows: Iterator[list[str]], encoding: str) -> Iterator[list[str]]:
    try:
        yield from rows
    except UnicodeDecodeError as error:
        raise UnreadableFile("broken_encoding", encoding=encoding) from error
    except csv.Error as error:
        raise UnreadableFile("broken_table", detail=str(error)) from error


def _sheets(file: IO[bytes], largest_unpacked: int) -> Iterator[tuple[str, Table]]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > largest_unpacked:
                raise UnreadableFile("workbook_too_large", most=largest_unpacked // MB)
            if "[Content_Types].xml" not in packed.namelist():
                parts = [(name, packed.read(name)) for name in packed.namelist()]
                yield from ((name, _part(part)) for name, part in parts if part.strip())
                return
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        for title in book.sheet_names:
            yield title, _sheet(book.get_sheet_by_name(title))
    except BROKEN as error:
        raise UnreadableFile("broken_workbook") from error


def _part(content: bytes) -> Table:
    return _csv(io.BytesIO(content), content)


def _sheet(sheet: CalamineSheet) -> Table:
    rows = ([as_text(cell) for cell in row] for row in sheet.iter_rows())
    return Table(_header(next(rows, [])), rows, max(0, sheet.height - 1))


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip().lstrip("\ufeff") for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
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
