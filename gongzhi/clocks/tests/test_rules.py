import pytest

from gongzhi.clocks.rules import (
    Holidays,
    Limit,
    OutsideCalendar,
    UnfitLimit,
    deadline,
    elapsed,
    remaining,
)
from gongzhi.clocks.tests.builders import a_calendar, local

CALENDAR = a_calendar()


def due(start, limit, **terms):
    found = deadline(start=local(start), limit=limit, calendar=CALENDAR, **terms).due_at
    return found and f"{found:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        # urgent time runs through nights and holidays
        ("2026-09-30 23:30", Limit(2, "hour", "continuous"), "2026-10-01 01:30:00"),
        ("2026-09-30 23:30", Limit(1, "day", "continuous"), "2026-10-01 23:30:00"),
        # service time: lunch, night, weekend
        ("2026-11-16 11:30", Limit(1, "hour"), "2026-11-16 14:30:00"),
        ("2026-11-16 17:59:30", Limit(1, "minute"), "2026-11-17 08:00:30"),
        ("2026-11-21 03:00", Limit(4, "hour"), "2026-11-23 12:00:00"),
        ("2026-11-16 08:00", Limit(1, "day"), "2026-11-16 18:00:00"),
        # Mid-autumn and National Day with the make-up workday of 10 October
        ("2026-09-24 10:00", Limit(5, "day"), "2026-10-09 10:00:00"),
        ("2026-10-09 15:00", Limit(1, "day"), "2026-10-10 15:00:00"),
        # working days are whole days
        ("2026-09-30 10:00", Limit(1, "day", "working", from_next_day=True), "2026-10-08 23:59:59"),
        ("2026-10-09 10:00", Limit(2, "day", "working"), "2026-10-10 23:59:59"),
        ("2026-10-08 10:00", Limit(1, "day", "working", ends_at="service"), "2026-10-08 18:00:00"),
        # days by the calendar; a last day off rolls over where the law says so
        ("2026-09-02 10:00", Limit(30, "day", "calendar", from_next_day=True), "2026-10-02 23:59:59"),
        (
            "2026-09-02 10:00",
            Limit(30, "day", "calendar", from_next_day=True, rolls_over=True),
            "2026-10-08 23:59:59",
        ),
        # months end on the corresponding day, or on the month's last
        ("2026-01-31 09:00", Limit(1, "month", "calendar"), "2026-02-28 23:59:59"),
        ("2026-01-30 09:00", Limit(1, "month", "calendar", from_next_day=True), "2026-02-28 23:59:59"),
        ("2024-02-29 09:00", Limit(1, "year", "calendar", from_next_day=True), "2025-02-28 23:59:59"),
    ],
)  # fmt: skip
def test_a_limit_ends_when_the_calendar_says(start, limit, ends):
    assert due(start, limit) == ends


def test_time_in_a_pause_does_not_count():
    pauses = [
        (local("2026-11-16 10:00"), local("2026-11-16 11:00")),
        (local("2026-11-16 10:30"), local("2026-11-16 15:00")),  # overlaps the first
    ]

    assert due("2026-11-16 09:00", Limit(4, "hour"), pauses=pauses) == "2026-11-16 18:00:00"


def test_an_open_pause_leaves_no_end_and_holds_what_is_left():
    pauses = [(local("2026-11-16 10:00"), None)]
    terms = {"start": local("2026-11-16 09:00"), "limit": Limit(4, "hour"), "calendar": CALENDAR}

    assert deadline(**terms, pauses=pauses).due_at is None
    for later in ("2026-11-16 10:00", "2026-11-17 12:00", "2027-01-04 00:00"):
        assert remaining(**terms, pauses=pauses, at=local(later)) == 3 * 3600


def test_a_pause_after_the_end_changes_nothing():
    pauses = [(local("2026-11-16 13:00"), None)]

    assert due("2026-11-16 09:00", Limit(3, "hour"), pauses=pauses) == "2026-11-16 12:00:00"


def test_a_day_counts_unless_the_clock_stands_still_at_its_end():
    limit = Limit(3, "day", "working", from_next_day=True)
    within_a_day = [(local("2026-11-17 09:00"), local("2026-11-17 17:00"))]
    over_a_night = [(local("2026-11-17 09:00"), local("2026-11-18 09:00"))]

    assert due("2026-11-16 09:00", limit, pauses=within_a_day) == "2026-11-19 23:59:59"
    assert due("2026-11-16 09:00", limit, exclusions=over_a_night) == "2026-11-20 23:59:59"


def test_an_extension_adds_to_the_limit():
    limit = Limit(2, "day")

    assert due("2026-11-16 09:00", limit, extensions=[limit]) == "2026-11-20 09:00:00"
    with pytest.raises(UnfitLimit):
        due("2026-11-16 09:00", limit, extensions=[Limit(1, "day", "calendar")])


def test_the_last_quarter_of_service_time_is_amber():
    found = deadline(start=local("2026-11-16 08:00"), limit=Limit(2, "day"), calendar=CALENDAR)

    assert found.warn_at == local("2026-11-17 12:00")


def test_a_year_without_holidays_is_told_not_guessed():
    found = deadline(start=local("2026-12-30 10:00"), limit=Limit(5, "day"), calendar=CALENDAR)
    urgent = deadline(
        start=local("2026-12-31 23:00"), limit=Limit(5, "hour", "continuous"), calendar=CALENDAR
    )
    no_holidays_kept = a_calendar(holidays=Holidays(years=None))

    assert found.uncovered == (2027,)
    assert urgent.uncovered == ()
    assert (
        deadline(
            start=local("2026-12-30 10:00"), limit=Limit(5, "day"), calendar=no_holidays_kept
        ).uncovered
        == ()
    )


def test_the_length_of_a_service_day_is_the_calendars():
    summer = a_calendar(later=[("2026-06-01", "1-5 08:00-12:00 15:00-18:00")])

    found = deadline(start=local("2026-06-01 08:00"), limit=Limit(1, "day"), calendar=summer)

    assert found.due_at == local("2026-06-01 18:00")
    assert elapsed(
        start=local("2026-06-01 00:00"), end=local("2026-06-02 00:00"), counting="service", calendar=summer
    ) == 7 * 3600  # fmt: skip


def test_overdue_time_is_negative_service_time():
    terms = {"start": local("2026-11-16 09:00"), "limit": Limit(1, "hour"), "calendar": CALENDAR}

    assert remaining(**terms, at=local("2026-11-16 10:00")) == 0
    assert remaining(**terms, at=local("2026-11-17 08:30")) == -(6 * 3600 + 1800)


@pytest.mark.parametrize(
    "start", ["0001-01-01 00:00", "2019-12-31 23:00", "2031-01-01 00:00", "9999-12-31 23:59"]
)
@pytest.mark.parametrize(
    "limit",
    [Limit(1, "hour"), Limit(1, "hour", "continuous"), Limit(1, "day", "working"), Limit(1, "year", "calendar")],
)  # fmt: skip
def test_times_no_calendar_knows_are_named(start, limit):
    with pytest.raises(OutsideCalendar):
        due(start, limit)


@pytest.mark.parametrize(
    "limit", [Limit(10, "year", "calendar"), Limit(3660, "day"), Limit(3660, "day", "working")]
)
def test_limits_that_lead_out_of_the_calendar_are_named(limit):
    with pytest.raises(OutsideCalendar):
        due("2029-06-01 09:00", limit)


@pytest.mark.parametrize(
    ("terms", "part"),
    [
        ((0, "day"), "amount"),
        ((10**9, "minute"), "amount"),
        ((1, "week"), "unit"),
        ((1, "hour", "working"), "counting"),
        ((1, "month", "service"), "counting"),
    ],
)
def test_a_limit_whose_parts_do_not_fit_says_which(terms, part):
    with pytest.raises(UnfitLimit) as refused:
        Limit(*terms)

    assert refused.value.part == part
