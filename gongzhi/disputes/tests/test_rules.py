"""What the law asks, without a database."""

from datetime import date

import pytest

from gongzhi.disputes import rules
from gongzhi.disputes.rules import Told

TODAY = date(2026, 11, 23)


def a_side(side, *, name="", identity="", phone="", is_minor=False, represents=None, capacity=""):
    return Told(side, "person", name or side, identity, phone, is_minor, represents, capacity)


@pytest.mark.parametrize(
    ("identity", "born"),
    [("441900201011230011", date(2010, 11, 23)), ("441900201013990011", None), ("4419002010", None), ("", None)],
)  # fmt: skip
def test_an_identity_number_tells_the_day_of_birth_or_nothing(identity, born):
    assert rules.born_on(identity) == born


@pytest.mark.parametrize(
    ("identity", "year", "is_under_age"),
    [
        ("441900200811230011", None, False), ("441900200811240011", None, True), ("", 2008, False), ("", 2009, True),
        ("", None, False),
    ],
)  # fmt: skip
def test_whoever_turns_eighteen_today_is_of_age(identity, year, is_under_age):
    assert rules.is_under_age(identity, year, adult_at=18, on=TODAY) is is_under_age


def test_both_sides_need_somebody_who_stands_for_themselves():
    agent_only = [a_side("applicant"), a_side("respondent", represents=0)]

    assert rules.missing_sides(agent_only) == {"respondent"}
    assert not rules.missing_sides([a_side("applicant"), a_side("respondent")])


@pytest.mark.parametrize("same", [{"identity": "X1"}, {"name": "陈甲", "phone": "138"}])
def test_the_same_person_on_both_sides_is_found_by_number_or_by_name_and_telephone(same):
    assert rules.on_both_sides([a_side("applicant", **same), a_side("respondent", **same)]) == 1
    assert rules.on_both_sides([a_side("applicant", **same), a_side("applicant", **same)]) is None


def test_a_minor_needs_a_guardian_and_an_agent_is_none():
    child = a_side("applicant", is_minor=True)

    assert rules.without_guardian([child]) == 0
    assert rules.without_guardian([child, a_side("applicant", represents=0, capacity="agent")]) == 0
    guarded = [child, a_side("applicant", represents=0, capacity="guardian")]
    assert rules.without_guardian(guarded) is None


@pytest.mark.parametrize("whom", [1, 5, -1])
def test_nobody_speaks_for_the_other_side_for_somebody_absent_or_for_themselves(whom):
    sides = [a_side("respondent"), a_side("applicant", represents=whom)]

    assert rules.wrongly_represented(sides) == 1
    assert rules.wrongly_represented([a_side("applicant"), a_side("respondent", represents=0)]) == 1


def test_a_numerous_side_is_spoken_for_by_five():
    five = [a_side("applicant", capacity="representative") for _one in range(5)]

    assert rules.too_many_representatives(five, most=5) == ""
    assert rules.too_many_representatives([*five, five[0]], most=5) == "applicant"


@pytest.mark.parametrize(
    ("grade", "outcome", "kept"),
    [
        ("simple", "oral", "five_years"), ("ordinary", "written", "ten_years"), ("simple", "partial", "ten_years"),
        ("simple", "none", "ten_years"), ("simple", "refused", "five_years"), ("grave", "oral", "permanent"), ("", "", "five_years"),
    ],
)  # fmt: skip
def test_how_long_a_file_is_kept_follows_from_its_end_and_its_weight(grade, outcome, kept):
    assert rules.retention_of(grade=grade, outcome=outcome) == kept
