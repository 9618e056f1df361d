from datetime import date, timedelta

import pytest

from gongzhi.base import bus
from gongzhi.base.actor import system
from gongzhi.clocks import actions, queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.events import (
    CalendarChanged,
    ClockEscalated,
    ClockMoved,
    ClockOverdue,
    ClockResumed,
    ClockWarned,
)
from gongzhi.clocks.queries import Limit
from gongzhi.clocks.tests.builders import a_clock, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Collect what is published."""
    facts = []
    monkeypatch.setattr(bus, "publish", facts.append)
    queries.forget()
    yield facts
    queries.forget()


def tick_through(start, end, *, minutes=10):
    at = local(start)
    while at <= local(end):
        actions.tick(at=at)
        at += timedelta(minutes=minutes)


def test_amber_overdue_and_each_level_are_told_once_and_in_service_time(told):
    a_clock(limit=Limit(1, "day"), at="2026-11-19 14:00")  # due Friday 12:00

    tick_through("2026-11-19 14:00", "2026-12-01 18:00", minutes=30)

    said = [(type(fact).__name__, f"{fact.at:%m-%d %H:%M}") for fact in told]
    assert said == [
        ("ClockWarned", "11-20 10:00"),
        ("ClockOverdue", "11-20 14:00"),
        ("ClockEscalated", "11-23 14:00"),
        ("ClockEscalated", "11-24 14:00"),
        ("ClockEscalated", "11-25 14:00"),
    ]
    assert [fact.level for fact in told if isinstance(fact, ClockEscalated)] == [1, 2, 3]


def test_nobody_is_told_at_midnight_even_when_the_worker_was_away(told):
    a_clock(limit=Limit(1, "hour"), at="2026-11-20 15:00")

    actions.tick(at=local("2026-11-21 00:30"))
    assert told == []
    actions.tick(at=local("2026-11-23 08:00"))

    assert [type(fact) for fact in told] == [ClockOverdue]


def test_what_is_urgent_is_told_at_night(told):
    a_clock(limit=Limit(2, "hour", "continuous"), at="2026-11-21 01:00")

    tick_through("2026-11-21 01:00", "2026-11-21 05:00")

    assert [type(fact) for fact in told] == [ClockWarned, ClockOverdue, *[ClockEscalated] * 3]


def test_an_answered_clock_tells_nothing(told):
    a_clock(limit=Limit(1, "hour"))
    actions.stop_clocks(subject=7, names=["whole"], at=local("2026-11-16 09:20"))

    tick_through("2026-11-16 09:30", "2026-11-18 18:00", minutes=60)

    assert told == []


def test_a_paused_clock_is_silent_and_wakes_on_its_day(told):
    a_clock(limit=Limit(4, "hour"))
    actions.pause(
        subject=7, reason="挂账", at=local("2026-11-16 10:00"), until=local("2026-11-18 08:00")
    )

    tick_through("2026-11-16 10:00", "2026-11-18 08:10")

    (resumed,) = told
    assert isinstance(resumed, ClockResumed)
    assert (resumed.reason, resumed.due_at) == ("挂账", local("2026-11-18 11:00"))


def test_an_extended_clock_is_warned_of_anew(told):
    a_clock(limit=Limit(1, "day"))
    actions.tick(at=local("2026-11-16 17:30"))
    actions.extend(subject=7, name="whole", at=local("2026-11-16 17:40"))

    tick_through("2026-11-16 17:45", "2026-11-18 09:00")

    assert [type(fact) for fact in told] == [ClockWarned, ClockWarned]


def test_new_holidays_move_running_clocks_and_say_so(told):
    before = a_clock(limit=Limit(5, "day"), at="2026-12-30 09:00")
    assert before.uncovered == (2027,)
    day_off = queries.DayLine(date(2027, 1, 1), "holiday", "元旦", "测试通知")

    actions.set_days(
        calendar="default", lines=[day_off], complete_years=[2027],
        actor=system("test", Can.MANAGE), at=local("2026-12-30 10:00"),
    )  # fmt: skip
    (change,) = [fact for fact in told if isinstance(fact, CalendarChanged)]
    assert actions.recount(change=change) == 1

    (after,) = queries.clocks_of(7)
    assert (after.due_at, after.uncovered) == (local("2027-01-07 09:00"), ())
    assert isinstance(told[-1], ClockMoved)
    assert told[-1].due_at == after.due_at
