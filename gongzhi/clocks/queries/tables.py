"""Holiday tables in and out: CSV and XLSX files as rows of text."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.base.tables.reading import MB
from gongzhi.base.tables.sheets import Limits, sheet_of
from gongzhi.base.tables.writing import csv_bytes, xlsx_bytes
from gongzhi.clocks.queries.calendars import calendar
from gongzhi.clocks.queries.snapshot import SHARED, snapshot
from gongzhi.clocks.rules.tables import DayTable, read_days

LIMITS = Limits(rows=5_000, size=2 * MB, unpacked=30 * MB)
HEADINGS = ("日期", "类型", "名称", "来源")


def day_table(content: bytes) -> DayTable:
    """Read a holiday table; Invalid when the file is no table at all."""
    sheet = sheet_of(content, limits=LIMITS)
    compiled = calendar(SHARED)
    years = range(compiled.first_year, compiled.last_year + 1)
    table = read_days(sheet.header, sheet.rows, years)
    if table.missing:
        raise _unreadable(_("The columns “日期” and “类型” are needed in the first row."))
    if not table.lines and not table.problems:
        raise _unreadable(_("The table has no rows."))
    return table


def _unreadable(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


# Out: what is exported imports again unchanged


def days_csv(code: str, years: Sequence[int]) -> bytes:
    return csv_bytes(HEADINGS, _days(code, years))


def days_xlsx(code: str, years: Sequence[int]) -> bytes:
    return xlsx_bytes(HEADINGS, _days(code, years), title="放假安排")


def _days(code: str, years: Sequence[int]) -> Iterator[list[str]]:
    words = {"holiday": "放假", "workday": "上班", "ordinary": "平日"}
    for day, row in sorted(snapshot().days_of(code).items()):
        if day.year in years:
            yield [day.isoformat(), words[row.kind], row.name, row.source]
