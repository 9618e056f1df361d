"""The day's tasks: what is due, who does it, and that nothing gets lost on the way."""

from datetime import date, timedelta

import pytest

from gongzhi.accounts.tests.builders import a_substitution
from gongzhi.base.tests.builders import an_actor
from gongzhi.patrol import actions, queries
from gongzhi.patrol.models import Due, Plan, Task
from gongzhi.patrol.queries import desk
from gongzhi.patrol.tests.builders import (
    DAY,
    GRID,
    MONDAY,
    NEXT_GRID,
    SMALL,
    TOWN,
    a_field,
    a_visit,
    an_officer,
    as_actor,
    make_due,
    open_tasks,
    some_premises,
    the_day,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _field():
    a_field()


def due_premises(count: int, **fields):
    rows = [some_premises(lon=113.70 + n / 1000, **fields) for n in range(count)]
    the_day()
    Task.objects.all().delete()
    make_due(*rows)
    return rows


def test_premises_come_under_the_plan_of_their_kind_class_and_grade():
    some_premises("A", grade=1)
    some_premises("D", grade=4)
    some_premises("DORM", grade=1, klass="dormitory")
    some_premises("SHOP", kind=SMALL, grade=0, klass="dining")
    some_premises("SHUT", status=3)
    some_premises("ADDRESS", kind=1)

    the_day()

    found = {d.premises.code: (d.days, d.list_code) for d in Due.objects.select_related("premises")}
    assert found == {
        "A": (90, "RB-DAILY"), "D": (10, "RB-KEY"), "DORM": (45, "RB-DORM"), "SHOP": (45, "SP-DINE"),
    }  # fmt: skip


def test_the_same_day_drawn_twice_hands_nothing_out_twice():
    an_officer()
    due_premises(5)

    first, again = the_day(), the_day()

    assert (first.new, again.new, again.carried, len(open_tasks())) == (5, 0, 0, 5)


def test_the_work_of_a_grid_is_shared_evenly():
    officers = [an_officer() for _n in range(3)]
    due_premises(10)

    the_day()

    assert sorted(len(open_tasks(one)) for one in officers) == [3, 3, 4]


def test_what_a_day_does_not_hold_is_first_on_the_next():
    officer = an_officer()
    rows = due_premises(30)
    make_due(rows[-1], on=DAY - timedelta(days=9))

    drawn = the_day()

    assert (drawn.new, drawn.left_over) == (24, 6)
    assert rows[-1].pk in {task.premises_id for task in open_tasks(officer)}
    for task in open_tasks(officer)[:20]:
        a_visit(officer, task.premises)
    tomorrow = the_day(on=DAY + timedelta(days=1), at=MONDAY + timedelta(days=1))
    assert (tomorrow.carried, tomorrow.new, tomorrow.left_over) == (4, 6, 0)


def test_finishing_early_does_not_bring_a_second_helping():
    officer = an_officer()
    due_premises(30)
    the_day()
    for task in open_tasks(officer):
        a_visit(officer, task.premises)

    assert the_day().new == 0


def test_a_substitute_gets_the_open_tasks_and_the_new_ones():
    officer, substitute = an_officer(), an_officer(NEXT_GRID)
    due_premises(2)
    the_day()
    tomorrow = DAY + timedelta(days=1)
    a_substitution(absent=officer, substitute=substitute, on=tomorrow)
    late = some_premises()
    the_day(on=tomorrow)
    make_due(late)

    the_day(on=tomorrow, at=MONDAY + timedelta(days=1))

    assert (len(open_tasks(officer)), len(open_tasks(substitute))) == (0, 3)


def test_a_substitute_sees_the_tasks_of_an_absence_that_begins_at_noon():
    officer, substitute = an_officer(), an_officer(NEXT_GRID)
    due_premises(2)
    the_day()

    a_substitution(absent=officer, substitute=substitute, on=DAY)

    assert len(queries.tasks_of(user_id=substitute.pk, on=DAY)) == 2
    a_visit(substitute, open_tasks()[0].premises)


def test_without_an_officer_premises_stay_due_and_are_counted():
    due_premises(3)

    drawn = the_day()

    assert (drawn.new, drawn.left_over, open_tasks()) == (0, 3, [])


def test_tasks_of_somebody_who_left_go_to_whoever_has_the_least():
    leaver, stays = an_officer(), an_officer()
    due_premises(4)
    the_day()
    leaver.is_active = False
    leaver.save()

    drawn = the_day(on=DAY + timedelta(days=1))

    assert (drawn.carried, drawn.reassigned, len(open_tasks(stays))) == (4, 2, 4)


def test_a_town_drawn_alone_knows_what_its_officers_have_elsewhere():
    an_officer(GRID, NEXT_GRID)
    due_premises(20)
    far = due_premises(20, grid=NEXT_GRID)
    make_due(*far)

    first = the_day(area=GRID)
    second = the_day(area=NEXT_GRID)

    assert (first.new, second.new) == (20, 4)


def test_a_town_s_own_plan_rules_over_the_city_s():
    an_officer()
    house = some_premises(grade=4)
    planner = an_actor("patrol.plan", area=TOWN)
    said = actions.PlanSaid(
        name="南城出租屋", group="rental", kind="rental_building", area_path=TOWN, valid_from=DAY,
        days={("", "D"): 7},
    )  # fmt: skip
    draft = actions.draft_plan(plan=said, actor=planner, at=MONDAY)
    the_day()
    assert Due.objects.get(premises=house).days == 10

    actions.release_plan(plan_id=draft.pk, on=DAY, actor=planner, at=MONDAY)
    the_day()

    assert Due.objects.get(premises=house).days == 7


def test_a_new_version_ends_the_one_before_on_the_day_it_begins():
    planner = an_actor("patrol.plan")
    said = actions.PlanSaid(
        name="出租屋", group="rental", kind="rental_building", area_path="", valid_from=date(2026, 4, 1),
        days={("", ""): 20},
    )  # fmt: skip
    draft = actions.draft_plan(plan=said, actor=planner, at=MONDAY, code="RENTAL")

    actions.release_plan(plan_id=draft.pk, on=DAY, actor=planner, at=MONDAY)

    old, new = Plan.objects.filter(code="RENTAL").order_by("version")
    assert (old.valid_to, old.state, new.version, new.state) == (
        date(2026, 4, 1),
        "in_force",
        2,
        "in_force",
    )
    actions.end_expired_plans(on=date(2026, 4, 1))
    old.refresh_from_db()
    assert old.state == "ended"


def test_when_a_period_changes_the_next_day_is_counted_from_the_last_visit():
    officer = an_officer()
    [house] = due_premises(1)
    the_day()
    a_visit(officer, house)
    house.grade = 3
    house.save()

    the_day(on=DAY + timedelta(days=1))

    due = Due.objects.get()
    assert (due.days, due.due_on) == (30, DAY + timedelta(days=30))


def test_premises_that_were_shut_down_take_their_task_along():
    an_officer()
    [house] = due_premises(1)
    the_day()
    house.status = 3
    house.save()

    the_day()

    assert (open_tasks(), Due.objects.count()) == ([], 0)


def test_a_draw_takes_the_same_statements_for_many_as_for_few(django_assert_max_num_queries):
    for _n in range(3):
        an_officer()
    due_premises(40)

    with django_assert_max_num_queries(40):
        the_day()


def test_the_list_of_a_day_says_why_each_is_on_it():
    officer = an_officer()
    [house] = due_premises(1)
    make_due(house, on=DAY - timedelta(days=3))
    the_day()

    [task] = queries.tasks_of(user_id=officer.pk, on=DAY)

    assert (task.premises, task.list, task.why) == (house.code, "RB-KEY", "从未走访，已逾期 3 天")


def test_coverage_adds_up_and_stays_within_reach():
    officer = an_officer()
    rows = due_premises(3)
    make_due(rows[0], on=DAY - timedelta(days=1))
    the_day()
    a_visit(officer, rows[1])
    viewer, stranger = an_actor("patrol.view", area=TOWN), an_actor("patrol.view", area="441900/1/")

    [town] = queries.coverage(viewer, on=DAY)

    assert (town.premises, town.visited, town.due, town.overdue, town.never) == (3, 1, 0, 0, 2)
    assert queries.coverage(stranger, on=DAY) == []
    rows, _page = queries.due_rows(viewer, on=DAY, by=queries.DueFilter(state="visited"))
    assert [row.last_on for row in rows] == [DAY]


def test_an_officer_carries_the_premises_of_the_own_grids_only():
    officer = an_officer()
    mine, _other = some_premises(klass="mixed"), some_premises(grid=NEXT_GRID)
    the_day()

    rows = queries.premises_of(area_paths=queries.grids_of(officer.pk, on=DAY), on=DAY)

    row = dict(zip(queries.PREMISES_COLUMNS, rows[0], strict=True))
    assert len(rows) == 1
    assert (row["code"], row["kind"], row["grade"], row["klass"], row["last_on"]) == (
        mine.code, "rental_building", "D", "mixed", None,
    )  # fmt: skip


def test_a_day_s_walk_is_told_with_its_gain():
    officer = an_officer()
    due_premises(8)
    the_day()

    walk = desk.walk_of(an_actor("patrol.view"), user_id=officer.pk, on=DAY)

    assert len(walk.better) == len(walk.nearest) == 8
    assert 0 < walk.better_m <= walk.nearest_m


def test_the_shift_has_two_ends_and_others_see_a_number(django_assert_max_num_queries):
    officer = an_officer()
    actor = as_actor(officer)

    actions.start_shift(actor=actor, at=MONDAY)
    again = actions.start_shift(actor=actor, at=MONDAY + timedelta(hours=1))

    assert again.started_at == MONDAY
    assert queries.shift_of(user_id=officer.pk, at=MONDAY).state == "on"
    [grid] = queries.presence(an_actor("patrol.view"), on=DAY)
    assert (grid.area_path, grid.officers, grid.on_shift) == (GRID, 1, 1)
    assert actions.end_shift(actor=actor, at=MONDAY + timedelta(hours=8)).state == "off"


def test_a_forgotten_shift_ends_by_itself():
    officer = an_officer()
    actions.start_shift(actor=as_actor(officer), at=MONDAY)

    assert actions.end_forgotten_shifts(at=MONDAY + timedelta(hours=13)) == 0
    assert actions.end_forgotten_shifts(at=MONDAY + timedelta(hours=15)) == 1
