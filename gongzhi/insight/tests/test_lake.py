"""The door of the lake: who may see what, and what is said when it is full, slow, down or being built."""

import threading
import time

import pytest

from gongzhi.insight import api, queries
from gongzhi.insight.actions import refreshing
from gongzhi.insight.queries import answering
from gongzhi.insight.queries.store import TooSlow
from gongzhi.insight.tests.builders import (
    NOW,
    OTHER_TOWN,
    TOWN,
    a_door,
    a_fact,
    a_store,
    reader,
    some_days,
)

COUNT = {"ask": "tally", "dims": [], "counts": ["reported"]}


def counted(actor, by=None, **more):
    told = queries.ask({**COUNT, "by": (by or some_days()).plain(), **more}, actor)
    return told.rows[0]["reported"]


@pytest.fixture(name="lake")
def _lake(db):
    """Three matters: two of a town, of which one is led by unit 7, and one of another town."""
    a_fact(unit_id=7)
    a_fact("2026-10-30 10:00")
    a_fact(area_path=OTHER_TOWN + "001/02/")
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        with a_door(store):
            yield store


@pytest.mark.parametrize(
    ("bounds", "seen"),
    [({}, 3), ({"area": TOWN}, 2), ({"area": OTHER_TOWN + "001/"}, 1), ({"area": "441900/009/"}, 0)],
)  # fmt: skip
def test_each_reader_counts_their_own_area(lake, bounds, seen):
    assert (counted(reader(**bounds), some_days("2026-10-01")) or 0) == seen


def test_a_units_reader_counts_what_the_unit_leads(lake, monkeypatch):
    monkeypatch.setattr(queries.lake.accounts, "units_below", lambda unit: (unit,))

    assert counted(reader(unit=7)) == 1
    assert (counted(reader(unit=8)) or 0) == 0


def test_who_holds_no_capability_counts_nothing(lake):
    from gongzhi.base.tests.builders import an_actor  # noqa: PLC0415

    assert not counted(an_actor())


def test_an_answer_says_how_fresh_it_is_and_is_kept_until_the_facts_change(lake, monkeypatch):
    told = queries.ask({**COUNT, "by": some_days().plain()}, reader())
    monkeypatch.setattr(answering, "answer", None)  # would fail if it were asked again

    assert told.as_of == NOW
    assert queries.ask({**COUNT, "by": some_days().plain()}, reader()).rows == told.rows


def test_a_list_of_matters_has_as_many_as_the_figure_says(lake):
    for measure in ("reported", "closed", "handled_in_time"):
        by = some_days("2026-10-01").counted(measure)
        listed = queries.ask({"ask": "newest", "by": by.plain(), "limit": 10}, reader())
        figure = queries.ask(
            {**COUNT, "by": some_days("2026-10-01").plain(), "counts": [measure]}, reader()
        )

        assert len(listed.rows) == figure.rows[0][measure]


def test_a_lake_that_is_not_there_says_so(settings, tmp_path):
    settings.LAKE_SOCKET = tmp_path / "none.sock"

    with pytest.raises(queries.Silent, match="没有运行") as told:
        queries.state()
    assert told.value.why == "down"


@pytest.mark.django_db
def test_a_lake_that_is_being_built_says_so():
    with a_store() as store, a_door(store), pytest.raises(queries.Silent) as told:
        counted(reader())
    assert told.value.why == "building"


def test_a_question_that_takes_too_long_is_stopped(lake):
    long = "SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range * b.range % 7 = 1"

    began = time.monotonic()
    with pytest.raises(TooSlow):
        lake.asked(long, most=1, seconds=0.05)
    assert time.monotonic() - began < 10
    assert lake.state().facts == 3


@pytest.mark.parametrize("nonsense", [{"ask": "drop"}, {**COUNT, "by": {}}, {**COUNT, "by": "x"}])
def test_nonsense_is_refused_and_the_next_question_is_answered(lake, nonsense):
    with pytest.raises(queries.Silent) as told:
        queries.ask(nonsense, reader())
    assert told.value.why == "wrong"
    assert counted(reader()) == 2


def test_a_full_lake_tells_who_comes_too_late_at_once_and_who_waits_after_a_while():
    gate = api.Gate(at_once=1, queue=1, seconds=0.05)
    inside, done = threading.Event(), threading.Event()

    def stay():
        inside.set()
        done.wait(5)
        return {"rows": []}

    first = threading.Thread(target=gate, args=(stay,))
    first.start()
    inside.wait(5)

    answers = []
    second = threading.Thread(target=lambda: answers.append(gate(dict)))
    second.start()
    second.join(5)
    assert answers == [{"problem": "busy"}]
    done.set()
    first.join(5)
    assert gate(lambda: {"rows": [1]}) == {"rows": [1]}


def test_every_dimension_can_be_counted_and_asked_for_by_its_own_values(lake):
    from gongzhi.insight.rules.dims import DIMS  # noqa: PLC0415

    for dim in DIMS:
        told = queries.ask(
            {**COUNT, "by": some_days("2026-10-01").plain(), "dims": [dim]}, reader()
        )
        for row in told.rows:
            by = some_days("2026-10-01").but(dim, row["d0"])
            assert counted(reader(), by) == row["reported"], (dim, row)
