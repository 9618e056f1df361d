"""Which matters a question is about, and how it stands in an address."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from gongzhi.insight.rules.dims import DIMS, NONE, fits
from gongzhi.insight.rules.measures import COUNTS

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class Unreadable(ValueError):
    """What was asked for cannot be: names the parameter."""


@dataclass(frozen=True)
class Slice:
    """Matters reported from a day to a day (both included), in an area, with these values of dimensions."""

    since: date
    until: date
    area: str = ""
    where: tuple[tuple[str, str], ...] = ()
    inside: tuple[str, ...] = ()  # counted in each of these counts
    outside: tuple[str, ...] = ()  # and in none of these

    def but(self, dim: str, value: str) -> "Slice":
        """Return the same with one more condition; a stretch of time becomes days."""
        if value != NONE and DIMS[dim].is_time:
            first, last = days_of(dim, value)
            return replace(self, since=max(self.since, first), until=min(self.until, last))
        others = tuple(pair for pair in self.where if pair[0] != dim)
        return replace(self, where=(*others, (dim, value)))

    def counted(self, *inside: str, outside: tuple[str, ...] = ()) -> "Slice":
        """Return the matters of it that a count counts; every matter is reported, so that goes without saying."""
        more = tuple(name for name in inside if name != "reported" and name not in self.inside)
        return replace(self, inside=(*self.inside, *more), outside=(*self.outside, *outside))

    def moved(self, *, years: int) -> "Slice":
        """Return the same days of another year; 29 February becomes 28."""
        return replace(self, since=shifted(self.since, years), until=shifted(self.until, years))

    def query(self) -> dict[str, str]:
        """Return it as parameters of an address."""
        plain = {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "area": self.area,
        }
        counts = {"in": ",".join(self.inside), "out": ",".join(self.outside)}
        return {
            name: value for name, value in {**plain, **dict(self.where), **counts}.items() if value
        }

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can carry it; the same slice gives the same text."""
        return {
            "since": self.since.isoformat(), "until": self.until.isoformat(), "area": self.area,
            "where": sorted(map(list, self.where)), "inside": sorted(self.inside), "outside": sorted(self.outside),
        }  # fmt: skip


def from_plain(said: Mapping[str, Any]) -> Slice:
    return Slice(
        date.fromisoformat(said["since"]), date.fromisoformat(said["until"]), said["area"],
        tuple((dim, value) for dim, value in said["where"]), tuple(said["inside"]), tuple(said["outside"]),
    )  # fmt: skip


def read(asked: Mapping[str, str], *, since: date, until: date) -> Slice:
    """Read a slice from an address; Unreadable names what cannot be read."""
    first = _day(asked.get("since"), "since") or since
    last = _day(asked.get("until"), "until") or until
    if first > last:
        raise Unreadable("until")
    where = [
        (code, value)
        for code, dim in DIMS.items()
        if (value := asked.get(code, "").strip()) and _checked(fits(dim, value), code)
    ]
    found = Slice(first, last, _area(asked.get("area", "")), ())
    for code, value in where:
        found = found.but(code, value)
    return replace(found, inside=_counts(asked, "in"), outside=_counts(asked, "out"))


def _checked(good: object, name: str) -> bool:
    if not good:
        raise Unreadable(name)
    return True


def _area(path: str) -> str:
    path = path.strip()
    _checked(len(path) <= 60 and "\0" not in path and (not path or path.endswith("/")), "area")
    return path


def _counts(asked: Mapping[str, str], name: str) -> tuple[str, ...]:
    named = tuple(part for part in asked.get(name, "").split(",") if part)
    _checked(set(named) <= set(COUNTS), name)
    return named


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(name) from None
    _checked(FIRST_DAY <= day <= LAST_DAY, name)
    return day


def days_of(dim: str, value: str) -> tuple[date, date]:
    """Return the first and the last day of a year, quarter, month or day."""
    if dim == "day":
        day = date.fromisoformat(value)
        return day, day
    months = {"year": 12, "quarter": 3, "month": 1}[dim]
    index = int(value) * months
    _checked(FIRST_DAY.year * 12 <= index < LAST_DAY.year * 12, dim)
    return first_of(index), first_of(index + months) - timedelta(days=1)


def first_of(month: int) -> date:
    """Return the first day of a month counted as year × 12 + 0 … 11."""
    return date(month // 12, month % 12 + 1, 1)


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def shifted(day: date, years: int) -> date:
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def is_whole_months(by: Slice, *, newest: date) -> bool:
    """Return whether the days are whole months, the last one as far as there are matters."""
    ends = by.until >= newest or (by.until + timedelta(days=1)).day == 1
    return by.since.day == 1 and ends
