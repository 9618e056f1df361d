from datetime import date, timedelta

import pytest

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor
from gongzhi.patrol import actions, queries
from gongzhi.patrol.models import Sample, SampleItem, Task
from gongzhi.patrol.queries import desk
from gongzhi.patrol.rules import sampling
from gongzhi.patrol.tests.builders import (
    DAY,
    MONDAY,
    TOWN,
    a_field,
    a_visit,
    all_pass,
    an_officer,
    as_actor,
    some_premises,
    the_day,
)

pytestmark = pytest.mark.django_db
TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def officers():
    a_field()
    pair = [an_officer(), an_officer()]
    for n in range(6):
        a_visit(pair[n % 2], some_premises())
    return pair


def a_sample(**said) -> Sample:
    values = {
        "name": "三月抽查", "since": DAY, "until": DAY, "size": 3, "due_on": date(2026, 3, 10),
        "area_path": TOWN,
    }  # fmt: skip
    return actions.publish_sample(**{**values, **said}, actor=supervisor(), at=MONDAY)


def supervisor():
    return an_actor("patrol.sample", area=TOWN, name="孙督")


def test_the_seed_is_bound_before_the_draw_and_shown_after_it(officers):
    row = a_sample()
    assert desk.papers_of(row)["seed"] is None

    drawn = actions.draw_sample(sample_id=row.pk, actor=supervisor(), at=TOMORROW)

    shown = desk.papers_of(drawn)
    mark = sampling.population_mark(drawn.visit_ids, drawn.officer_ids)
    assert shown["population_sha256"] == mark
    assert shown["commitment_sha256"] == sampling.commitment(shown["seed"], mark)
    assert [item.visit_id for item in SampleItem.objects.order_by("position")] == (
        sampling.drawn_visits(shown["seed"], drawn.visit_ids, 3)
    )


def test_each_drawn_visit_becomes_a_task_of_the_other_officer(officers):
    row = actions.draw_sample(sample_id=a_sample().pk, actor=supervisor(), at=TOMORROW)

    for item in SampleItem.objects.filter(sample=row):
        assert item.officer_id != item.visit.user_id
        assert (item.task.kind, item.task.user_id) == ("sample", item.officer_id)


def test_a_recheck_stands_beside_the_visit_it_checks(officers):
    actions.draw_sample(sample_id=a_sample().pk, actor=supervisor(), at=TOMORROW)
    item = SampleItem.objects.select_related("officer", "visit__premises").order_by("position")[0]

    a_visit(
        item.officer, item.visit.premises, at=TOMORROW, task=item.task_id, results=all_pass(failing=(4,)),
    )  # fmt: skip

    item.refresh_from_db()
    assert (item.agrees, item.differences) == (False, [{"n": 4, "before": "pass", "now": "fail"}])
    assert Task.objects.get(pk=item.task_id).state == "done"
    line = desk.sample_items(item.sample_id)[0]
    assert (line.agrees, line.recheck.on) == (False, DAY + timedelta(days=1))


def test_nobody_else_may_take_a_task_drawn_by_lot(officers):
    actions.draw_sample(sample_id=a_sample().pk, actor=supervisor(), at=TOMORROW)
    item = SampleItem.objects.select_related("visit__premises", "visit__user").first()

    with pytest.raises(Refused):
        a_visit(item.visit.user, item.visit.premises, at=TOMORROW, task=item.task_id)


def test_a_morning_s_draw_leaves_lots_where_they_fell(officers):
    actions.draw_sample(sample_id=a_sample().pk, actor=supervisor(), at=TOMORROW)
    before = dict(Task.objects.filter(kind="sample").values_list("pk", "user_id"))

    the_day(on=DAY + timedelta(days=2), at=MONDAY + timedelta(days=2))

    assert (
        dict(Task.objects.filter(kind="sample", state="open").values_list("pk", "user_id"))
        == before
    )


def test_a_sample_is_drawn_once_and_closed_with_what_is_missing(officers):
    row = a_sample()
    with pytest.raises(Refused):
        actions.draw_sample(sample_id=row.pk, actor=supervisor(), at=MONDAY)
    actions.draw_sample(sample_id=row.pk, actor=supervisor(), at=TOMORROW)
    with pytest.raises(Refused):
        actions.draw_sample(sample_id=row.pk, actor=supervisor(), at=TOMORROW)

    actions.close_sample(sample_id=row.pk, actor=supervisor(), at=TOMORROW)

    assert set(Task.objects.filter(kind="sample").values_list("state", flat=True)) == {"dropped"}
    assert desk.sample_counts([row.pk])[row.pk].rechecked == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"size": 7}, "size"),
        ({"size": 0}, "size"),
        ({"until": date(2026, 2, 1)}, "until"),
        ({"name": " "}, "name"),
        ({"due_on": date(2026, 3, 1)}, "due_on"),
        ({"since": date(2026, 4, 1), "until": date(2026, 4, 2)}, "size"),
    ],
)
def test_a_sample_that_cannot_be_is_told_in_a_sentence(officers, said, field):
    with pytest.raises(Invalid) as told:
        a_sample(**said)

    assert list(told.value.problems) == [field]


def test_samples_stay_within_reach(officers):
    row = a_sample()

    with pytest.raises(OutOfReach):
        a_sample(area_path="441900/")
    with pytest.raises(OutOfReach):
        actions.draw_sample(
            sample_id=row.pk, actor=an_actor("patrol.sample", area="441900/9/"), at=TOMORROW
        )


def test_an_officer_objects_to_a_figure_and_reads_the_answer(officers):
    officer = officers[0]
    row = actions.appeal(
        figure="visits",
        period=(DAY, DAY),
        reason="有两次走访没有算上",
        actor=as_actor(officer),
        at=MONDAY,
    )
    chief = an_actor("patrol.decide_appeal", area=TOWN)

    with pytest.raises(Invalid):
        actions.decide_appeal(appeal_id=row.pk, upheld=True, answer="", actor=chief, at=MONDAY)
    actions.decide_appeal(appeal_id=row.pk, upheld=True, answer="已补记", actor=chief, at=MONDAY)

    figures = {
        one.code: one for one in queries.statistics(user_id=officer.pk, since=DAY, until=DAY)
    }
    assert (figures["visits"].value, figures["visits"].appeal, len(figures["visits"].rows)) == (
        "3 / 3",
        "upheld",
        3,
    )
    assert queries.appeals_of(user_id=officer.pk)[0].answer == "已补记"


def test_figures_cost_the_same_statements_however_much_was_done(
    officers, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        figures = queries.statistics(user_id=officers[0].pk, since=DAY, until=DAY)

    assert all(figure.label and figure.how for figure in figures)


def test_an_officer_who_made_one_of_two_drawn_visits_rechecks_the_other():
    a_field()
    house, one, other = some_premises(), an_officer(), an_officer()
    first, second = a_visit(one, house), a_visit(other, house)
    actions.draw_sample(sample_id=a_sample(size=2).pk, actor=supervisor(), at=TOMORROW)
    task = Task.objects.get(kind="sample")
    mine, theirs = (second, first) if task.user_id == other.pk else (first, second)

    a_visit(other if task.user_id == other.pk else one, house, at=TOMORROW, task=task.pk)

    assert SampleItem.objects.get(visit=theirs.id).recheck_id
    assert SampleItem.objects.get(visit=mine.id).recheck_id is None
