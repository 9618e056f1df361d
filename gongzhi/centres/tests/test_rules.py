"""Suggesting a kind, grading, handing over, scoring: plain values in, plain values out."""

from datetime import date
from decimal import Decimal

import pytest

from gongzhi.centres import rules
from gongzhi.centres.queries import content

ON = date(2026, 11, 23)


def test_a_story_suggests_the_kind_its_words_speak_of_with_these_words():
    found = rules.suggested("老板拖欠工资三个月，还要辞退我", content.triage_words())

    assert (found[0].kind, found[0].words) == ("labour.wages", ("工资", "拖欠"))
    assert "labour.contract" in {one.kind for one in found}


def test_a_member_of_a_family_is_known_by_the_words_of_the_family_too():
    words = [rules.Word("医院", "medical", 3), rules.Word("手术", "medical.treatment", 4)]

    assert rules.suggested("在医院做手术", words)[0].weight == 7


def test_a_word_counts_once_however_often_it_stands_there():
    words = [rules.Word("押金", "house.tenancy", 4)]

    assert rules.suggested("押金押金押金", words)[0].weight == 4


def test_a_story_without_known_words_suggests_nothing():
    assert rules.suggested("说不清楚", content.triage_words()) == []


@pytest.mark.parametrize(
    ("story", "code", "phone"),
    [
        ("丈夫家暴，孩子也被打", "violence", "110"),
        ("对行政处罚决定不服处罚", "administrative", "12348"),
        ("要求确认亲子关系", "status", "12368"),
        ("公司已经申请破产", "bankruptcy", "12368"),
    ],
)
def test_what_has_its_own_route_is_told_with_address_and_source(story, code, phone):
    [warning] = rules.unfit_words(story, content.unfit())

    assert (warning.subject.code, warning.subject.phone) == (code, phone)
    assert warning.subject.where
    assert warning.subject.source


def test_danger_is_told_before_everything_else():
    warnings = rules.unfit_words("法院已经立案，今天他又持刀上门", content.unfit())

    assert [one.subject.is_urgent for one in warnings] == [True, False]


@pytest.mark.parametrize(
    ("measures", "grade", "level"),
    [
        ({"people": 2}, "simple", 2),
        ({"people": 23, "amount": Decimal(460_000)}, "ordinary", 2),
        ({"people": 30}, "major", 1),
        ({"amount": Decimal(2_000_000)}, "major", 1),
        ({"dead": 1}, "major", 1),
        ({"towns": 2}, "major", 0),
        ({"people": 100}, "grave", 0),
        ({"people": 99, "amount": Decimal("9999999.99")}, "major", 1),
        ({"dead": 3, "people": 2}, "grave", 0),
    ],
)
def test_the_heaviest_measure_makes_the_grade(measures, grade, level):
    found = rules.graded(measures, content.grades(ON))

    assert (found.grade, found.level) == (grade, level)
    assert found.is_for_the_ledger == (grade in {"major", "grave"})


@pytest.mark.parametrize(
    ("is_police", "is_urgent", "is_taken", "field"),
    [
        (False, False, True, "neither"),
        (False, True, False, "urgent"),
        (True, False, False, "police"),
        (True, True, False, "both"),
    ],
)
def test_of_the_four_fields_only_one_comes_to_the_centre(is_police, is_urgent, is_taken, field):
    verdict = rules.handed_over(is_police=is_police, is_urgent=is_urgent)

    assert (verdict.is_taken, verdict.field) == (is_taken, field)


def test_every_field_that_is_refused_names_the_way_and_where_it_is_written():
    refused = [row for row in content.rows("handing") if row["field"] != "neither"]

    assert all(row["way"] and row["phone"] and row["source"] for row in refused)


def test_what_was_said_of_a_day_goes_before_the_weekdays():
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    turns = {monday: False, tuesday: True}

    assert not rules.is_there(monday, weekdays=[1], turns=turns)
    assert rules.is_there(tuesday, weekdays=[1], turns=turns)
    assert rules.is_there(date(2026, 11, 30), weekdays=[1], turns=turns)


def test_points_add_up_by_the_percent_met_and_are_never_rounded_up():
    assert rules.score({"S1": 15, "S2": 5}, {"S1": 50, "S2": 50}) == 10
    assert rules.score({"S1": 15}, {"S1": 50}) == 7
    assert rules.score({"S1": 15}, {}) == 0


def test_the_items_of_the_standard_make_a_hundred_points():
    assert sum(int(row["points"]) for row in content.standard(ON)) == 100


def test_numbers_are_told_at_a_counter_and_waits_are_shared_by_counters():
    assert rules.number_of("A", 7) == "A007"
    assert rules.wait_minutes(5, counters=2, minutes_each=12) == 30
    assert rules.wait_minutes(5, counters=0, minutes_each=12) == 60


def test_every_word_and_every_question_belongs_to_a_kind_of_the_table():
    kinds = {"*", *(line.split(",")[0] for line in _kind_lines())}

    assert {word.kind for word in content.triage_words()} <= kinds
    assert {kind for kind, _question in content.every_question()} <= kinds
    assert {row["kind"] for row in content.rows("sectors")} <= kinds


def _kind_lines() -> list[str]:
    folder = content.CONTENT.parents[1] / "disputes" / "content"
    return (folder / "kinds.csv").read_text(encoding="utf-8").splitlines()
