"""Decisions about orders, owners and batches, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongzhi.oversight import rules
from gongzhi.oversight.rules import Measured, Told

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_cutoff_is_the_latest_due_moment_a_limit_back():
    found = rules.cutoff(at=NOON, deadline=lambda due: due + 3 * DAY)

    assert NOON - 3 * DAY - timedelta(minutes=1) <= found <= NOON - 3 * DAY


def test_an_overdue_rule_speaks_once_for_each_deadline_that_was_missed():
    missed = Measured(1, NOON - DAY)

    assert rules.speaks_again(missed, [])
    assert rules.speaks_again(missed, [Told(NOON - 2 * DAY, 0)])
    assert not rules.speaks_again(missed, [Told(NOON - DAY / 2, 0)])


def test_a_counting_rule_speaks_once_for_each_count():
    three = Measured(1, None, 3)

    assert rules.speaks_again(three, [])
    assert not rules.speaks_again(three, [Told(NOON, 3)])
    assert rules.speaks_again(Measured(1, None, 4), [Told(NOON, 3)])


@pytest.mark.parametrize(("days", "place"), [(29, -1), (30, 0), (59, 0), (60, 1), (900, 1)])
def test_an_age_falls_into_one_band(days, place):
    assert rules.band_of(days, [(30, 60), (60, None)]) == place


def test_a_band_is_a_span_of_days_of_report():
    on = date(2026, 11, 30)

    assert rules.days_of_band(on, least=30, below=60) == (date(2026, 10, 2), date(2026, 10, 31))
    assert rules.days_of_band(on, least=60, below=None) == (None, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("paths", "common"),
    [
        (["441900/004/012/01/", "441900/004/013/"], "441900/004/"),
        (["441900/004/012/"], "441900/004/012/"),
        (["441900/004/", "441900/005/"], "441900/"),
        ([], ""),
    ],
)
def test_the_area_of_a_batch_holds_all_of_it(paths, common):
    assert rules.common_path(paths) == common


def test_a_settlement_needs_words_and_papers():
    words = "双方已签署协议并当场履行完毕，现场复核无异常。"

    assert rules.evidence_problem("已撤诉", file_count=1, least=20) == "text"
    assert rules.evidence_problem(words, file_count=0, least=20) == "files"
    assert rules.evidence_problem(words, file_count=1, least=20) == ""


def test_rows_hold_from_their_first_to_before_their_last_day():
    rows = [
        {"valid_from": "2020-01-01", "valid_to": "2026-01-01"},
        {"valid_from": "2026-01-01", "valid_to": ""},
    ]

    assert rules.in_force(rows, date(2025, 12, 31)) == rows[:1]
    assert rules.in_force(rows, date(2026, 1, 1)) == rows[1:]
