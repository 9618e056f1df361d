"""Which line fits, how it is shared, what is masked; no database."""

from decimal import Decimal

import pytest

from gongzhi.allowances import rules
from gongzhi.allowances.queries.ruling import shipped_sets
from gongzhi.allowances.rules import Line, Work

LINES = [
    Line(1, "major", "written", Decimal(4), needs_performed=False, amount=300),
    Line(2, "major", "written", Decimal(6), needs_performed=True, amount=500),
    Line(3, "simple", "oral", Decimal(0), needs_performed=False, amount=50),
]


@pytest.mark.parametrize(
    ("score", "performed", "amount"),
    [
        ("7", True, 500),
        ("7", False, 300),
        ("5.5", True, 300),
        ("3.5", True, None),
        (None, True, None),
    ],
)
def test_the_line_that_asks_the_most_of_what_the_work_gives_pays(score, performed, amount):
    points = None if score is None else Decimal(score)

    found = rules.line_for(LINES, Work("major", "written", points, is_performed=performed))

    assert (found.amount if found else None) == amount


def test_no_line_of_another_grade_or_form_pays():
    assert rules.line_for(LINES, Work("simple", "written", Decimal(7), is_performed=True)) is None


@pytest.mark.parametrize(
    ("amount", "count", "parts"),
    [(100, 1, [100]), (100, 3, [34, 33, 33]), (400, 2, [200, 200]), (50, 0, [])],
)
def test_shares_add_up_and_the_first_gets_what_cannot_be_shared(amount, count, parts):
    assert rules.shares(amount, count) == parts


def test_refused_and_withdrawn_ended_without_agreement():
    assert [rules.form_of(one) for one in ("oral", "refused", "withdrawn", "")] == ["oral", "none", "none", "none"]  # fmt: skip


def test_the_publicity_masks_numbers_and_people():
    assert rules.masked_number("26-1123-0042-7") == "26-1123-••••-7"
    assert rules.masked_person("何静雯") == "何••"


def test_every_shipped_table_names_its_source_and_pays_more_for_more():
    for table in shipped_sets().values():
        assert table.source
        for line in table.lines:
            weaker = [
                one.amount
                for one in table.lines
                if (one.grade, one.form) == (line.grade, line.form) and one.least_score < line.least_score
            ]  # fmt: skip
            assert all(amount < line.amount for amount in weaker)
