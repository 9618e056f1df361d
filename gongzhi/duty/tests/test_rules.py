"""Turns, gaps, addresses, numbers: plain values, no database."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongzhi.duty import rules
from gongzhi.duty.lifecycle import INSTRUCTION, Receipt

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
DAY = rules.Need(1, time(8, 30), time(18), 1, date(2026, 1, 1))
NIGHT = rules.Need(2, time(18), time(8, 30), 1, date(2026, 1, 1))


def days(count: int) -> list[date]:
    return [MONDAY + timedelta(days=n) for n in range(count)]


def planned(needs, count, members, *, every="shift", busy=None, away=None, taken=None, first=0):
    slots = rules.slots_of(needs, days(count), zone=ZONE, taken=taken or {})
    found = rules.turns(slots, members, every=every, busy=busy or {}, away=away or {}, first=first)
    return [one.member for one in found]


def test_a_night_shift_ends_on_the_next_morning():
    start, end = rules.moments(MONDAY, NIGHT.starts, NIGHT.ends, ZONE)

    assert (end - start) == timedelta(hours=14, minutes=30)
    assert end.date() == date(2026, 11, 24)


def test_a_shift_around_the_clock_lasts_a_day():
    start, end = rules.moments(MONDAY, time(8, 30), time(8, 30), ZONE)

    assert end - start == timedelta(days=1)


def test_three_people_take_turns_with_each_shift():
    assert planned([DAY, NIGHT], 3, [7, 8, 9]) == [7, 8, 9, 7, 8, 9]


def test_with_each_day_the_same_person_has_both_shifts_unless_they_touch_in_time():
    apart = rules.Need(2, time(19), time(23), 1, date(2026, 1, 1))

    assert planned([DAY, apart], 3, [7, 8], every="day") == [7, 7, 8, 8, 7, 7]


def test_with_each_week_the_turn_passes_on_monday():
    assert planned([DAY], 8, [7, 8], every="week") == [7] * 7 + [8]


def test_two_places_of_a_shift_take_two_of_the_order():
    double = rules.Need(1, time(8, 30), time(18), 2, date(2026, 1, 1))

    assert planned([double], 2, [7, 8, 9]) == [7, 8, 9, 7]


def test_who_is_away_is_passed_over_and_the_others_keep_their_order():
    assert planned([DAY], 4, [7, 8, 9], away={8: {MONDAY + timedelta(days=1)}}) == [7, 9, 9, 7]


def test_who_is_on_duty_elsewhere_is_passed_over():
    busy = {7: [rules.moments(MONDAY, time(9), time(10), ZONE)]}

    assert planned([DAY], 1, [7, 8], busy=busy) == [8]


def test_where_nobody_can_the_place_stays_free():
    assert planned([DAY], 1, [7], away={7: {MONDAY}}) == [None]


def test_what_is_taken_already_is_not_given_away_again():
    assert planned([DAY], 2, [7, 8], taken={(1, MONDAY): 1}) == [7]


def test_a_shift_that_does_not_hold_needs_nobody():
    ended = rules.Need(1, time(8), time(9), 1, date(2026, 1, 1), MONDAY + timedelta(days=1))

    assert planned([ended], 3, [7]) == [7]
    assert len(rules.gaps({"leader": [ended]}, days(3), {})) == 1


def test_gaps_say_how_many_are_missing():
    double = rules.Need(1, time(8), time(9), 2, date(2026, 1, 1))

    found = rules.gaps({"dispatcher": [double]}, days(2), {(1, MONDAY, "dispatcher"): 1})

    assert [(gap.on, gap.missing) for gap in found] == [
        (MONDAY, 1),
        (MONDAY + timedelta(days=1), 2),
    ]


def test_a_rest_that_is_too_short_is_found():
    evening = datetime(2026, 11, 23, 16, tzinfo=ZONE)
    shifts = [
        (evening, evening + timedelta(hours=8)),
        (evening + timedelta(hours=12), evening + timedelta(hours=20)),
    ]

    assert rules.short_rests({7: shifts}, rest=timedelta(hours=8)) == {(7, shifts[1][0])}
    assert rules.short_rests({7: shifts}, rest=timedelta(hours=4)) == set()


@pytest.mark.parametrize(
    ("address", "flaw"),
    [
        ("https://meet.example.org/j/881", ""),
        ("http://10.0.0.8:8443/room?id=3", ""),
        ("tel:+86-769-2283-0000", ""),
        ("sip:duty@video.example.org", ""),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("meet.example.org", "scheme"),
        ("https://", "host"),
        ("https://user:secret@meet.example.org", "host"),
        ("https://[::1", "host"),
        ("tel:abc", "number"),
        ("sip:", "host"),
        ("https://meet.example.org/ room", "blank"),
        ("https://x\x00y", "blank"),
    ],
)
def test_a_room_is_an_address_that_can_be_opened(address, flaw):
    assert rules.flaw_of_link(address) == flaw


@pytest.mark.parametrize(
    ("phone", "flaw"),
    [("0769-22830000", ""), ("22830000 转 8012".replace(" 转 ", "转"), ""), ("110", ""), ("值班室", "number"), ("", "number"), ("12", "number")],
)  # fmt: skip
def test_a_telephone_number_can_be_dialled(phone, flaw):
    assert rules.flaw_of_phone(phone) == flaw


@pytest.mark.parametrize("typed", ["Z26-000031", "z26-31", "26 31".replace(" ", "-"), "Z26—000031"])
def test_a_number_is_read_however_it_is_typed(typed):
    assert rules.read_number(typed) == rules.number_of(year=2026, serial=31)


def test_what_is_no_number_is_not_read_as_one():
    assert [rules.read_number(text) for text in ("", "26-0001-8427-7", "积水", "9" * 40)] == [
        ""
    ] * 4


def test_a_calendar_folds_long_lines_between_characters():
    at = datetime(2026, 11, 23, 9, tzinfo=ZONE)
    text = rules.events_as_ics([("1", at, at, "值班员, 李梅", "南城" * 30)], name="值班", at=at)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "南城" * 30 in text.replace("\r\n ", "")
    assert "SUMMARY:值班员\\, 李梅" in text


def test_every_move_from_every_state_is_open_or_refused_as_the_table_says():
    opened = {(move.name, str(state)) for move in INSTRUCTION.moves for state in move.sources}
    allowed = {
        (move.name, state)
        for move in INSTRUCTION.moves
        for state in Receipt.values
        if move in INSTRUCTION.moves_from(state)
    }

    assert allowed == opened
    assert not any(state in {"accepted", "ended"} for _move, state in opened)
