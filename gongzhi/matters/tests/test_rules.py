"""Numbers and the chain: no database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.matters import rules

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
serials = st.integers(0, 10**8 - 1)


@given(serials)
def test_a_number_is_read_back_however_it_was_typed(serial):
    number = rules.number_of(year=2026, serial=serial)

    assert rules.read_number(number.replace("-", "")) == number
    assert rules.read_number(f" {number.replace('-', '－')} ") == number


@given(serials, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(serial, position, shift):
    digits = list(rules.number_of(year=2026, serial=serial).replace("-", ""))
    digits[position] = str((int(digits[position]) + shift) % 10)

    with pytest.raises(rules.WrongNumber, match="check_digit"):
        rules.read_number("".join(digits))


@given(serials, st.integers(0, 9))
def test_two_neighbours_swapped_are_always_noticed(serial, position):
    digits = list(rules.number_of(year=2026, serial=serial).replace("-", ""))
    if digits[position] == digits[position + 1]:
        return
    digits[position], digits[position + 1] = digits[position + 1], digits[position]

    with pytest.raises(rules.WrongNumber):
        rules.read_number("".join(digits))


def an_entry(seq: int, **changes):
    return {
        "matter_id": 1, "seq": seq, "at": AT, "actor_id": 3, "actor_name": "Mei", "move": "note",
        "source": "handling", "target": "handling", "note": f"第{seq}行", "values": {},
    } | changes  # fmt: skip


def a_file(count: int):
    previous, entries = "", []
    for seq in range(1, count + 1):
        previous = rules.entry_hash(previous, an_entry(seq))
        entries.append(an_entry(seq, hash=previous))
    return entries


def test_an_untouched_file_is_whole():
    assert rules.first_break(a_file(5)) is None


@pytest.mark.parametrize("column", ["note", "actor_name", "values", "at", "target"])
def test_any_change_to_a_line_is_found_at_that_line(column):
    entries = a_file(5)
    entries[2][column] = (
        {"x": 1}
        if column == "values"
        else datetime(2020, 1, 1, tzinfo=UTC)
        if column == "at"
        else "x"
    )

    assert rules.first_break(entries) == 3


def test_a_missing_line_is_found():
    entries = a_file(5)
    del entries[1]

    assert rules.first_break(entries) == 3


def test_words_find_parts_of_long_words():
    assert {"人行道", "塌陷"} <= set(rules.search_words("路口人行道塌陷约 0.6 ㎡"))
    assert rules.query_words("人行道塌陷") == ["人行道", "塌陷"]


def test_a_district_is_the_first_two_levels():
    assert rules.district_of("441900/004/012/03/") == "441900/004/"
    assert rules.district_of("441900/") == "441900/"
