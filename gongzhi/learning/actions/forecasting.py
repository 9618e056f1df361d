"""Forecasts every town and group of items each night, and keeps the version with its errors."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils import timezone

from gongzhi.clocks import queries as clocks
from gongzhi.figures import queries as figures
from gongzhi.learning.models import Forecast, ForecastSeries
from gongzhi.learning.queries import parameters
from gongzhi.learning.rules import forecasting, seasons
from gongzhi.learning.rules.errors import Days
from gongzhi.places import queries as places

SHOWN_DAYS = 91  # of the past, kept with the version for its chart
OTHER = "-"  # the group of matters that are under no item yet
Cell = tuple[str, str]  # town, class of items


def forecast(*, at: datetime, cutoff: date | None = None) -> Forecast:
    """
    Forecast the days after the cut-off (yesterday, if none is given) and keep the version.

    A history that is too short gives a version without series that says how many days are needed.
    """
    on = timezone.localdate(at)
    cutoff = cutoff or on - timedelta(days=1)
    counted = _History(cutoff, on)
    version = Forecast(cutoff=cutoff, made_at=at, since=counted.since)
    plan = parameters.forecast_plan(on)
    version.plan = asdict(plan)
    started = time.process_time()
    try:
        weeks = forecasting.weeks_held_out(
            counted.length, plan, least_days=parameters.number("least_days", on=on)
        )
    except forecasting.TooShort as short:
        version.needed_days = short.needed
        return _kept(version, [])
    version.held_out_from = cutoff - timedelta(days=7 * weeks[1] - 1)
    told = _told(counted, plan, weeks, started)
    rows = [_row(key, told[key], counted.of(key), plan) for key in told]
    version.seconds = time.process_time() - started
    version.is_bounded = version.seconds > plan.cpu_seconds
    return _kept(version, rows)


class _History:
    """Daily counts of every town and group up to the cut-off, and what the calendar makes of each day."""

    def __init__(self, cutoff: date, on: date) -> None:
        longest = parameters.number("history_days", on=on)
        rows = figures.day_counts(since=cutoff - timedelta(days=longest - 1), until=cutoff)
        self.since = min((row.on for row in rows), default=cutoff)
        self.length = (cutoff - self.since).days + 1
        self.city = places.areas_at_level(0)[0].path if rows else ""
        self.cells: dict[Cell, Days] = {}
        for row in rows:
            key = (row.town, row.item_class or OTHER)
            line = self.cells.setdefault(key, np.zeros(self.length))
            line[(row.on - self.since).days] += row.count

    def of(self, key: Cell) -> Days:
        """Return the counts of an area and group; the city and "" are sums."""
        town, group = key
        parts = [
            y for (t, g), y in self.cells.items() if town in {t, self.city} and group in {g, ""}
        ]
        total: Days = np.sum(parts, axis=0)
        return total

    @property
    def towns(self) -> list[str]:
        return sorted({town for town, _group in self.cells})

    @property
    def groups(self) -> list[str]:
        return sorted({group for _town, group in self.cells})

    def factors(self, horizon: int) -> Days:
        days = [self.since + timedelta(days=n) for n in range(self.length + horizon)]
        calendar = clocks.calendar()
        kinds = seasons.sorts(days, [calendar.is_working_day(day.toordinal()) for day in days])
        return seasons.factors(self.of((self.city, "")), days, kinds)


def _told(
    counted: _History, plan: forecasting.Plan, weeks: tuple[int, int], started: float
) -> Mapping[Cell, forecasting.Told]:
    """Forecast city, towns and cells; scale each level to the one above; add groups up over the city."""
    factors = counted.factors(plan.horizon_days)

    def tell(keys: list[Cell]) -> dict[Cell, forecasting.Told]:
        return forecasting.tell_all(
            {key: counted.of(key) for key in keys}, factors=factors, plan=plan, weeks=weeks,
            spent=lambda: time.process_time() - started,
        )  # fmt: skip

    city = tell([(counted.city, "")])
    towns = forecasting.scaled(tell([(town, "") for town in counted.towns]), city[counted.city, ""])
    cells = tell(list(counted.cells))
    for town in counted.towns:
        own = {key: told for key, told in cells.items() if key[0] == town}
        cells |= forecasting.scaled(own, towns[town, ""])
    groups = {
        (counted.city, group): forecasting.summed([t for (_t, g), t in cells.items() if g == group])
        for group in counted.groups
    }
    return city | groups | towns | cells


def _row(key: Cell, told: forecasting.Told, y: Days, plan: forecasting.Plan) -> ForecastSeries:
    found = forecasting.judge(told, y, plan=plan)
    return ForecastSeries(
        area_path=key[0], item_class=key[1], method=found.method, mean=round(found.mean, 3), wape=found.errors.wape,
        naive_wape=found.errors.naive_wape, mase=found.errors.mase, covered=found.covered, ahead=_short(found.ahead),
        low=_short(found.low), high=_short(found.high), came=[int(v) for v in y[-SHOWN_DAYS:]],
        held_out=_short(found.held_out), week=found.week[0], week_low=found.week[1], week_high=found.week[2],
    )  # fmt: skip


def _short(values: list[float]) -> list[float]:
    return [round(value, 2) for value in values]


@transaction.atomic
def _kept(version: Forecast, rows: list[ForecastSeries]) -> Forecast:
    version.series_count = len(rows)
    version.save()
    ForecastSeries.objects.bulk_create(_of(version, rows), batch_size=500)
    return version


def _of(version: Forecast, rows: list[ForecastSeries]) -> Iterator[ForecastSeries]:
    for row in rows:
        row.forecast = version
        yield row


def forget_old_forecasts(*, at: datetime) -> int:
    """Delete versions that are older than the city keeps them."""
    on = timezone.localdate(at)
    oldest = on - timedelta(days=parameters.number("forecast_keep_days", on=on))
    count, _tables = Forecast.objects.filter(cutoff__lt=oldest).delete()
    return count
