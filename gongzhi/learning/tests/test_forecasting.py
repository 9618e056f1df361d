"""Methods are chosen and judged on different held-out weeks; parts add up to the whole."""

from datetime import date, timedelta

import numpy as np
import pytest

from gongzhi.learning.rules import drawing, errors, forecasting, seasons

PLAN = forecasting.Plan(
    choose_weeks=2, test_weeks=3, horizon_days=14, interval_percent=80, ets_days=400, ets_least_a_day=1e9,
    cpu_seconds=60,
)  # fmt: skip
WEEKLY = np.array([9.0, 8, 8, 8, 7, 3, 2])
METHODS = {
    "naive": forecasting.naive,
    "weekday": forecasting.same_weekday,
    "level": forecasting.level,
}


def noisy(weeks: int = 16, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).poisson(np.tile(WEEKLY, weeks)).astype(float)


def told(y: np.ndarray, weeks: tuple[int, int] = (2, 3)) -> forecasting.Told:
    flat = np.ones(len(y) + PLAN.horizon_days)
    return forecasting.tell(y, factors=flat, methods=METHODS, plan=PLAN, weeks=weeks)


def test_a_noisy_week_is_told_better_by_the_mean_of_its_weekdays():
    y = noisy()

    found = forecasting.judge(told(y), y, plan=PLAN)

    assert found.method == "weekday"
    assert found.errors.wape < found.errors.naive_wape
    assert found.errors.better_percent > 0
    assert found.ahead[5] < found.ahead[0]


def test_what_is_tested_on_did_not_choose_the_method():
    """A break after the weeks of choosing changes the error, and not the method."""
    y = noisy()
    broken = y.copy()
    broken[-21:] *= 5

    assert told(broken).method == told(y).method


def test_parts_are_scaled_so_that_they_add_up_on_every_day():
    one, two = noisy(seed=1), noisy(seed=2)
    whole = told(one + two)

    parts = forecasting.scaled({"a": told(one), "b": told(two)}, whole)

    assert np.allclose(parts["a"].ahead + parts["b"].ahead, whole.ahead)
    assert np.allclose(parts["a"].told + parts["b"].told, whole.told)


def test_a_history_too_short_to_hold_anything_out_is_refused_with_the_days_needed():
    with pytest.raises(forecasting.TooShort) as short:
        forecasting.weeks_held_out(40, PLAN, least_days=70)

    assert (short.value.days, short.value.needed) == (40, 70)
    assert forecasting.weeks_held_out(70, PLAN, least_days=70) == (2, 3)
    assert forecasting.weeks_held_out(49, PLAN, least_days=49) == (1, 2)


def test_when_the_seconds_are_used_up_the_rest_gets_averages():
    plan = forecasting.Plan(2, 3, 14, 80, 400, 0.0, cpu_seconds=0)
    flat = np.ones(112 + 14)

    found = forecasting.tell_all(
        {"a": noisy()}, factors=flat, plan=plan, weeks=(2, 3), spent=lambda: 1.0
    )

    assert found["a"].method in METHODS


def test_smoothing_follows_a_level_that_has_risen():
    y = np.concatenate([noisy(8), noisy(8) + 10])

    assert forecasting.smoothing(y, 7).mean() > y.mean()


def test_a_holiday_and_the_season_are_known_beforehand():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(840)]
    first_of_month = [day.day != 1 for day in days]  # the first is off, whatever the weekday
    kinds = seasons.sorts(days, first_of_month)
    total = np.where(kinds == seasons.HOLIDAY, 2.0, 10.0)[:800]

    factors = seasons.factors(total, days, kinds)

    ahead = kinds[800:] == seasons.HOLIDAY
    assert ahead.any()
    assert factors[800:][ahead].max() < 0.5 < factors[800:][~ahead].min()


def test_errors_of_a_perfect_and_of_a_plain_forecast():
    came, before = np.array([2.0, 4.0]), np.arange(20.0)

    perfect = errors.errors(came=came, told=came, plain=came + 1, before=before)

    assert (perfect.wape, perfect.mase, perfect.better_percent) == (0, 0, 100)
    nothing = errors.errors(came=came * 0, told=came, plain=came, before=before)
    assert nothing.wape is None


def test_the_interval_holds_about_as_many_days_as_it_says():
    y = noisy(weeks=60, seed=5)
    plan = forecasting.Plan(8, 30, 14, 80, 400, 1e9, 60)
    flat = np.ones(len(y) + 14)

    found = forecasting.tell(y, factors=flat, methods=METHODS, plan=plan, weeks=(8, 30))

    assert 0.7 < forecasting.judge(found, y, plan=plan).covered < 0.9


def test_a_drawing_keeps_every_day_within_its_frame():
    picture = drawing.drawn(
        came=[3, 7], held_out=[4], ahead=[5, 6], low=[3, 4], high=[9, 11], first_weekday=6
    )

    points = [tuple(map(float, point.split(","))) for point in picture.band.split()]
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)
    assert [value for _y, value in picture.grid] == [0, 5, 10, 15]
    assert len(picture.columns) == 4
