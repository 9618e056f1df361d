"""Holiday tables as offices keep them: columns in Chinese or English, dates in many spellings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

KINDS = {
    "holiday": ("holiday", "放假", "节假日", "休", "休息日", "法定节假日"),
    "workday": ("workday", "上班", "调休上班", "班", "补班", "工作日"),
    "ordinary": ("ordinary", "平日", "不作安排"),
}
COLUMNS = {
    "date": ("date", "日期"),
    "kind": ("kind", "类型", "安排"),
    "name": ("name", "名称", "节日"),
    "source": ("source", "来源", "依据"),
}
LONGEST = {"name": 40, "source": 200}
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")

Trouble = Literal["date", "years", "kind", "twice", "long"]


@dataclass(frozen=True)
class DayLine:
    date: date
    kind: str
    name: str
    source: str


@dataclass(frozen=True)
class Problem:
    row: int  # as the user counts: the header is row 1
    trouble: Trouble
    cell: str


@dataclass
class DayTable:
    lines: list[DayLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # columns nobody found

    @property
    def years(self) -> list[int]:
        return sorted({line.date.year for line in self.lines})


def read_days(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], years: range
) -> DayTable:
    """Read the rows that are right and name the trouble with each other one."""
    names = [cell.strip().lower() for cell in header]
    where = {
        column: next((i for i, name in enumerate(names) if name in words), -1)
        for column, words in COLUMNS.items()
    }
    table = DayTable(missing=[column for column in ("date", "kind") if where[column] < 0])
    if table.missing:
        return table
    seen: set[date] = set()
    for number, cells in rows:
        values = {
            column: cells[i].strip() if 0 <= i < len(cells) else "" for column, i in where.items()
        }
        found = _line(number, values, years, seen)
        if isinstance(found, DayLine):
            seen.add(found.date)
            table.lines.append(found)
        else:
            table.problems.append(found)
    return table


def _line(
    number: int, values: Mapping[str, str], years: range, seen: set[date]
) -> DayLine | Problem:
    day = read_date(values["date"])
    if day is None:
        return Problem(number, "date", values["date"])
    if day.year not in years:
        return Problem(number, "years", values["date"])
    if day in seen:
        return Problem(number, "twice", values["date"])
    kind = next((kind for kind, words in KINDS.items() if values["kind"].lower() in words), None)
    if kind is None:
        return Problem(number, "kind", values["kind"])
    for column, longest in LONGEST.items():
        if len(values[column]) > longest:
            return Problem(number, "long", values[column][:20] + "…")
    return DayLine(day, kind, values["name"], values["source"])


def read_date(text: str) -> date | None:
    """Return the day; None for what is no date, such as 30 February or the year 0."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
