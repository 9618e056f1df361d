"""When a code may be sent, and when news are told."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongzhi.base.phones import is_mobile, plain_number
from gongzhi.base.tests.builders import local
from gongzhi.residents import rules

NOON = local("2026-11-23 12:00")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = (time(21, 30), time(8))


@pytest.mark.parametrize(
    "text",
    ["13800000001", "+86 138 0000 0001", "0086-13800000001", "138-0000-0001", "8613800000001"],
)
def test_a_number_is_one_number_however_it_is_written(text):
    assert (plain_number(text), is_mobile(text)) == ("13800000001", True)


@pytest.mark.parametrize(
    "text", ["", "1380000000", "0769-22112211", "12345678901", "１３８", "abc"]
)
def test_what_cannot_receive_a_text_message_is_told_apart(text):
    assert not is_mobile(text)


def test_the_next_code_waits_a_minute_and_the_last_of_the_day_until_tomorrow():
    assert rules.seconds_to_wait([], at=NOON, most_a_day=3) == 0
    assert rules.seconds_to_wait([NOON - timedelta(seconds=20)], at=NOON, most_a_day=3) == 40
    hours = [NOON - timedelta(hours=h) for h in (1, 2, 3)]
    assert rules.seconds_to_wait(hours, at=NOON, most_a_day=3) == 21 * 3600


@pytest.mark.parametrize(
    ("at", "digest", "told"),
    [
        ("2026-11-23 12:00", None, "2026-11-23 12:00"),
        ("2026-11-23 22:00", None, "2026-11-24 08:00"),
        ("2026-11-24 07:59", None, "2026-11-24 08:00"),
        ("2026-11-23 12:00", time(8), "2026-11-24 08:00"),
        ("2026-11-23 06:00", time(8), "2026-11-23 08:00"),
    ],
)
def test_news_wait_for_the_end_of_the_quiet_hours_or_for_the_hour_of_the_digest(at, digest, told):
    assert rules.tell_at(local(at), quiet=NIGHT, digest_at=digest, zone=SHANGHAI) == local(told)
