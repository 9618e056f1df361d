from datetime import date, timedelta
from pathlib import Path

import pytest

from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.notices import queries as notices
from gongzhi.patrol import actions, queries
from gongzhi.patrol.models import Due, Finding, Plan, Task, Visit
from gongzhi.patrol.tests.builders import (
    DAY,
    MONDAY,
    NEXT_GRID,
    TOWN,
    a_field,
    a_visit,
    all_pass,
    an_officer,
    as_actor,
    make_due,
    open_tasks,
    some_premises,
    the_day,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town():
    return a_field()


def a_due_house():
    officer, house = an_officer(), some_premises()
    the_day()
    make_due(house)
    the_day()
    return officer, house


def test_a_visit_closes_the_task_and_begins_a_new_period():
    officer, house = a_due_house()

    done = a_visit(officer, house)

    due = Due.objects.get()
    assert (due.last_on, due.due_on, done.next_on) == (DAY, date(2026, 3, 12), date(2026, 3, 12))
    assert open_tasks() == []
    assert Task.objects.get().state == "done"


def test_the_same_key_gives_the_same_visit_again():
    officer, house = a_due_house()

    first = a_visit(officer, house, key="op-x")
    again = a_visit(officer, house, key="op-x")

    assert (first.id, first.next_on, first.is_new, again.is_new) == (
        again.id,
        again.next_on,
        True,
        False,
    )
    assert Visit.objects.count() == 1


def test_a_line_that_fails_is_looked_at_again_on_its_earliest_day():
    officer, house = a_due_house()

    done = a_visit(officer, house, results=all_pass(failing=(1, 5)))

    [task] = open_tasks(officer)
    assert (task.kind, task.planned_on) == ("revisit", DAY + timedelta(days=1))
    assert done.revisit_on == DAY + timedelta(days=1)
    assert sorted(Finding.objects.values_list("n", "item_code")) == [(1, "E0701"), (5, "E0705")]


def test_what_is_settled_on_the_spot_needs_no_second_look():
    officer, house = a_due_house()
    results = [
        actions.Result(r.n, "fail", fixed=True, matter_key="field:1") if r.n == 5 else r
        for r in all_pass()
    ]

    assert a_visit(officer, house, results=results).revisit_on is None
    assert Finding.objects.get().matter_key == "field:1"


def test_where_nobody_was_the_task_stays_and_is_tried_again():
    officer, house = a_due_house()

    done = a_visit(officer, house, outcome="nobody")

    [task] = open_tasks(officer)
    assert task.planned_on == done.next_on == DAY + timedelta(days=2)
    assert Due.objects.get().last_on is None


def test_the_station_hears_when_nobody_was_there_twice(town):
    officer, house = a_due_house()

    dispatcher = a_user()
    a_posting(user=dispatcher, role="dispatcher", unit=town, area_path=TOWN)

    a_visit(officer, house, outcome="nobody")
    assert notices.unread(as_actor(dispatcher)) == 0
    a_visit(officer, house, outcome="nobody", at=MONDAY + timedelta(days=2))

    assert notices.unread(as_actor(dispatcher)) == 1


def test_premises_that_are_gone_leave_plan_and_register():
    officer, house = a_due_house()

    a_visit(officer, house, outcome="gone")

    house.refresh_from_db()
    assert (house.status, Due.objects.count(), open_tasks()) == (3, 0, [])


def test_a_late_record_does_not_undo_a_later_visit():
    officer, house = a_due_house()
    a_visit(officer, house, at=MONDAY + timedelta(days=3))

    a_visit(officer, house, at=MONDAY)

    assert Due.objects.get().last_on == DAY + timedelta(days=3)


def test_a_second_look_stays_to_be_done_when_the_plan_has_ended():
    officer, house = a_due_house()
    a_visit(officer, house, results=all_pass(failing=(1,)))
    Plan.objects.update(state=Plan.State.ENDED, valid_to=DAY)
    the_day(DAY + timedelta(days=1))

    assert not Due.objects.exists()
    assert [task.kind for task in open_tasks()] == ["revisit"]

    house.status = 3
    house.save()
    the_day(DAY + timedelta(days=2))
    assert open_tasks() == []


def test_premises_of_another_grid_are_out_of_reach():
    officer = an_officer()
    elsewhere = some_premises(grid=NEXT_GRID)

    with pytest.raises(OutOfReach):
        a_visit(officer, elsewhere)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"results": []}, "results"),
        ({"results": [actions.Result(999, "pass")]}, "results"),
        ({"results": [actions.Result(1, "perhaps")]}, "results"),
        ({"outcome": "nobody", "results": [actions.Result(1, "pass")]}, "results"),
        ({"outcome": "asleep", "results": []}, "outcome"),
        ({"list": "SP-DINE"}, "list"),
        ({"list_version": 9}, "list"),
        ({"lon": 113.7}, "place"),
        ({"lon": 500.0, "lat": 23.0}, "place"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(said, field):
    officer, house = an_officer(), some_premises()

    with pytest.raises(Invalid) as told:
        a_visit(officer, house, **said)

    assert list(told.value.problems) == [field]


def test_a_visit_keeps_the_version_of_the_list_it_began_with():
    officer, house = a_due_house()

    content = Path(actions.__file__).parents[1] / "content"
    lines = (
        (content / "lines.csv")
        .read_text()
        .replace("RB-KEY,1,E0701,大门门禁完好", "RB-KEY,1,E0701,大门锁得上")
    )
    changed = actions.replace_lists(
        lists=(content / "lists.csv").read_bytes(), lines=lines.encode(), valid_from=date(2026, 3, 1),
        actor=as_planner(), at=MONDAY,
    )  # fmt: skip

    a_visit(officer, house, list_version=1)

    assert changed == ["RB-KEY"]
    assert Visit.objects.get().list.version == 1
    [now] = [row for row in queries.check_lists(on=DAY) if row.code == "RB-KEY"]
    assert (now.version, now.lines[0].text[:5]) == (2, "大门锁得上")


def as_planner():
    return an_actor("patrol.plan")


def test_a_record_costs_few_statements(django_assert_max_num_queries):
    officer, house = a_due_house()
    actor, results = as_actor(officer), all_pass(failing=(1, 5))
    visit = actions.VisitSaid(
        premises=house.code, list="RB-KEY", list_version=1, outcome="visited", results=results
    )

    with django_assert_max_num_queries(22):
        actions.record_visit(visit=visit, actor=actor, at=MONDAY, key="k")


def test_visits_are_told_with_their_lines_in_few_statements(django_assert_num_queries):
    officer, house = a_due_house()
    for n in range(3):
        results = [
            actions.Result(r.n, r.verdict, note="门坏", matter_key=f"field:{n}") if r.n == 1 else r
            for r in all_pass(failing=(1,))
        ]
        a_visit(officer, house, results=results, at=MONDAY + timedelta(days=n))

    with django_assert_num_queries(3):
        rows = queries.visits_of(an_actor("patrol.view"), code=house.code)

    assert [row.on for row in rows] == [DAY + timedelta(days=n) for n in (2, 1, 0)]
    line = rows[0].lines[0]
    assert (line.verdict, line.note, line.matter_key, line.number) == (
        "fail",
        "门坏",
        "field:2",
        "",
    )
