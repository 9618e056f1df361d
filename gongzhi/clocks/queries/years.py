"""A year of a calendar as twelve months of days, for people to look at."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from gongzhi.clocks.queries.calendars import calendar
from gongzhi.clocks.queries.snapshot import snapshot
from gongzhi.clocks.rules import format_hours
from gongzhi.clocks.rules.calendar import DayKind, length


@dataclass(frozen=True)
class DayCell:
    day: date
    kind: DayKind
    name: str
    hours: str
    is_ours: bool  # set in the city's own table, not shipped
    source: str


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[DayCell | None]]
    working_days: int
    hours: int


@dataclass(frozen=True)
class YearView:
    code: str
    year: int
    months: list[Month]
    working_days: int
    holidays: int
    makeup_days: int
    is_covered: bool
    source: str
    first_year: int
    last_year: int


def year_view(code: str, year: int) -> YearView:
    compiled = calendar(code)
    year = max(compiled.first_year, min(compiled.last_year, year))
    months = [_month(code, year, month) for month in range(1, 13)]
    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    known = compiled.holidays.years
    return YearView(
        code, year, months,
        working_days=sum(month.working_days for month in months),
        holidays=sum(cell.kind == "holiday" for cell in cells),
        makeup_days=sum(cell.kind == "makeup" for cell in cells),
        is_covered=known is None or year in known,
        source=snapshot().years.get(year, ""),
        first_year=compiled.first_year, last_year=compiled.last_year,
    )  # fmt: skip


def day_cell(code: str, day: date) -> DayCell:
    compiled, found = calendar(code), snapshot().days_of(code).get(day)
    keeps = compiled.holidays.years is not None and found is not None
    return DayCell(
        day,
        compiled.kind_of(day),
        compiled.name_of(day),
        format_hours(compiled.hours_on(day)),
        is_ours=keeps and found is not None and not found.shipped,
        source=found.source if keeps and found is not None else "",
    )


def _month(code: str, year: int, month: int) -> Month:
    compiled = calendar(code)
    weeks = [
        [day_cell(code, day) if day.month == month else None for day in week]
        for week in Weeks().monthdatescalendar(year, month)
    ]
    cells = [cell for week in weeks for cell in week if cell]
    seconds = sum(length(compiled.hours_on(cell.day)) for cell in cells)
    return Month(month, weeks, sum(bool(cell.hours) for cell in cells), seconds // 3600)
