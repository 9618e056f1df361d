"""Bodies and offices are kept: what the law asks is held, what the court must hear is owed."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tables.writing import xlsx_bytes
from gongzhi.clocks import actions as clocks
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.mediators import actions, queries
from gongzhi.mediators.actions import BodyDraft, Course, MediatorDraft
from gongzhi.mediators.models import Body, Filing, Mediator, Training
from gongzhi.mediators.tests.builders import (
    DECIDER,
    KEEPER,
    NOON,
    STRANGER,
    TODAY,
    VILLAGE,
    a_body,
    a_mediator,
    areas,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    areas()


def a_draft(**said) -> MediatorDraft:
    values = {"name": "陈秀兰", "employment": "part", "is_woman": True, "appointed_on": TODAY}
    return MediatorDraft(**(values | said))


def a_full_committee(**said) -> Body:
    body = a_body(**said)
    a_mediator(body, seat="chair", is_woman=False)
    a_mediator(body, seat="member")
    a_mediator(body, seat="member", is_woman=False)
    return body


def test_a_new_committee_is_owed_to_the_court_in_thirty_working_days():
    clocks.set_day(
        calendar="default", day=date(2027, 1, 1), kind="holiday", name="元旦", actor=system("calendar", Clocks.MANAGE), at=NOON
    )  # fmt: skip
    unit = a_body().unit_id
    draft = BodyDraft(
        code="N1", name="新村调委会", kind="committee", unit_id=unit, area_path=VILLAGE
    )

    made = actions.enter_body(draft=draft, actor=KEEPER, at=NOON)

    owed = Filing.objects.get(body=made)
    assert (owed.what, owed.happened_on) == ("founded", TODAY)
    assert owed.due_on == date(
        2027, 1, 5
    )  # 30 working days after Monday 23 November; 1 January is off
    assert (
        apps.get_model("audit", "Entry")
        .objects.filter(verb="mediators.enter_body", subject=f"body:{made.pk}")
        .exists()
    )


def test_a_body_out_of_reach_is_as_good_as_absent():
    body = a_body()

    with pytest.raises(OutOfReach):
        actions.close_body(body_id=body.pk, reason="撤销", actor=STRANGER, at=NOON)
    assert not queries.visible_bodies(STRANGER).exists()


def test_a_tenth_member_is_refused_with_the_article_and_may_be_engaged():
    body = a_full_committee()
    for _n in range(6):
        a_mediator(body, seat="member")

    with pytest.raises(Invalid, match="第八条"):
        actions.appoint(body_id=body.pk, draft=a_draft(seat="member"), actor=KEEPER, at=NOON)
    made = actions.appoint(body_id=body.pk, draft=a_draft(), actor=KEEPER, at=NOON)

    assert made.seat == ""
    assert Filing.objects.get(body=body).what == "members"


def test_there_is_one_chair():
    body = a_full_committee()

    with pytest.raises(Invalid):
        actions.appoint(body_id=body.pk, draft=a_draft(seat="chair"), actor=KEEPER, at=NOON)


def test_a_term_begins_only_with_a_lawful_committee():
    body = a_body()
    a_mediator(body, seat="chair", is_woman=False)

    with pytest.raises(Refused, match="3"):
        actions.begin_term(body_id=body.pk, begins_on=TODAY, source="换届", actor=KEEPER, at=NOON)


def test_a_term_runs_three_years_for_all_members():
    body = a_full_committee()

    done = actions.begin_term(body_id=body.pk, begins_on=TODAY, source="换届选举公告", actor=KEEPER, at=NOON)  # fmt: skip

    assert done.term_ends_on == date(2029, 11, 22)
    ends = Mediator.objects.filter(body=body).values_list("term_ends_on", flat=True)
    assert set(ends) == {date(2029, 11, 22)}


def test_the_list_says_what_each_body_lacks_and_the_box_finds_the_same(
    django_assert_max_num_queries,
):
    right, few = a_full_committee(name="甲"), a_body(name="乙")
    old = a_full_committee(name="丙", term_ends_on=date(2026, 11, 1))
    a_body(name="丁", kind="studio", term_ends_on=None)
    by = queries.BodyFilter(box="attend")

    queries.bodies_page(KEEPER, by, on=TODAY)  # names of places are in memory now

    with django_assert_max_num_queries(3):
        _page, rows = queries.bodies_page(KEEPER, by, on=TODAY)

    assert {row.body.pk for row in rows} == {few.pk, old.pk}
    assert [flaw.code for flaw in rows[0].flaws if flaw.is_serious] == ["term_over"]
    _page, everybody = queries.bodies_page(KEEPER, queries.BodyFilter(), on=TODAY)
    assert {row.body.pk: bool(row.flaws) for row in everybody}[right.pk] is False


def test_what_was_filed_stands_with_its_number():
    body = a_full_committee()
    actions.leave(mediator_id=Mediator.objects.filter(body=body).last().pk, left_on=TODAY, reason="调离", actor=KEEPER, at=NOON)  # fmt: skip
    owed = Filing.objects.get(body=body)

    count = actions.note_filed(filing_ids=[owed.pk], filed_on=TODAY, number="备〔2026〕9号", actor=KEEPER, at=NOON)  # fmt: skip

    body.refresh_from_db()
    assert (count, body.filing_number, body.filed_on) == (1, "备〔2026〕9号", TODAY)
    with pytest.raises(Refused):
        actions.note_filed(
            filing_ids=[owed.pk], filed_on=TODAY, number="备〔2026〕10号", actor=KEEPER, at=NOON
        )


def test_a_course_entered_twice_counts_once():
    one, other = a_mediator(a_body()), a_mediator(a_body())
    course = Course("yearly", TODAY, Decimal(8), "调解技巧")

    first = actions.record_training(mediator_ids=[one.pk, other.pk], course=course, actor=KEEPER, at=NOON)  # fmt: skip
    again = actions.record_training(mediator_ids=[one.pk], course=course, actor=KEEPER, at=NOON)

    assert (first, again, Training.objects.count()) == (2, 0, 2)


def test_the_roster_finds_who_is_short_of_training():
    short, done = a_mediator(a_body()), a_mediator(a_body())
    course = Course("yearly", TODAY, Decimal(24), "年度培训")
    actions.record_training(mediator_ids=[done.pk], course=course, actor=KEEPER, at=NOON)

    found = queries.mediators(KEEPER, queries.MediatorFilter(box="untrained"), on=TODAY)

    assert set(found) == {short}


def test_the_newest_grade_counts_and_the_older_ones_stay():
    row = a_mediator(a_body())
    for grade, since in (("two", TODAY), ("three", date(2025, 1, 1))):
        actions.give_grade(mediator_id=row.pk, grade=grade, since=since, source="评定文件", actor=DECIDER, at=NOON)  # fmt: skip

    row.refresh_from_db()
    assert row.grade == "two"
    assert row.grades.count() == 2


def test_a_table_with_one_wrong_row_writes_nothing_and_tells_every_wrong_row():
    body = a_body()
    headings = ["姓名", "调解组织编号", "聘用形式", "任职日期", "专业领域"]
    rows = [("好", body.code, "专职", "2026-01-01", ""), ("李好人", body.code, "专职", "2026/1/1", "劳动、医疗"), ("王五", "无", "专职", "2026-01-01", "")]  # fmt: skip
    words = ["姓名", *headings[1:]]

    result = actions.import_mediators(content=xlsx_bytes(words, rows, title="名册"), actor=KEEPER, at=NOON)  # fmt: skip

    assert [line for line, _words in result.problems] == [2, 4]
    assert not Mediator.objects.exists()


def test_an_exported_table_imports_again_unchanged():
    body = a_full_committee(expertise=["labour"])
    by = queries.MediatorFilter()
    table = xlsx_bytes(
        queries.mediator_headings(), queries.mediator_table(queries.mediators(KEEPER, by, on=TODAY)), title="名册"
    )  # fmt: skip

    result = actions.import_mediators(content=table, actor=KEEPER, at=NOON)

    assert (result.entered, result.changed, result.problems) == (0, 3, [])
    assert Mediator.objects.filter(body=body, seat="chair").count() == 1
