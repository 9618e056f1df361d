"""
Tomorrow's and next week's load of many small series, each by the method that did best on held-out weeks.

The last weeks are held out. On the first of them the method of each series is chosen, on the others its
error is told: no method was chosen on them. The parts of a whole are scaled to what is said of the whole,
also on the held-out days: large series are said best, and the page's numbers add up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongzhi.learning.rules.errors import WEEK, Days, Errors, covered_share, errors, interval

Method = Callable[[Days, int], Days]  # history, days ahead → what to expect

NAIVE, WEEKDAY, LEVEL, SMOOTHING = "naive", "weekday", "level", "ets"
LEAST_TRAINING = 4 * WEEK  # days before the first held-out week
WEEKDAY_WEEKS = 8
LEVEL_DAYS = 28
TOMORROW = 1  # the first day after the cut-off is today


@dataclass(frozen=True)
class Plan:
    """How much is held out, how far ahead, and what the work may cost."""

    choose_weeks: int
    test_weeks: int
    horizon_days: int
    interval_percent: float
    ets_days: int
    ets_least_a_day: float
    cpu_seconds: float


@dataclass(frozen=True)
class Told:
    """A series' held-out days beside what was said of them, and what is said of the days to come."""

    method: str
    came: Days  # held-out days, those of choosing first
    told: Days
    plain: Days
    ahead: Days
    choosing: int  # how many of the held-out days the method was chosen on

    def __add__(self, other: "Told") -> "Told":
        return Told(
            "sum", self.came + other.came, self.told + other.told, self.plain + other.plain,
            self.ahead + other.ahead, self.choosing,
        )  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What a series is said to do, how far that may be off, and how wrong it was before."""

    method: str
    ahead: list[float]
    low: list[float]
    high: list[float]
    errors: Errors
    covered: float | None
    week: tuple[float, float, float]  # seven days from tomorrow on: expected, from, to
    held_out: list[float]  # what was said of the held-out days of the test
    mean: float  # a day, over the last four weeks


class TooShort(ValueError):
    """The history is too short to hold anything out; the argument says how many days are needed."""

    def __init__(self, days: int, needed: int) -> None:
        super().__init__(f"{days} days, {needed} needed")
        self.days, self.needed = days, needed


def weeks_held_out(days: int, plan: Plan, *, least_days: int) -> tuple[int, int]:
    """Return for how many weeks methods are chosen and tested; fewer where the history is short."""
    weeks = min(plan.choose_weeks + plan.test_weeks, (days - LEAST_TRAINING) // WEEK)
    if days < least_days or weeks < 3:
        raise TooShort(days, max(least_days, LEAST_TRAINING + 3 * WEEK))
    choose = max(1, weeks * plan.choose_weeks // (plan.choose_weeks + plan.test_weeks))
    return choose, weeks - choose


def tell_all(
    series: Mapping[Any, Days],
    *,
    factors: Days,
    plan: Plan,
    weeks: tuple[int, int],
    spent: Callable[[], float],
) -> dict[Any, Told]:
    """
    Forecast every series, the largest first: when `spent` is over the plan's seconds, the rest gets averages.

    `factors` are the calendar's, for the days of the series and those to come.
    """
    ordered = sorted(series, key=lambda key: (-float(series[key].sum()), str(key)))
    found = {}
    for key in ordered:
        is_large = series[key][-plan.ets_days :].mean() >= plan.ets_least_a_day
        methods = _methods(plan, with_smoothing=is_large and spent() < plan.cpu_seconds)
        found[key] = tell(series[key], factors=factors, methods=methods, plan=plan, weeks=weeks)
    return {key: found[key] for key in series}


def _methods(plan: Plan, *, with_smoothing: bool) -> dict[str, Method]:
    methods: dict[str, Method] = {NAIVE: naive, WEEKDAY: same_weekday, LEVEL: level}
    if with_smoothing:
        methods[SMOOTHING] = lambda y, ahead: smoothing(y[-plan.ets_days :], ahead)
    return methods


def tell(
    y: Days, *, factors: Days, methods: Mapping[str, Method], plan: Plan, weeks: tuple[int, int]
) -> Told:
    """Choose the method with the smallest squared error on the weeks of choosing, which aims at the mean; tell the rest with it."""
    choose, test = weeks
    first = len(y) - WEEK * (choose + test)
    starts = range(first, len(y), WEEK)
    calm = y / factors[: len(y)]
    tries: dict[str, list[Days]] = {}
    for name, method in methods.items():
        tries[name] = [
            _bounded(method(calm[:start], WEEK) * factors[start : start + WEEK])
            for start in starts[:choose]
        ]
    came = y[first:]
    seen = came[: WEEK * choose]
    best = min(
        tries, key=lambda name: (float(((np.concatenate(tries[name]) - seen) ** 2).sum()), name)
    )
    told = tries[best] + [
        _bounded(methods[best](calm[:start], WEEK) * factors[start : start + WEEK])
        for start in starts[choose:]
    ]
    ahead = _bounded(methods[best](calm, plan.horizon_days) * factors[len(y) :])
    plain = [naive(y[:start], WEEK) for start in starts]
    return Told(best, came, np.concatenate(told), np.concatenate(plain), ahead, WEEK * choose)


def judge(told: Told, y: Days, *, plan: Plan) -> Judged:
    """Say how wrong a forecast was on the weeks of testing, and how far the days to come may be off."""
    test = slice(told.choosing, None)
    off = told.came - told.told
    covered = covered_share(
        came=told.came, told=told.told, since=told.choosing, percent=plan.interval_percent
    )
    low, high = interval(off, percent=plan.interval_percent)
    return Judged(
        told.method,
        told.ahead.tolist(),
        _bounded(told.ahead + low).tolist(),
        (told.ahead + high).tolist(),
        errors(came=told.came[test], told=told.told[test], plain=told.plain[test], before=y[: -len(told.came)]),
        covered,
        _week(told, off, percent=plan.interval_percent),
        told.told[test].tolist(),
        float(y[-LEVEL_DAYS:].mean()),
    )  # fmt: skip


def _week(told: Told, off: Days, *, percent: float) -> tuple[float, float, float]:
    """Return the sum of seven days from tomorrow on, with the interval of held-out weeks' sums."""
    expected = float(told.ahead[TOMORROW : TOMORROW + WEEK].sum())
    low, high = interval(off.reshape(-1, WEEK).sum(axis=1), percent=percent)
    return expected, max(0.0, expected + low), expected + high


def scaled(parts: Mapping[Any, Told], whole: Told) -> dict[Any, Told]:
    """Return the parts so that on every day they add up to what is said of the whole."""
    told = _share(whole.told, [part.told for part in parts.values()])
    ahead = _share(whole.ahead, [part.ahead for part in parts.values()])
    return {
        key: replace(part, told=part.told * told, ahead=part.ahead * ahead)
        for key, part in parts.items()
    }


def _share(whole: Days, parts: Sequence[Days]) -> Days:
    total = np.sum(parts, axis=0)
    share: Days = np.divide(whole, total, out=np.ones_like(whole), where=total > 0)
    return share


def summed(parts: Sequence[Told]) -> Told:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def naive(y: Days, ahead: int) -> Days:
    """As on the same weekday of the last week."""
    return np.resize(y[-WEEK:], ahead)


def same_weekday(y: Days, ahead: int) -> Days:
    """The mean of the same weekday over the last weeks."""
    weeks = min(WEEKDAY_WEEKS, len(y) // WEEK)
    means: NDArray[np.float64] = y[-WEEK * weeks :].reshape(weeks, WEEK).mean(axis=0)
    return np.resize(means, ahead)


def level(y: Days, ahead: int) -> Days:
    """The mean of the last four weeks, every day the same: for series too thin for weekdays."""
    return np.full(ahead, y[-LEVEL_DAYS:].mean())


def smoothing(y: Days, ahead: int) -> Days:
    """Exponential smoothing with weekdays, the form chosen by information criterion (AutoETS)."""
    from statsforecast.models import AutoETS  # noqa: PLC0415 - slow to load, only forecasts need it

    found: NDArray[np.float64] = AutoETS(season_length=WEEK, model="ZNZ").forecast(y=y, h=ahead)[
        "mean"
    ]
    return found


def _bounded(expected: Days) -> Days:
    found: NDArray[np.float64] = np.maximum(np.nan_to_num(expected), 0)
    return found
