"""The table of rates: every office or item of a dimension, its rates, and what they were before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import pgettext_lazy

from gongzhi.accounts import queries as accounts
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.queries.content import Rate, posts, rates
from gongzhi.assessment.rules import Counted, Period, previous, share, year_before
from gongzhi.base.actor import Actor
from gongzhi.catalogue import queries as catalogue
from gongzhi.figures import queries as figures
from gongzhi.figures.queries import Extent, Key
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

PAGE = 100
DIMENSIONS: Mapping[str, Any] = {
    "town": pgettext_lazy("dimension", "Towns"), "village": pgettext_lazy("dimension", "Villages and communities"), "grid": pgettext_lazy("dimension", "Grids"), "unit": pgettext_lazy("dimension", "Units"),
    "department": pgettext_lazy("dimension", "Departments"), "post": pgettext_lazy("dimension", "Posts"), "item": pgettext_lazy("dimension", "Items"), "source": pgettext_lazy("dimension", "Sources"),
}  # fmt: skip
OF_AREAS = ("town", "village", "grid")


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see."""

    period: Period
    by: str = "town"
    family: str = "handling"
    post: str = ""
    within: str = ""  # path of an area
    text: str = ""
    sort: str = ""  # "name", a code of a rate, or either with "-" before it
    page: int = 1

    @property
    def dimension(self) -> str:
        """Return the dimension that is counted by: a post is the function of a town or a village."""
        return posts()[self.post].subject if self.by == "post" else self.by

    @property
    def shown(self) -> list[Rate]:
        if self.by == "post":
            return [rates()[code] for code in posts()[self.post].rates]
        return [rate for rate in rates().values() if rate.family == self.family]


@dataclass(frozen=True)
class Cell:
    code: str
    counted: Counted
    before: Counted
    year: Counted
    better: str

    @property
    def share(self) -> Decimal | None:
        return share(self.counted)

    @property
    def missed(self) -> int:
        """Return how many matters cost the rate."""
        return self.counted.kept if self.better == "low" else self.counted.asked - self.counted.kept

    @property
    def since_before(self) -> Decimal | None:
        return _difference(self.counted, self.before)

    @property
    def since_year(self) -> Decimal | None:
        return _difference(self.counted, self.year)

    @property
    def shown(self) -> str:
        return "—" if self.share is None else f"{self.share:.1f}%"

    @property
    def by_before(self) -> str:
        return _signed(self.since_before)

    @property
    def by_year(self) -> str:
        return _signed(self.since_year)

    @property
    def tone(self) -> str:
        """Say whether it went the good way since the period before; a tenth of a point is no news."""
        by = self.since_before
        if by is None or abs(by) < Decimal("0.1"):
            return ""
        return "ok" if (by > 0) == (self.better == "high") else "late"


def _signed(by: Decimal | None) -> str:
    return "" if by is None or abs(by) < Decimal("0.05") else f"{by:+.1f}"


def _difference(now: Counted, then: Counted) -> Decimal | None:
    """Return percentage points."""
    one, other = share(now), share(then)
    return None if one is None or other is None else one - other


@dataclass(frozen=True)
class RateRow:
    key: str
    name: str
    matters: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class RateTable:
    rates: Sequence[Rate]
    total: RateRow
    rows: Sequence[RateRow]
    count: int  # of rows before paging
    page: int
    pages: int
    at: datetime
    before: Period = field(repr=False)
    year: Period = field(repr=False)


def rate_table(actor: Actor, asked: Asked, *, at: datetime) -> RateTable:
    """Return one page of the table; three statements, whatever the number of rows and rates."""
    total, rows = _all_rows(actor, asked, at=at)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, asked.page), pages)
    return RateTable(
        asked.shown, total, rows[(page - 1) * PAGE : page * PAGE], len(rows), page, pages, at,
        previous(asked.period), year_before(asked.period),
    )  # fmt: skip


def rate_lines(actor: Actor, asked: Asked, *, at: datetime) -> Iterator[list[Any]]:
    """Write the whole table: of each rate numerator, denominator, per cent, and both comparisons."""
    total, rows = _all_rows(actor, asked, at=at)
    for row in [total, *rows]:
        line: list[Any] = [row.name, row.matters]
        for cell in row.cells:
            numbers = (cell.share, cell.since_before, cell.since_year)
            line += [cell.counted.kept, cell.counted.asked, *map(_two, numbers)]
        yield line


def _two(number: Decimal | None) -> float | None:
    return None if number is None else round(float(number), 2)


def _all_rows(actor: Actor, asked: Asked, *, at: datetime) -> tuple[RateRow, list[RateRow]]:
    shown = asked.shown
    wanted = {"": "reported"}
    for rate in shown:
        wanted[f"{rate.code}.asked"] = rate.asked
        wanted[f"{rate.code}.kept"] = f"{rate.asked};{rate.kept}"
    wanted = {f"n{place}": text for place, text in enumerate(wanted.values())}
    tables = [
        figures.counted_by(
            actor, Can.VIEW, Extent(span.since, span.until, asked.within, by=asked.dimension), wanted, at=at
        )
        for span in (asked.period, previous(asked.period), year_before(asked.period))
    ]  # fmt: skip
    name = namer(asked)
    keys = [key for key in tables[0] if asked.text.lower() in name(key).lower()]
    rows = [
        _row(str(key), name(key), [table.get(key, {}) for table in tables], shown) for key in keys
    ]
    total = _row("", "", [_sum(table, tables[0].keys(), keys) for table in tables], shown)
    return total, _sorted(rows, asked)


def _sum(
    table: Mapping[Key, Mapping[str, int]], all_keys: Any, keys: Sequence[Key]
) -> dict[str, int]:
    """Add up what is shown; without a search, all of a period, also who had nothing in this one."""
    taken = table.keys() if len(keys) == len(all_keys) else keys
    total: dict[str, int] = {}
    for key in taken:
        for name, count in table.get(key, {}).items():
            total[name] = total.get(name, 0) + count
    return total


def _row(key: str, name: str, spans: Sequence[Mapping[str, int]], shown: Sequence[Rate]) -> RateRow:
    cells = []
    for place, rate in enumerate(shown):
        asked, kept = f"n{2 * place + 1}", f"n{2 * place + 2}"
        counts = [Counted(span.get(asked, 0), span.get(kept, 0)) for span in spans]
        cells.append(Cell(rate.code, counts[0], counts[1], counts[2], rate.better))
    return RateRow(key, name, spans[0].get("n0", 0), cells)


def _sorted(rows: list[RateRow], asked: Asked) -> list[RateRow]:
    column = asked.sort.removeprefix("-")
    places_of = {rate.code: place for place, rate in enumerate(asked.shown)}
    if column in places_of:
        place = places_of[column]
        return sorted(rows, key=lambda row: _by_share(row.cells[place], asked.sort.startswith("-")))
    if column == "matters" or (not column and asked.dimension not in OF_AREAS):
        return sorted(
            rows, key=lambda row: row.matters, reverse=column == "" or asked.sort.startswith("-")
        )
    return sorted(
        rows,
        key=lambda row: row.key if not column else row.name,
        reverse=asked.sort.startswith("-"),
    )


def _by_share(cell: Cell, descends: bool) -> tuple[bool, Decimal]:  # noqa: FBT001
    """Put those without a rate last, whichever way it goes."""
    value = cell.share
    return value is None, Decimal(0) if value is None else (-value if descends else value)


def namer(asked: Asked) -> Callable[[Key], str]:
    """Return what names the keys of a dimension."""
    if asked.by == "post":
        post = posts()[asked.post].name
        return lambda key: f"{_area_name(str(key))} · {post}"
    names: Mapping[str, Callable[[Key], str]] = {
        **dict.fromkeys(OF_AREAS, lambda key: _area_name(str(key))),
        **dict.fromkeys(
            ("unit", "department"), lambda key: accounts.unit_name(int(key)) or str(key)
        ),
        "item": _item_name,
        "source": lambda key: str(dict(Source.choices).get(str(key), key)),
    }
    return names[asked.by]


def _area_name(path: str) -> str:
    try:
        row = places.area(path)
    except ObjectDoesNotExist:
        return path  # an area of another year's map
    return row.name if row.level <= 1 else places.full_name(path)


def _item_name(key: Key) -> str:
    try:
        return catalogue.item(int(key)).name
    except ObjectDoesNotExist:
        return str(key)
