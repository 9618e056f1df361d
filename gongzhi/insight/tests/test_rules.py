"""Slices, pivots, seasons, limits, significance: plain values in and out."""

import math
import random
from datetime import date

import h3
import numpy as np
import pytest

from gongzhi.insight.rules import pivoting, slices
from gongzhi.insight.rules.cells import parent, text_of
from gongzhi.insight.rules.limits import curve
from gongzhi.insight.rules.measures import counts_behind, value_of
from gongzhi.insight.rules.season import decomposed
from gongzhi.insight.rules.significance import bound_of, gathered, risen
from gongzhi.insight.rules.slices import Slice, Unreadable

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 23)


def read(**asked):
    return slices.read(asked, since=FIRST, until=LAST)


def test_a_slice_comes_back_from_its_own_address():
    by = Slice(
        FIRST,
        LAST,
        "441900/004/",
        (("weekday", "3"), ("item", "E0101")),
        ("closed",),
        ("closed_in_time",),
    )

    assert read(**by.query()) == by
    assert slices.from_plain(by.plain()).plain() == by.plain()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"since": "2026-13-01"}, "since"), ({"since": "1812-01-01"}, "since"), ({"until": "2025-01-01"}, "until"),
        ({"area": "441900"}, "area"), ({"hour": "x"}, "hour"), ({"cell": "zz"}, "cell"), ({"in": "everything"}, "in"),
        ({"place": "1"}, "place"), ({"month": "999999"}, "month"), ({"item": "a\0"}, "item"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(asked, named):
    with pytest.raises(Unreadable, match=named):
        read(**asked)


def test_a_stretch_of_time_as_a_condition_becomes_days_within_the_slice():
    by = Slice(FIRST, LAST)

    assert by.but("month", str(2026 * 12 + 1)) == Slice(date(2026, 2, 1), date(2026, 2, 28))
    assert by.but("quarter", str(2026 * 4 + 3)) == Slice(date(2026, 10, 1), LAST)
    assert by.but("day", "2026-03-05").query() == {"since": "2026-03-05", "until": "2026-03-05"}
    assert read(year="2026").until == LAST


def test_last_years_days_are_the_same_days_and_the_leap_day_the_one_before():
    assert Slice(date(2024, 2, 29), date(2024, 3, 1)).moved(years=-1) == Slice(
        date(2023, 2, 28), date(2023, 3, 1)
    )


def test_whole_months_are_whole_or_reach_to_the_newest_day():
    assert slices.is_whole_months(Slice(date(2026, 1, 1), date(2026, 2, 28)), newest=LAST)
    assert slices.is_whole_months(Slice(date(2026, 1, 1), LAST), newest=LAST)
    assert not slices.is_whole_months(Slice(date(2026, 1, 1), date(2026, 2, 27)), newest=LAST)
    assert not slices.is_whole_months(Slice(date(2026, 1, 2), LAST), newest=LAST)


def test_a_pivot_takes_what_exists_and_no_more_than_a_page_holds():
    asked = {
        "rows": ["town", "moon", "item", "class"],
        "across": ["town", "month"],
        "measure": ["closed_rate"] * 9,
        "drawn": ["pie"],
    }

    found = pivoting.read(asked)

    assert found == pivoting.Pivot(("town", "item"), "month", ("closed_rate",), "auto")
    assert found.counts == ("closed", "to_close")
    assert pivoting.read({}).dims == ("town",)


@pytest.mark.parametrize(
    ("rows", "drawn", "drawing"),
    [("month", "auto", "line"), ("block", "auto", "map"), ("hour", "auto", "columns"), ("town", "auto", "bars"), ("town", "map", "none")],
)  # fmt: skip
def test_a_pivot_is_drawn_as_fits(rows, drawn, drawing):
    assert pivoting.Pivot((rows,), drawn=drawn).drawing == drawing


def test_rates_and_means_are_made_from_counts_and_nothing_over_nothing_is_nothing():
    row = {"closed": 4, "to_close": 5, "minutes": 480}

    assert counts_behind(("closed_rate", "mean_hours", "p50_hours")) == (
        "closed",
        "to_close",
        "minutes",
    )
    assert (value_of("closed_rate", row), value_of("mean_hours", row), value_of("closed", row)) == (
        0.8,
        2.0,
        4,
    )
    assert value_of("closed_rate", {"closed": 0, "to_close": 0}) is None


def test_a_season_is_found_again_under_a_trend():
    shape = [0.8, 0.7, 1.0, 1.1, 1.2, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 0.9]
    values = [(100 + month) * shape[month % 12] for month in range(48)]

    found = decomposed(values, first_month=1)

    assert found.trend[:6] == (None,) * 6
    assert [round(share, 1) for share in found.shares] == [round(share, 1) for share in shape]
    assert decomposed(values[:13], first_month=1).shares == (None,) * 12


def test_longer_limits_never_make_fewer_matters_in_time():
    points = curve([(3, 10), (20, 5), (21, 4)], total=20)

    assert [point.in_time for point in points if point.factor in {0.25, 1, 1.25}] == [10, 15, 19]
    assert [point.share for point in points] == sorted(point.share for point in points)
    assert curve([], total=0)[0].share is None


def test_a_coarser_cell_made_by_bits_is_the_one_h3_makes():
    chance = random.Random(4)
    for _one in range(200):
        cell = h3.latlng_to_cell(chance.uniform(-60, 60), chance.uniform(-179, 179), 9)
        for resolution in (8, 7, 5):
            assert text_of(parent(int(cell, 16), resolution)) == h3.cell_to_parent(cell, resolution)


def _city(radius=12):
    centre = h3.latlng_to_cell(23.02, 113.75, 8)
    return centre, {int(cell, 16): 0 for cell in h3.grid_disk(centre, radius)}


def test_a_cluster_is_gathered_and_chance_alone_is_not():
    centre, counts = _city()
    rng = np.random.default_rng(5)
    for cell in counts:
        counts[cell] = int(rng.poisson(4))
    quiet = [spot for spot in gathered(counts) if spot.is_significant]
    for cell in h3.grid_disk(centre, 1):
        counts[int(cell, 16)] += 25

    found = [spot for spot in gathered(counts) if spot.is_significant]

    assert len(quiet) <= 2
    assert {text_of(spot.cell) for spot in found} >= {centre}
    assert all(h3.grid_distance(centre, text_of(spot.cell)) <= 3 for spot in found)


def test_gi_star_is_what_its_formula_says():
    _centre, counts = _city(3)
    rng = np.random.default_rng(1)
    for cell in counts:
        counts[cell] = int(rng.poisson(6))
    values = np.array(list(counts.values()), dtype=float)
    one = next(spot for spot in gathered(counts) if text_of(spot.cell) == _centre)

    near = [counts[int(cell, 16)] for cell in h3.grid_disk(_centre, 1)]
    n, w = len(values), 7
    expected = (sum(near) - values.mean() * w) / (
        values.std() * math.sqrt((n * w - w * w) / (n - 1))
    )

    assert one.score == pytest.approx(expected)


def test_a_cell_that_doubles_has_risen_and_a_city_that_doubles_has_not():
    _centre, before = _city(6)
    before = dict.fromkeys(before, 120)
    grown = dict.fromkeys(before, 60)
    first = next(iter(grown))

    assert not [spot for spot in risen(grown, before) if spot.is_significant]
    grown[first] = 130
    assert [spot.cell for spot in risen(grown, before) if spot.is_significant] == [first]
    assert not risen({first: 1}, {})[0].is_significant


def test_poisson_tails_and_the_bound_of_benjamini_and_hochberg():
    spots = risen({1: 10, 2: 10}, {1: 10, 2: 10})
    tail = 1 - sum(math.exp(-10) * 10**k / math.factorial(k) for k in range(10))

    assert spots[0].p == pytest.approx(tail)
    assert bound_of(np.array([0.01, 0.02, 0.03, 0.5]), 0.05) == 0.03
    assert bound_of(np.array([0.5, 0.9]), 0.05) < 0


def test_too_few_cells_tell_nothing():
    assert not any(spot.is_significant for spot in gathered({1: 1000, 2: 0}))
