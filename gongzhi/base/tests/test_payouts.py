"""What stands beside the lines of a batch, and numbers as people send them."""

from django.test import RequestFactory

from gongzhi.base.payouts.pages import reasons
from gongzhi.base.texts import as_number, as_numbers


def test_only_lines_of_the_batch_with_words_beside_them_come_back():
    sent = {
        "failed-7": "账号有误",
        "failed-8": "  ",
        "failed-007x": "x",
        "9": "y",
        "failed-10": "户名\x00不符",
    }

    found = reasons(RequestFactory().post("/", sent), "failed-", most=4)

    assert found == {7: "账号有误", 10: "户名不符"}


def test_what_is_no_small_whole_number_is_none():
    assert as_number("12") == 12
    assert [as_number(text) for text in ("", "-1", "1.0", "²", "٣", "9" * 16, "12\n")] == [None] * 7
    assert as_number("123", digits=2) is None
    assert as_numbers(["3", "x", "5"]) == [3, 5]
