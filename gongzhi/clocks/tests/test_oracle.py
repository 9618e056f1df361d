"""Deadlines against walking every minute, and laws that hold for all of them."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.clocks.rules import Limit, deadline, elapsed, parse_week, remaining, statutory
from gongzhi.clocks.tests.builders import SHANGHAI, WEEK, a_calendar
from gongzhi.clocks.tests.oracle import Oracle, difference, random_cases

CALENDAR = a_calendar()
NIGHTS = "1-5 00:00-03:00 08:00-12:00 22:00-24:00; 6 01:30-02:30"


@pytest.mark.parametrize(
    ("zone", "week", "first"),
    [
        ("Asia/Shanghai", WEEK, date(2025, 8, 1)),
        ("Europe/Berlin", NIGHTS, date(2025, 9, 15)),
        ("Australia/Lord_Howe", NIGHTS, date(2026, 3, 1)),  # changes by half an hour
        ("America/Sao_Paulo", NIGHTS, date(2025, 9, 15)),
        ("Asia/Kathmandu", "1-7 00:00-24:00", date(2026, 1, 1)),
    ],
)
def test_the_rules_agree_with_walking_every_minute(zone, week, first):
    known = statutory()
    calendar = a_calendar(week, zone=ZoneInfo(zone))
    oracle = Oracle(
        zone=ZoneInfo(zone), week=parse_week(week), off=known.off, makeup=known.makeup,
        first=first, days=240,
    )  # fmt: skip

    cases = random_cases(Random(f"{zone}{week}"), oracle, 1500)

    assert [found for case in cases if (found := difference(case, oracle, calendar))] == []


MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2025, 12, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=SHANGHAI)
)
TIMED = st.builds(
    Limit,
    st.integers(1, 300),
    st.sampled_from(["minute", "hour"]),
    st.sampled_from(["continuous", "service"]),
)
LIMITS = TIMED | st.builds(
    Limit,
    st.integers(1, 60),
    st.just("day"),
    st.sampled_from(["service", "working", "calendar"]),
    from_next_day=st.booleans(),
    rolls_over=st.booleans(),
)
SPANS = st.lists(
    st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9))).map(
        lambda span: (span[0], span[0] + span[1])
    ),
    max_size=4,
)


@given(start=MOMENTS, limit=TIMED, pauses=SPANS)
def test_what_is_counted_up_to_the_end_is_the_limit(start, limit, pauses):
    due = deadline(start=start, limit=limit, calendar=CALENDAR, pauses=pauses).due_at

    counted = elapsed(
        start=start, end=due, counting=limit.counting, calendar=CALENDAR, pauses=pauses
    )

    assert counted == limit.amount * {"minute": 60, "hour": 3600}[limit.unit]
    assert remaining(start=start, at=due, limit=limit, calendar=CALENDAR, pauses=pauses) == 0


@given(first=MOMENTS, second=MOMENTS, limit=LIMITS, pauses=SPANS)
def test_who_begins_later_never_ends_earlier(first, second, limit, pauses):
    dues = [
        deadline(start=start, limit=limit, calendar=CALENDAR, pauses=pauses).due_at
        for start in sorted([first, second])
    ]

    assert dues == sorted(dues)


@given(start=MOMENTS, limit=LIMITS, pauses=SPANS)
def test_amber_lies_between_start_and_end_and_pauses_never_shorten(start, limit, pauses):
    plain = deadline(start=start, limit=limit, calendar=CALENDAR)
    paused = deadline(start=start, limit=limit, calendar=CALENDAR, pauses=pauses)

    assert paused.due_at >= plain.due_at
    assert paused.warn_at <= paused.due_at
    assert paused.warn_at >= start


@given(
    start=MOMENTS,
    limit=TIMED,
    begin=MOMENTS,
    length=st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_a_pause_moves_the_end_by_the_counted_time_it_covers(start, limit, begin, length):
    plain = deadline(start=start, limit=limit, calendar=CALENDAR).due_at
    pause = (begin, begin + length)
    moved = deadline(start=start, limit=limit, calendar=CALENDAR, pauses=[pause]).due_at
    terms = {"counting": limit.counting, "calendar": CALENDAR}

    covered = 0
    if max(start, begin) < plain:
        covered = max(0, elapsed(start=max(start, begin), end=begin + length, **terms))

    assert elapsed(start=plain, end=moved, **terms) == covered


@given(start=MOMENTS, limit=LIMITS, pauses=SPANS)
@settings(max_examples=50)
def test_the_order_and_overlap_of_pauses_do_not_matter(start, limit, pauses):
    shuffled = [*reversed(pauses), *pauses]

    assert deadline(start=start, limit=limit, calendar=CALENDAR, pauses=pauses) == deadline(
        start=start, limit=limit, calendar=CALENDAR, exclusions=shuffled
    )


@given(start=MOMENTS, limit=LIMITS)
@settings(max_examples=50)
def test_the_zone_a_moment_is_written_in_does_not_matter(start, limit):
    assert deadline(start=start, limit=limit, calendar=CALENDAR) == deadline(
        start=start.astimezone(UTC), limit=limit, calendar=CALENDAR
    )
