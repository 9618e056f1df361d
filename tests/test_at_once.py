"""Two people, two clicks, two workers: at once, on real transactions."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from gongzhi.audit import queries as audit
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.tests.builders import an_actor
from gongzhi.clocks import actions as clocks
from gongzhi.clocks.capabilities import Can
from gongzhi.matters import actions as matters
from gongzhi.matters import queries
from gongzhi.matters.models import Entry, Matter, Reporter
from gongzhi.notices.models import Delivery, Notice
from tests.cast import IN_GRID, MONDAY, a_town
from tests.test_moves import a_report, brought_to, do

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all deeds at the same moment, each on a connection of its own; return results or errors."""
    start, outcomes = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            outcomes[place] = deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_of_two_people_who_make_the_same_move_one_wins_and_the_other_reads_why():
    cast = a_town()
    matter, _code = brought_to(cast, "to_verify")
    actors = [cast.actor("omar"), cast.actor("omar")]

    def verify(actor):
        return lambda: matters.move(
            matter_id=matter.id, move="verify", values={"is_true": "yes", "note": "属实"},
            actor=actor, at=MONDAY, version=matter.version,
        )  # fmt: skip

    won, lost = sorted(at_once(*map(verify, actors)), key=lambda o: isinstance(o, Exception))

    assert won.state == "to_register"
    assert isinstance(lost, Refused)
    assert "看" in str(lost) or "核实" in str(lost)
    assert Entry.objects.filter(matter=matter, move="verify").count() == 1
    assert queries.verify_file(matter.id) is None


def test_two_merges_in_opposite_directions_end_in_one_matter_and_one_sentence():
    cast = a_town()
    first = a_report(cast).matter
    second = a_report(cast, lon=IN_GRID[0] + 0.001).matter
    mei = cast.actor("mei")

    def merge(one, into):
        return lambda: matters.move(
            matter_id=one.id, move="merge", values={"into": into.number}, actor=mei, at=MONDAY
        )

    outcomes = at_once(merge(first, second), merge(second, first))

    refusals = [o for o in outcomes if isinstance(o, Exception)]
    assert refusals
    assert all(isinstance(o, Refused | Invalid) for o in refusals), refusals
    assert Matter.objects.filter(is_open=True).count() >= 1
    assert Reporter.objects.count() == 2
    for matter in (first, second):
        assert queries.verify_file(matter.id) is None


def test_the_same_form_sent_four_times_at_once_is_one_matter():
    cast = a_town()

    outcomes = at_once(*[lambda: a_report(cast, key="form-1")] * 4)

    assert len({(opened.matter.number, opened.code) for opened in outcomes}) == 1
    assert sum(opened.is_new for opened in outcomes) == 1
    assert (Matter.objects.count(), Reporter.objects.count()) == (1, 1)


def test_the_same_form_sent_twice_at_once_is_one_matter_even_where_twins_are_looked_for():
    cast = a_town()

    outcomes = at_once(*[lambda: a_report(cast, key="form-2", is_new=False)] * 2)

    assert len({opened.matter.number for opened in outcomes}) == 1


def test_reports_are_taken_while_a_holiday_is_being_set():
    cast = a_town()

    def holiday():
        clocks.set_day(
            calendar="default", day=date(2026, 11, 24), kind="holiday", name="台风停工", source="市政府通告",
            actor=an_actor(Can.MANAGE), at=MONDAY,
        )  # fmt: skip

    outcomes = at_once(*[lambda: a_report(cast).matter] * 3, holiday)

    assert [o for o in outcomes if isinstance(o, Exception)] == []


def test_joins_and_moves_at_once_lose_nothing():
    cast = a_town()
    matter, _code = brought_to(cast, "to_verify")

    def join():
        return matters.join(
            matter_id=matter.id,
            text="我也看到",
            contact=None,
            files=(),
            actor=cast.actor("omar"),
            at=MONDAY,
        )

    outcomes = at_once(join, join, join, lambda: do(cast, matter, "verify"))

    assert [o for o in outcomes if isinstance(o, Exception)] == []
    now = Matter.objects.get(pk=matter.id)
    assert (now.state, now.report_count, now.entry_count) == ("to_register", 4, 5)
    assert queries.verify_file(matter.id) is None


def test_two_ratings_at_once_are_one():
    cast = a_town()
    matter, code = brought_to(cast, "closed")
    later = MONDAY + timedelta(hours=1)

    def rate():
        return matters.rate(number=matter.number, code=code, rating=3, text="", at=later)

    outcomes = at_once(rate, rate)

    assert sum(isinstance(o, Refused) for o in outcomes) == 1
    assert Entry.objects.filter(matter=matter, move="rate").count() == 1


def test_two_workers_tick_at_once_and_everybody_is_told_once():
    cast = a_town()
    brought_to(cast, "handling")
    late = MONDAY + timedelta(days=30, hours=1)

    before = audit.chain_state().entry_count
    outcomes = at_once(lambda: clocks.tick(at=late), lambda: clocks.tick(at=late))

    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert audit.chain_state().entry_count == before


def test_a_worker_that_dies_after_telling_tells_nobody_twice():
    cast = a_town()
    matter, _code = brought_to(cast, "to_check")

    for _run in range(2):  # the job was done, but its worker died before it could say so
        matters.tell_opened(matter_id=matter.id, at=MONDAY)
        matters.tell_moved(
            matter_id=matter.id, move="hand_in", note="已更换", actor_id=0, at=MONDAY
        )

    told = list(Notice.objects.values_list("person_id", "template_id", "text"))
    assert len(told) == len(set(told)) > 0
    assert Delivery.objects.filter(channel="sms").count() == 1
