import hashlib
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.patrol.rules import balance, forecast, routes, sampling
from gongzhi.patrol.rules.lists import fitting
from gongzhi.patrol.rules.visits import what_follows

ON = date(2026, 3, 2)


class AList:
    def __init__(self, code, classes=(), grades=()):
        self.code, self.kind, self.classes, self.grades = code, 3, classes, grades


ALL, KEY, DORM = AList("all"), AList("key", grades=(3, 4)), AList("dorm", classes=("dormitory",))


@pytest.mark.parametrize(
    ("klass", "grade", "code"),
    [("", 1, "all"), ("", 4, "key"), ("dormitory", 4, "dorm"), ("unheard-of", 0, "all")],
)
def test_the_narrowest_list_fits_class_before_grade(klass, grade, code):
    assert fitting([ALL, KEY, DORM], kind=3, klass=klass, grade=grade).code == code


def test_no_list_fits_premises_of_another_kind():
    assert fitting([ALL], kind=4, klass="", grade=0) is None


def follows(**said):
    values = {
        "outcome": "visited", "on": ON, "days": 10, "revisit_on": None, "nobody_before": 0,
        "retry_days": 2, "nobody_times": 2,
    }  # fmt: skip
    return what_follows(**{**values, **said})


def test_the_next_day_is_the_earlier_of_round_and_revisit():
    assert follows(revisit_on=ON + timedelta(days=3)).next_on == ON + timedelta(days=3)
    assert follows(revisit_on=ON + timedelta(days=30)).next_on == ON + timedelta(days=10)


def test_the_station_is_told_from_the_second_time_on():
    told = [follows(outcome="nobody", nobody_before=n).tells_station for n in range(3)]

    assert told == [False, True, True]


AREAS = st.dictionaries(
    st.sampled_from("abcde"),
    st.tuples(st.integers(0, 60), st.lists(st.integers(1, 8), max_size=4)),
    min_size=1,
)


@given(AREAS, st.dictionaries(st.integers(1, 8), st.integers(0, 9)))
@settings(max_examples=60)
def test_nobody_gets_more_than_a_day_holds_and_room_is_never_wasted(areas, load):
    demand = {area: wanted for area, (wanted, _people) in areas.items()}
    officers = {area: people for area, (_wanted, people) in areas.items()}
    held = dict(load)

    taken = balance.shares(
        demand=demand, officers=officers, capacity=dict.fromkeys(range(1, 9), 10), load=held
    )

    given = {area: sum(count for _who, count in pieces) for area, pieces in taken.items()}
    assert all(count <= max(10, load.get(who, 0)) for who, count in held.items())
    for area, wanted in demand.items():
        is_full = all(held.get(who, 0) >= 10 for who in officers[area])
        assert given[area] == wanted or (given[area] < wanted and is_full)
        assert {who for who, _count in taken[area]} <= set(officers[area])


def test_officers_of_one_grid_differ_by_one_visit_at_the_most():
    taken = balance.shares(
        demand={"a": 20}, officers={"a": [1, 2, 3]}, capacity={1: 24, 2: 24, 3: 24}, load={1: 2}
    )

    assert taken["a"] == [(1, 6), (2, 7), (3, 7)]


def test_who_works_in_two_grids_keeps_room_for_the_one_that_has_nobody_else():
    taken = balance.shares(
        demand={"a": 10, "b": 10},
        officers={"a": [1, 2], "b": [2]},
        capacity={1: 10, 2: 10},
        load={},
    )

    assert taken == {"b": [(2, 10)], "a": [(1, 10)]}


def test_the_most_overdue_are_taken_and_neighbours_go_together():
    lons = np.array([113.0, 113.9, 113.001, 113.901, 113.5])
    assigned = balance.cut(
        areas=np.array(["a"] * 5), urgency=np.array([1, 2, 3, 4, 5]), lons=lons,
        lats=np.full(5, 23.0), taken={"a": [(7, 2), (8, 2)]},
    )  # fmt: skip

    assert assigned.tolist() == [7, 8, 7, 8, 0]


POPULATION = st.dictionaries(st.integers(1, 10_000), st.integers(1, 9), min_size=1, max_size=60)


@given(POPULATION, st.integers(1, 40), st.text("0123456789abcdef", min_size=8, max_size=8))
@settings(max_examples=80)
def test_a_draw_is_reproducible_and_nobody_rechecks_the_own_visit(made_by, size, seed):
    people = sorted(set(made_by.values()))
    drawn = sampling.draw(seed=seed, made_by=made_by, officer_ids=people, size=size)
    again = sampling.draw(
        seed=seed, made_by=dict(reversed(made_by.items())), officer_ids=people[::-1], size=size
    )

    assert drawn == again
    assert all(made_by[one.visit_id] != one.officer_id for one in drawn)
    assert len({one.visit_id for one in drawn}) == len(drawn)
    assert len(drawn) == (min(size, len(made_by)) if len(people) > 1 else 0)


def test_every_visit_is_drawn_about_equally_often():
    made_by = dict.fromkeys(range(1, 21), 1)
    counts = dict.fromkeys(made_by, 0)
    for n in range(400):
        for one in sampling.draw(seed=f"{n}", made_by=made_by, officer_ids=[1, 2], size=5):
            counts[one.visit_id] += 1

    assert all(60 <= count <= 140 for count in counts.values())  # 100 is the mean


def test_anybody_can_check_the_published_mark_with_a_shell():
    mark = hashlib.sha256(b"visits:3,7;officers:1,2").hexdigest()

    assert sampling.population_mark([7, 3], [2, 1]) == mark
    assert sampling.commitment("seed", mark) == hashlib.sha256(f"seed:{mark}".encode()).hexdigest()


def test_a_line_that_two_visits_answer_differently_is_named():
    assert sampling.differences({"1": "pass", "2": "pass"}, {"1": "pass", "2": "fail"}) == [
        {"n": 2, "before": "pass", "now": "fail"}
    ]


def test_a_forecast_counts_visits_a_day_and_officer():
    cells = [forecast.Cell("t/", "", "D", 1000), forecast.Cell("t/", "inn", "A", 900)]
    [load] = forecast.loads(
        cells=cells, officers={"t/": 10}, now={("", ""): 90, ("", "D"): 10},
        proposed={("", ""): 90, ("", "D"): 5}, capacity=24, workdays=22,
    )  # fmt: skip

    assert (load.now, load.proposed, load.is_too_much) == (11.0, 21.0, True)


def test_a_town_without_officers_shows_all_its_visits():
    [load] = forecast.loads(
        cells=[forecast.Cell("t/", "", "", 100)], officers={}, now={("", ""): 10},
        proposed={("", ""): 10}, capacity=24, workdays=22,
    )  # fmt: skip

    assert (load.officers, load.now) == (0, 10.0)


POINTS = st.lists(
    st.tuples(st.floats(113.7, 113.72), st.floats(23.0, 23.02)), min_size=1, max_size=25
)


@given(POINTS)
@settings(max_examples=40, deadline=None)
def test_a_better_walk_visits_every_door_once_and_is_never_longer(points):
    metres = routes.distances([lon for lon, _lat in points], [lat for _lon, lat in points])
    nearest = routes.nearest_first(metres)
    walk = routes.improved(nearest, metres)

    assert sorted(walk) == list(range(len(points)))
    assert walk[0] == nearest[0] == 0
    assert routes.length(walk, metres) <= routes.length(nearest, metres) + 1e-6


@given(
    POINTS.filter(lambda points: len(points) > 1), st.integers(0, 24), st.integers(1, routes.CHAIN)
)
@settings(max_examples=60, deadline=None)
def test_moving_a_chain_never_makes_the_tour_longer(points, somewhere, size):
    size = min(size, len(points) - 1)
    start = 1 + somewhere % (len(points) - size)
    metres = routes.distances([lon for lon, _lat in points], [lat for _lon, lat in points])
    walk = routes.nearest_first(metres)
    before = routes.length(walk, metres)

    routes._move_best(walk, start, size, metres)

    assert sorted(walk) == list(range(len(points)))
    assert walk[0] == 0
    assert routes.length(walk, metres) <= before + 1e-6


def test_a_door_that_was_passed_by_is_fetched_on_the_way():
    # Four doors in a row and one just beside the first, which nearest-first leaves for the end.
    metres = routes.distances([113.70, 113.7010, 113.7018, 113.7026, 113.6989], [23.0] * 5)
    nearest = routes.nearest_first(metres)

    assert nearest[-1] == 4
    assert routes.improved(nearest, metres) == [0, 4, 1, 2, 3]


def test_without_a_solver_it_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ortools.constraint_solver", None)

    with pytest.raises(routes.NoSolver):
        routes.solved(routes.distances([113.7, 113.71, 113.72], [23, 23, 23]))
