"""Rules of the talks, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gongzhi.talks import rules
from gongzhi.talks.rules import Standing, Term, Tried

NORMS = {"attempts.least": 3, "attempts.ways": 2, "attempts.days": 2}
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PAYS = Term(by=1, to=0, what="赔偿损失", amount="500.00", due_on="2026-12-01")


def tried(*rows):
    return [Tried(way, date(2026, 11, day), is_reached=False) for way, day in rows]


def test_three_attempts_by_two_ways_on_two_days_are_enough():
    assert rules.lacking(tried(("call", 23), ("letter", 24), ("call", 24)), NORMS) == {}


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        ([], {"attempts.least", "attempts.ways", "attempts.days"}),
        ([("call", 23), ("letter", 24)], {"attempts.least"}),
        ([("call", 23), ("call", 24), ("call", 25)], {"attempts.ways"}),
        ([("call", 23), ("letter", 23), ("visit", 23)], {"attempts.days"}),
    ],
)
def test_what_is_lacking_is_said(rows, lacks):
    assert rules.lacking(tried(*rows), NORMS).keys() == lacks


def test_who_was_spoken_to_is_not_unreachable():
    rows = [
        *tried(("call", 23), ("letter", 24), ("visit", 25)),
        Tried("call", TODAY, is_reached=True),
    ]

    assert "reached" in rules.lacking(rows, NORMS)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://meeting.tencent.com/dm/abc", ""),
        ("https://room.meeting.tencent.com/x", ""),
        ("http://meeting.tencent.com/dm/abc", "plain"),
        ("https://meeting.tencent.com.evil.cn/x", "host"),
        ("https://evilmeeting.tencent.com/", "host"),
        ("https://me:pw@meeting.tencent.com/", "broken"),
        ("https://meeting.tencent.com:8443/", "broken"),
        ("javascript:alert(1)", "broken"),
        ("https://[", "broken"),
        ("", "broken"),
    ],
)
def test_only_safe_addresses_of_known_services_are_taken(address, problem):
    assert rules.link_problem(address, ["meeting.tencent.com"]) == problem


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, []),
        ({"to": None}, []),
        ({"amount": ""}, []),
        ({"by": 9}, ["by"]),
        ({"to": 9}, ["by"]),
        ({"to": 1}, ["same"]),
        ({"what": "  "}, ["what"]),
        ({"amount": "0"}, ["amount"]),
        ({"amount": "-5"}, ["amount"]),
        ({"amount": "1.005"}, ["amount"]),
        ({"amount": "NaN"}, ["amount"]),
        ({"amount": "五百"}, ["amount"]),
        ({"amount": "1e99"}, ["amount"]),
        ({"due_on": "2026-11-22"}, ["due"]),
        ({"due_on": "2026-02-30"}, ["due"]),
    ],
)
def test_an_obligation_says_who_owes_what_until_when(change, problem):
    assert rules.term_problems([replace(PAYS, **change)], sides=[0, 1], today=TODAY) == problem


def test_an_offer_without_obligations_is_none():
    assert rules.term_problems([], sides=[0, 1], today=TODAY) == ["none"]


@pytest.mark.parametrize(
    ("yes", "no", "at", "state"),
    [
        ({1, 2}, set(), NOON, "accepted"),
        ({1}, set(), NOON, ""),
        ({1}, {2}, NOON, "refused"),
        ({1}, set(), NOON.replace(hour=5), "lapsed"),
        ({1, 2}, set(), NOON.replace(hour=5), "accepted"),
    ],
)
def test_all_must_say_yes_and_one_no_is_enough(yes, no, at, state):
    offer = Standing(frozenset({1, 2}), frozenset(yes), frozenset(no), NOON.replace(hour=5))

    assert rules.settled_as(offer, at=at) == state


def test_nobody_has_accepted_what_nobody_was_asked():
    assert (
        rules.settled_as(Standing(frozenset(), frozenset(), frozenset(), NOON), at=NOON) == "lapsed"
    )


def test_a_side_has_one_room_and_every_third_party_its_own():
    sides = [("applicant", 0), ("applicant", 1), ("respondent", 2), ("third", 3), ("third", 4)]

    assert rules.room_keys(sides) == ["shared", "applicant", "respondent", "third-3", "third-4"]


def test_another_cut_of_the_same_letters_is_another_text():
    assert rules.digest_of("ab", "c") != rules.digest_of("a", "bc")


def test_a_row_holds_from_its_first_day_to_the_day_before_its_first_without():
    rows = [{"valid_from": "2026-01-01", "valid_to": "2026-11-23"}]

    assert rules.in_force(rows, date(2026, 11, 22)) == rows
    assert rules.in_force(rows, TODAY) == []
