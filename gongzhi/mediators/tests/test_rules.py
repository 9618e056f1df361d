"""What the law asks of a body, and who fits a dispute; no database."""

from datetime import date

import pytest

from gongzhi.mediators import rules
from gongzhi.mediators.queries.defined import composition
from gongzhi.mediators.rules import Days, Fit, Flaw, SeatFacts

ON = date(2026, 11, 23)
WOMAN, MAN = SeatFacts("member", is_woman=True), SeatFacts("member", is_woman=False)
CHAIR = SeatFacts("chair", is_woman=False)


def the_law():
    found = composition("committee", on=ON)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("seats", "flaws"),
    [
        ([CHAIR, WOMAN, MAN], []),
        ([CHAIR, WOMAN], [Flaw.TOO_FEW]),
        ([CHAIR, MAN, MAN], [Flaw.NO_WOMAN]),
        ([WOMAN, WOMAN, WOMAN], [Flaw.NO_CHAIR]),
        ([CHAIR, WOMAN, *[MAN] * 7], []),
        ([CHAIR, WOMAN, *[MAN] * 8], [Flaw.TOO_MANY]),
        ([], [Flaw.TOO_FEW, Flaw.NO_WOMAN, Flaw.NO_CHAIR]),
    ],
)
def test_a_committee_has_three_to_nine_members_one_a_woman_and_a_chair(seats, flaws):
    assert rules.composition_flaws(the_law(), seats) == flaws


def test_an_engaged_mediator_without_a_seat_is_no_member():
    seats = [CHAIR, MAN, SeatFacts("", is_woman=True)]

    assert rules.composition_flaws(the_law(), seats) == [Flaw.TOO_FEW, Flaw.NO_WOMAN]


def test_the_law_says_nothing_of_a_studio():
    assert composition("studio", on=ON) is None


@pytest.mark.parametrize(
    ("ends_on", "flaw"),
    [
        (None, Flaw.TERM_UNKNOWN),
        (date(2026, 11, 22), Flaw.TERM_OVER),
        (date(2026, 11, 23), Flaw.TERM_ENDS),
        (date(2027, 2, 21), Flaw.TERM_ENDS),
        (date(2027, 2, 22), None),
    ],
)
def test_a_term_is_warned_of_ninety_days_ahead_and_its_last_day_still_counts(ends_on, flaw):
    assert rules.term_flaw(ends_on, on=ON, warn_days=90) == flaw


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 3, 1), date(2029, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2026, 1, 1), date(2028, 12, 31)),
    ],
)
def test_a_term_of_three_years_ends_the_day_before_the_same_day(begins, ends):
    assert rules.end_of_term(begins, 3) == ends


def test_a_field_holds_its_kinds_and_no_others():
    assert rules.covers(["labour"], "labour.wages")
    assert not rules.covers(["labour"], "labourers")
    assert not rules.covers([], "labour")


def test_whoever_is_away_or_not_on_duty_that_weekday_is_not_free():
    days = Days(frozenset({1, 2, 3}), ((date(2026, 11, 23), date(2026, 11, 24)),))

    assert not days.is_free(ON)
    assert days.next_free(ON) == date(2026, 11, 25)
    assert Days(frozenset()).next_free(ON) is None


def a_fit(name: str, **said) -> Fit:
    values = {
        "is_expert": False, "speaks": True, "is_free": True, "load": 0, "most_open": 10, "depth": 3, "name": name, "id": 1,
    }  # fmt: skip
    return Fit(**(values | said))


def test_able_to_come_goes_before_understood_before_at_home_before_near_before_idle():
    people = [
        a_fit("idle", load=1),
        a_fit("expert", is_expert=True, load=9),
        a_fit("silent", is_expert=True, speaks=False),
        a_fit("busy", load=2),
        a_fit("full", is_expert=True, load=10),
        a_fit("away", is_expert=True, is_free=False, load=1),
        a_fit("far", depth=1),
    ]

    ranked = [one.name for one in sorted(people, key=lambda one: one.rank)]

    assert ranked == ["expert", "idle", "busy", "far", "silent", "away", "full"]
