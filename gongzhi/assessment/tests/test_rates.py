"""Rates from facts: numerator, denominator, reach, comparison, and the matters behind each."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.assessment import queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.queries import Asked, Behind
from gongzhi.assessment.tests.builders import (
    MONDAY,
    OCTOBER,
    TENTH,
    TOWNS,
    a_city,
    facts_in,
    in_register,
    the_office,
)
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.tests.builders import an_actor, local
from gongzhi.figures import queries as figures

pytestmark = pytest.mark.django_db
ONE = TOWNS[0]


@pytest.fixture(autouse=True)
def _city(db):
    a_city()


def counted(code: str, **said) -> tuple[int, int]:
    """Return numerator and denominator of a rate in the first town."""
    rate = queries.rates()[code]
    asked = Asked(OCTOBER, family=rate.family, **said)
    table = queries.rate_table(the_office(), asked, at=MONDAY)
    cell = next(c for row in table.rows if row.key.startswith(ONE) for c in row.cells if c.code == code)  # fmt: skip
    return cell.counted.kept, cell.counted.asked


def test_every_shipped_definition_can_be_read():
    texts = [text for rate in queries.rates().values() for text in (rate.asked, rate.kept)]
    texts += [tally.asked for tally in queries.tallies().values()]

    assert [text for text in texts if not figures.is_readable(text)] == []
    assert not figures.is_readable("reporter_name=x")
    assert not figures.is_readable("rework_count>=1);DROP")


# fmt: off
CASES = [
    # what a matter says                                       rate                 kept asked, beside one that is all right
    ({"handled_at": None, "handled_in_time": None},            "handled",            1, 2),
    ({"handled_in_time": False},                               "handled_in_time",    1, 2),
    ({"state": "void", "is_valid": False},                     "handled",            1, 1),
    ({"is_suspended": True},                                   "handled",            1, 1),
    ({"is_exempt": True, "handled_in_time": False},            "handled_in_time",    1, 1),
    ({"closed_at": None},                                      "closed",             1, 2),
    ({"closed_in_time": False},                                "closed_in_time",     1, 2),
    ({"rework_count": 2},                                      "reworked",           1, 2),
    ({"extension_count": 1},                                   "extended",           1, 2),
    ({"handled_at": None, "handle_due_at": MONDAY - timedelta(1)}, "overdue_waiting", 1, 2),
    ({"handled_at": None, "handle_due_at": MONDAY + timedelta(1)}, "overdue_waiting", 0, 2),
    ({"state": "not_accepted", "is_valid": False},             "valid",              1, 2),
    ({"is_missed": False},                                     "missed",             1, 2),
    ({"verified_in_time": None},                               "verified_in_time",   1, 1),
    ({"verified_in_time": False},                              "verified_in_time",   1, 2),
    ({"registered_in_time": False},                            "registered_in_time", 1, 2),
    ({"registered_right": False},                              "registered_right",   1, 2),
    ({"dispatched_in_time": False},                            "dispatched_in_time", 1, 2),
    ({"dispatched_in_time": None, "is_urgent": True},          "dispatched_in_time", 1, 1),
    ({"dispatched_right": False},                              "dispatched_right",   1, 2),
    ({"checked_in_time": None},                                "checked_in_time",    1, 1),
    ({"is_urgent": True, "handled_in_time": False},            "urgent_in_time",     0, 1),
    ({"responded_in_time": False, "source": "12345"},          "responded",          1, 2),
    ({"source": "patrol", "responded_in_time": False},         "responded",          1, 1),
    ({"rating": 3},                                            "solved",             1, 1),
    ({"rating": 2},                                            "solved",             0, 1),
    ({"rating": 2},                                            "satisfied",          1, 1),
    ({"rating": 1},                                            "satisfied",          0, 1),
]
# fmt: on


@pytest.mark.parametrize(("says", "code", "kept", "asked"), CASES)
def test_a_rate_counts_what_its_definition_says(says, code, kept, asked):
    facts_in(ONE, 1)
    facts_in(ONE, 1, **says)

    assert counted(code) == (kept, asked)


def test_a_matter_belongs_to_the_period_it_was_reported_in():
    facts_in(ONE, 1, reported_at=local("2026-10-31 23:59"), closed_at=local("2026-11-20 09:00"))
    facts_in(ONE, 5, reported_at=local("2026-11-01 00:00"))

    assert counted("closed") == (1, 1)


def test_a_rate_is_told_beside_the_period_before_and_the_year_before():
    facts_in(ONE, 4)
    facts_in(ONE, 3, reported_at=local("2026-09-10 09:00"))
    facts_in(ONE, 1, reported_at=local("2026-09-10 09:00"), handled_in_time=False)
    facts_in(ONE, 1, reported_at=local("2025-10-10 09:00"), handled_in_time=False)

    table = queries.rate_table(the_office(), Asked(OCTOBER), at=MONDAY)

    cell = next(c for c in table.rows[0].cells if c.code == "handled_in_time")
    assert (cell.share, cell.since_before, cell.since_year, cell.tone) == (100, 25, 100, "ok")
    assert next(c for c in table.total.cells if c.code == "handled_in_time").counted.asked == 4


def test_a_town_sees_its_own_figures_and_no_others():
    for town in TOWNS:
        facts_in(town, 2)
    clerk = an_actor(Can.VIEW, area=ONE)

    table = queries.rate_table(clerk, Asked(OCTOBER), at=MONDAY)

    assert [row.key for row in table.rows] == [ONE]
    assert table.total.matters == 2
    assert queries.rate_table(an_actor(Can.KEEP), Asked(OCTOBER), at=MONDAY).rows == []


@pytest.mark.parametrize("by", [name for name in queries.DIMENSIONS if name != "post"])
def test_every_dimension_can_be_shown_in_three_statements(by):
    facts_in(ONE, 1, rating=3)

    with CaptureQueriesContext(connection) as asked:
        table = queries.rate_table(the_office(), Asked(OCTOBER, by=by), at=MONDAY)

    assert sum("figures_fact" in query["sql"] for query in asked.captured_queries) == 3
    assert table.count == 1
    assert table.rows[0].name


def test_a_post_is_the_function_of_a_place():
    facts_in(ONE, 3, source="patrol")
    facts_in(ONE, 1, source="patrol", is_valid=False)

    table = queries.rate_table(
        the_office(), Asked(OCTOBER, by="post", post="grid_officer"), at=MONDAY
    )

    assert [row.name for row in table.rows] == ["甲镇 甲村 · 监督员"]
    assert table.rows[0].cells[0].share == 75


def test_the_list_behind_a_figure_has_as_many_matters_as_the_figure_says():
    late = facts_in(ONE, 2, handled_in_time=False)
    facts = [*late, *facts_in(ONE, 3)]
    facts_in(TOWNS[1], 4)
    numbers = {fact.pk: in_register(fact) for fact in facts}
    asked, rate = Asked(OCTOBER), queries.rates()["handled_in_time"]

    def found(part: str) -> set[str]:
        behind = Behind(rate, asked, ONE, part)
        _page, lines = queries.page_behind(the_office(), behind, at=MONDAY)
        return {line.number for line in lines}

    assert found("asked") == set(numbers.values())
    assert found("missed") == {numbers[fact.pk] for fact in late}
    assert len(found("kept")) == 3
    assert len(list(queries.lines_behind(the_office(), Behind(rate, asked, ONE, "missed"), at=MONDAY))) == 2  # fmt: skip


def test_the_table_is_sorted_searched_and_cut_into_pages():
    for place, town in enumerate(TOWNS):
        facts_in(town, 4)
        facts_in(town, place, handled_at=None, handled_in_time=None)

    worst = queries.rate_table(the_office(), Asked(OCTOBER, sort="handled"), at=MONDAY)
    best = queries.rate_table(the_office(), Asked(OCTOBER, sort="-handled"), at=MONDAY)
    one = queries.rate_table(the_office(), Asked(OCTOBER, text="丙"), at=MONDAY)

    assert [row.key for row in worst.rows] == [*reversed(TOWNS)]
    assert [row.key for row in best.rows] == [*TOWNS]
    assert [row.name for row in one.rows] == ["丙镇"]
    assert one.total.matters == 6
    lines = list(queries.rate_lines(the_office(), Asked(OCTOBER), at=MONDAY))
    assert lines[1][:5] == ["甲镇", 4, 4, 4, 100.0]


def test_facts_of_another_day_do_not_matter():
    facts_in(ONE, 1, reported_at=TENTH - timedelta(days=40))

    assert queries.rate_table(the_office(), Asked(OCTOBER), at=MONDAY).count == 0


def test_a_rate_is_the_same_from_the_counts_as_from_the_facts():
    chance = Random(20261123)
    for place in range(60):
        maybe = lambda: chance.choice([True, True, False])  # noqa: E731 - shorter than a function with a name
        facts_in(
            TOWNS[place % 3], 1, source=chance.choice(["portal", "12345", "patrol"]), is_valid=maybe(), is_missed=maybe(),
            is_suspended=chance.random() < 0.1, is_exempt=chance.random() < 0.1, is_urgent=maybe(), registered_in_time=maybe(),
            responded_in_time=maybe(), handled_in_time=maybe(), rework_count=chance.randrange(4), extension_count=chance.randrange(2),
            rating=chance.choice([None, 1, 2, 3]), unit_id=chance.choice([None, 7, 8]), dispatched_right=maybe(),
            **chance.choice([{}, {"handled_at": None}, {"registered_at": None, "closed_at": None, "dispatched_at": None}]),
        )  # fmt: skip

    def tables(reader):
        return [
            queries.rate_table(reader, Asked(OCTOBER, by=by, family=family.code, within=within), at=MONDAY).rows
            for by, within in (("town", ""), ("village", ""), ("unit", ""), ("source", ""), ("item", ""))
            for family in queries.families()
        ]  # fmt: skip

    # Whoever holds every town but not the city has the same reach, and is answered from the facts.
    of_towns = Actor(id=902, name="镇街", grants=tuple(Grant(frozenset({Can.VIEW}), area=town) for town in TOWNS))  # fmt: skip
    assert tables(the_office()) == tables(of_towns)


def test_whoever_reaches_less_than_an_area_has_rates_of_what_they_reach_alone():
    facts_in(ONE, 3)
    facts_in(TOWNS[1], 4)
    town_office = an_actor(Can.VIEW, area=ONE)

    rows = queries.rate_table(town_office, Asked(OCTOBER), at=MONDAY).rows

    assert [(row.key, row.matters) for row in rows] == [(ONE, 3)]
