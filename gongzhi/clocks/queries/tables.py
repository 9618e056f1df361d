"""Holiday tables in and out: CSV and XLSX files as rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import python_calamine
import xlsxwriter
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.clocks.queries.calendars import calendar
from gongzhi.clocks.queries.snapshot import SHARED, snapshot
from gongzhi.clocks.rules.tables import DayTable, read_days

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 30 * 1024 * 1024
MOST_ROWS = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def day_table(content: bytes) -> DayTable:
    """Read a holiday table; Invalid when the file is no table at all."""
    lines = _lines(content)
    if len(lines) > MOST_ROWS:
        raise _unreadable(_("The table has more than 5,000 rows."))
    if not lines:
        raise _unreadable(_("The file is empty."))
    compiled = calendar(SHARED)
    rows = ((n, line) for n, line in enumerate(lines[1:], start=2) if any(map(str.strip, line)))
    table = read_days(lines[0], rows, range(compiled.first_year, compiled.last_year + 1))
    if table.missing:
        raise _unreadable(_("The columns “日期” and “类型” are needed in the first row."))
    if not table.lines and not table.problems:
        raise _unreadable(_("The table has no rows."))
    return table


def _unreadable(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


def _lines(content: bytes) -> list[list[str]]:
    if not content.strip():
        raise _unreadable(_("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise _unreadable(_("The file is larger than 2 MB."))
    return _workbook(content) if content[:4] == b"PK\x03\x04" else _csv(content)


def _workbook(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise _unreadable(_("The workbook unpacks to more than 30 MB."))
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [[_text(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    except (zipfile.BadZipFile, python_calamine.CalamineError, IndexError) as error:
        raise _unreadable(_("This is not a readable XLSX workbook.")) from error


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=first.count)
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


# Out: what is exported imports again unchanged


def days_csv(code: str, years: Sequence[int]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([_guarded(cell) for cell in line] for line in _days(code, years))
    return stream.getvalue().encode("utf-8-sig")


def days_xlsx(code: str, years: Sequence[int]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("放假安排")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 3, 18)
        for number, line in enumerate(_days(code, years)):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell)
    return stream.getvalue()


def _days(code: str, years: Sequence[int]) -> Iterable[list[str]]:
    words = {"holiday": "放假", "workday": "上班", "ordinary": "平日"}
    yield ["日期", "类型", "名称", "来源"]
    for day, row in sorted(snapshot().days_of(code).items()):
        if day.year in years:
            yield [day.isoformat(), words[row.kind], row.name, row.source]


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
