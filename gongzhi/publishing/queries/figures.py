"""The public statistics: sums a nightly job made, told by month, town, class, and village where that is safe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, QuerySet, Sum

from gongzhi.places import queries as places
from gongzhi.publishing.models import Figure
from gongzhi.publishing.queries.deciding import classes
from gongzhi.publishing.rules import protected

MONTHS = 12
TEN_MINUTES = 600


@dataclass(frozen=True)
class Line:
    """One line of a figure."""

    key: str
    name: str
    reported: int
    settled: int
    on_time: int
    share: int = 0  # of the largest line, for the bar

    @property
    def settled_percent(self) -> int | None:
        return round(100 * self.settled / self.reported) if self.reported else None

    @property
    def on_time_percent(self) -> int | None:
        return round(100 * self.on_time / self.settled) if self.settled else None


@dataclass(frozen=True)
class Statistics:
    total: Line
    months: list[Line]
    towns: list[Line]
    classes: list[Line]
    villages: list[Line]  # of the chosen town
    others: int  # reported in villages too small to be told apart
    since: date
    until: date  # the first day after
    at: datetime | None


def statistics(*, town: str = "", on: date) -> Statistics:
    """Return the figures of the last twelve months; three statements at most every ten minutes for each town."""
    counted = figures_at()
    mark = int(counted.timestamp() * 1000) if counted else 0
    key = f"publishing-figures:{town.replace('/', '-')}:{on}:{mark}"
    found: Statistics | None = cache.get(key)
    if found is None:
        found = _statistics(town=town, on=on)
        cache.set(key, found, TEN_MINUTES)
    return found


def figures_at() -> datetime | None:
    """Return when the figures were last counted."""
    newest: datetime | None = Figure.objects.aggregate(at=Max("counted_at"))["at"]
    return newest


def month_before(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _statistics(*, town: str, on: date) -> Statistics:
    this = on.replace(day=1)
    since, until = month_before(this, MONTHS - 1), month_before(this, -1)
    rows = Figure.objects.filter(month__gte=since, month__lt=until)
    at = figures_at()
    if town:
        rows = rows.filter(village_path__startswith=town)
    months = lines((str(m)[:7], str(m)[:7], *sums) for m, *sums in _summed(rows, "month"))
    named = dict(classes(on=on))
    by_class = lines((c, named.get(c, c), *sums) for c, *sums in _summed(rows, "class_code"))
    by_village = [(path, *sums) for path, *sums in _summed(rows, "village_path")]
    villages, others = _villages(by_village) if town else ([], 0)
    total = Line("", "", *(sum(getattr(line, name) for line in months) for name in ("reported", "settled", "on_time")))  # fmt: skip
    return Statistics(
        total, months, [] if town else _towns(by_village), _largest_first(by_class), villages, others, since, until, at
    )  # fmt: skip


def _summed(rows: QuerySet[Figure], by: str) -> Iterable[Any]:
    sums = rows.values(by).annotate(r=Sum("reported"), s=Sum("settled"), o=Sum("on_time"))
    return list(sums.order_by(by).values_list(by, "r", "s", "o"))


def lines(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    found = [Line(key, name, *sums) for key, name, *sums in rows]
    largest = max((line.reported for line in found), default=0) or 1
    return [
        Line(x.key, x.name, x.reported, x.settled, x.on_time, round(100 * x.reported / largest))
        for x in found
    ]


def _largest_first(found: list[Line]) -> list[Line]:
    return sorted(found, key=lambda line: -line.reported)


def _towns(by_village: list[tuple[Any, ...]]) -> list[Line]:
    sums: dict[str, list[int]] = {}
    for path, *values in by_village:
        town = "/".join(path.split("/")[:2]) + "/"
        sums[town] = [a + b for a, b in zip(sums.get(town, [0, 0, 0]), values, strict=True)]
    names = {row.path: row.name for row in places.areas_at_level(1)}
    return _largest_first(lines((t, names[t], *values) for t, values in sums.items() if t in names))


def _villages(by_village: list[tuple[Any, ...]]) -> tuple[list[Line], int]:
    """Tell apart only villages with enough reports, so that no single household stands behind a number."""
    shown, rest = protected(
        [(path, reported) for path, reported, *_more in by_village],
        least=settings.SMALLEST_PUBLIC_FIGURE,
    )
    names = {row.path: row.name for row in places.areas_at_level(2)}
    told = [(p, names.get(p, ""), *sums) for p, *sums in by_village if p in shown and p in names]
    return _largest_first(lines(told)), rest
