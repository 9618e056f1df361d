"""What the newest forecast says of an area and a group of items, within reach, and how wrong it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.catalogue import queries as catalogue
from gongzhi.learning.capabilities import Can
from gongzhi.learning.models import Forecast, ForecastSeries
from gongzhi.learning.queries.reach import city_path
from gongzhi.learning.rules import drawing
from gongzhi.learning.rules.drawing import NARROW, WIDE
from gongzhi.learning.rules.forecasting import TOMORROW
from gongzhi.places import queries as places

OTHER = "-"
PAST_DAYS = 56
THIN = 0.5  # a day: below, one matter more or less is most of the error
NARROW_DAYS = 21  # of the past, on a narrow screen


@dataclass(frozen=True)
class Line:
    """One area and group in a table: tomorrow, the week from tomorrow on, and the errors on held-out weeks."""

    area_path: str
    item_class: str
    name: str
    method: str
    mean: float
    today: float
    today_low: float
    today_high: float
    tomorrow: float
    tomorrow_low: float
    tomorrow_high: float
    week: float
    week_low: float
    week_high: float
    change_percent: int | None  # of the week against the last four
    wape: float | None
    naive_wape: float | None
    mase: float | None
    covered: float | None

    came_week: int  # in the last seven days of training

    @property
    def wape_percent(self) -> int | None:
        return None if self.wape is None else round(100 * self.wape)

    @property
    def naive_percent(self) -> int | None:
        return None if self.naive_wape is None else round(100 * self.naive_wape)

    @property
    def covered_percent(self) -> int | None:
        return None if self.covered is None else round(100 * self.covered)

    @property
    def is_poor(self) -> bool:
        """Tell whether "as a week ago" would have been as good."""
        return (
            self.wape is not None and self.naive_wape is not None and self.wape >= self.naive_wape
        )


@dataclass(frozen=True)
class Day:
    """One day of a series."""

    on: date
    came: int | None
    told: float | None  # on a held-out day, or a day to come
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Chart:
    line: Line
    days: list[Day]  # the newest past days, then those to come
    pictures: list["Picture"]  # for a wide and for a narrow screen
    area_name: str

    @property
    def newest_first(self) -> list[Day]:
        return self.days[::-1]


@dataclass(frozen=True)
class Picture:
    """The days as lines, with the days of the axis and what is told of each day."""

    drawing: drawing.Drawing
    ticks: list[tuple[float, date]]
    columns: list[tuple[float, Day]]


def newest_forecast() -> Forecast | None:
    """Return the newest version, also one whose history was too short."""
    return Forecast.objects.order_by("-cutoff", "-made_at").first()


def before(version: Forecast, *, days: int) -> Forecast | None:
    """Return the newest version whose cut-off lies so many days before, to hold it against what came."""
    earlier = Forecast.objects.filter(
        cutoff__lte=version.cutoff - timedelta(days=days), series_count__gt=0
    )
    return earlier.order_by("-cutoff", "-made_at").first()


def of_towns(actor: Actor, version: Forecast, *, item_class: str = "") -> list[Line]:
    """Return a line a town within reach, the largest first, for every group or one."""
    rows = _within(actor, version).filter(item_class=item_class).exclude(area_path=city_path())
    return _largest_first([_line(row, _area_name(row.area_path)) for row in rows])


def of_groups(actor: Actor, version: Forecast, *, area_path: str) -> list[Line]:
    """Return a line a group of items in an area, the largest first."""
    names = group_names(version.cutoff)
    rows = _within(actor, version).filter(area_path=area_path).exclude(item_class="")
    return _largest_first([_line(row, names.get(row.item_class, row.item_class)) for row in rows])


def whole(actor: Actor, version: Forecast, *, area_path: str, item_class: str = "") -> Line:
    """Return the line of one area and group; OutOfReach when it is not the actor's or not there."""
    return _line(_one(actor, version, area_path, item_class), _area_name(area_path))


def chart(
    actor: Actor,
    version: Forecast,
    *,
    area_path: str,
    item_class: str = "",
    past_days: int = PAST_DAYS,
) -> Chart:
    """Return the past beside what was said of it, and the days to come with their interval."""
    row = _one(actor, version, area_path, item_class)
    came, held = row.came[-past_days:], row.held_out[-past_days:]
    start = version.cutoff - timedelta(days=len(came) - 1)
    told: list[float | None] = [None] * (len(came) - len(held)) + list(held)
    days = [Day(start + timedelta(days=n), came[n], told[n]) for n in range(len(came))]
    days += [
        Day(version.cutoff + timedelta(days=n + 1), None, row.ahead[n], row.low[n], row.high[n])
        for n in range(len(row.ahead))
    ]
    names = group_names(version.cutoff)
    name = names.get(item_class, item_class) if item_class else _("All groups")
    pictures = [_picture(days, WIDE), _picture(days[-NARROW_DAYS - len(row.ahead) :], NARROW)]
    return Chart(_line(row, name), days, pictures, _area_name(area_path))


def _picture(days: Sequence[Day], width: int) -> Picture:
    past = [day for day in days if day.came is not None]
    ahead = [day for day in days if day.came is None]
    drawn = drawing.drawn(
        came=[day.came or 0 for day in past], held_out=[day.told for day in past if day.told is not None],
        ahead=[day.told or 0 for day in ahead], low=[day.low or 0 for day in ahead],
        high=[day.high or 0 for day in ahead], first_weekday=days[0].on.weekday(), width=width,
    )  # fmt: skip
    ticks = [(x, days[n].on) for x, n in drawn.ticks]
    return Picture(drawn, ticks, list(zip(drawn.columns, days, strict=True)))


@dataclass(frozen=True)
class LookBack:
    """What an earlier version had said of days that have come since."""

    on: date
    told: float
    low: float
    high: float
    came: int

    @property
    def is_inside(self) -> bool:
        return self.low <= self.came <= self.high


def looked_back(
    actor: Actor, version: Forecast, *, area_path: str, item_class: str = "", days: int = 7
) -> tuple[Forecast | None, list[LookBack]]:
    """Return the version of a week before and, day by day, what it said and what came."""
    earlier = before(version, days=days)
    if earlier is None:
        return None, []
    now = _one(actor, version, area_path, item_class)
    found = _within(actor, earlier).filter(area_path=area_path, item_class=item_class).first()
    past = min((version.cutoff - earlier.cutoff).days, len(found.ahead) if found else 0)
    came = dict(_dated(version.cutoff, now.came))
    return earlier, [
        LookBack(day, found.ahead[n], found.low[n], found.high[n], came.get(day, 0))
        for n in range(past)
        if found and (day := earlier.cutoff + timedelta(days=n + 1)) in came
    ]


def _dated(cutoff: date, came: Sequence[int]) -> Iterator[tuple[date, int]]:
    for n, value in enumerate(came):
        yield cutoff - timedelta(days=len(came) - 1 - n), value


def all_lines(actor: Actor, version: Forecast) -> Iterator[tuple[Any, ...]]:
    """Yield every series within reach for a file: area, group, day, what is expected, from, to, and the errors."""
    names = group_names(version.cutoff)
    for row in _within(actor, version).order_by("area_path", "item_class").iterator(chunk_size=200):
        group = names.get(row.item_class, row.item_class) if row.item_class else _("All groups")
        area = _area_name(row.area_path)
        for n, expected in enumerate(row.ahead):
            day = version.cutoff + timedelta(days=n + 1)
            yield (
                area, group, day.isoformat(), expected, row.low[n], row.high[n], method_names()[row.method],
                _percent(row.wape), _percent(row.naive_wape), None if row.mase is None else round(row.mase, 2),
            )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def group_names(on: date) -> dict[str, str]:
    """Return the groups of items by code, E01 and P02, as the catalogue names them."""
    names = {item.code[:3]: item.class_name for item in catalogue.items_in_force(on)}
    return {OTHER: _("Not under an item yet"), **names}


def method_names() -> dict[str, str]:
    return {
        "naive": pgettext("forecast", "as a week ago"),
        "weekday": pgettext("forecast", "mean of the weekday"),
        "level": pgettext("forecast", "mean of four weeks"),
        "ets": pgettext("forecast", "exponential smoothing"),
        "sum": pgettext("forecast", "sum of the towns"),
    }


def _within(actor: Actor, version: Forecast) -> Any:
    return ForecastSeries.objects.within_reach_of(actor, Can.VIEW).filter(forecast=version)


def _one(actor: Actor, version: Forecast, area_path: str, item_class: str) -> ForecastSeries:
    found: ForecastSeries | None = (
        _within(actor, version).filter(area_path=area_path, item_class=item_class).first()
    )
    if found is None:
        raise OutOfReach
    return found


def _line(row: ForecastSeries, name: str) -> Line:
    usual = 7 * row.mean
    change = round(100 * (row.week / usual - 1)) if usual >= 7 else None
    return Line(
        row.area_path, row.item_class, name, method_names()[row.method], row.mean, row.ahead[0], row.low[0], row.high[0],
        row.ahead[TOMORROW], row.low[TOMORROW], row.high[TOMORROW], row.week, row.week_low, row.week_high,
        change, row.wape, row.naive_wape, row.mase, row.covered, sum(row.came[-7:]),
    )  # fmt: skip


def _largest_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.week, line.area_path, line.item_class))


def _area_name(path: str) -> str:
    """Return an area's name; the path itself when it is not in the tree (any more)."""
    try:
        return places.area(path).name
    except ObjectDoesNotExist:
        return path
