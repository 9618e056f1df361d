from datetime import UTC, datetime, timedelta

import pytest

from gongzhi.guard import actions
from gongzhi.guard.models import Measure, Sending
from gongzhi.guard.rules import Deed, Doubt

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
PHONE, TABLET = "d" * 64, "e" * 64
SCHOOL, HOME = "10.1.2.3", "10.9.9.9"
LONG = "东城路与宏图路交叉口的路灯三盏全部不亮已经一周"


@pytest.fixture(autouse=True)
def _small_limits(settings):
    both = {"device": (1, 3), "address": (6, 6)}
    settings.GUARD_LIMITS = dict.fromkeys(Deed, both)
    settings.GUARD_SUSPICION = {"refused": 3}


def admitted(*, deed="report", device=PHONE, address=SCHOOL, at=NOON, **more):
    return actions.admit(deed=deed, device=device, address=address, at=at, **more)


def sent(count=1, *, device=PHONE, address=SCHOOL, words="", at=NOON):
    for n in range(count):
        actions.note_sent(
            number=f"26-0001-000{n}-1", device=device, address=address, words=words, at=at
        )


def test_one_deed_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert admitted().allowed


def test_a_device_that_asks_too_often_is_told_how_long_to_wait():
    assert [admitted().allowed for _n in range(3)] == [True] * 3

    verdict = admitted()

    assert (verdict.allowed, verdict.wait_s) == (False, 60)
    assert admitted(at=NOON + timedelta(seconds=61)).allowed


def test_one_restless_device_does_not_use_up_what_its_school_shares():
    for _n in range(20):
        admitted(device=PHONE)

    assert [admitted(device=TABLET).allowed for _n in range(3)] == [True] * 3


def test_a_crowd_behind_one_address_is_asked_to_prove_and_not_turned_away():
    for n in range(6):
        assert admitted(device=f"{n:064}").allowed

    verdict = admitted(device="f" * 64)

    assert verdict.must_prove
    assert verdict.doubts == (Doubt.CROWD,)
    assert admitted(device="f" * 64, is_proved=True).allowed


def test_strangers_without_a_cookie_share_a_narrow_measure():
    assert [admitted(device="").must_prove for _n in range(4)] == [False, False, False, True]


def test_guessing_codes_without_a_cookie_is_stopped():
    assert [admitted(deed="look", device="").allowed for _n in range(4)] == [
        True,
        True,
        True,
        False,
    ]


def test_who_was_turned_away_often_must_prove_afterwards():
    for _n in range(3 + 3):
        admitted()

    verdict = admitted(at=NOON + timedelta(seconds=61))

    assert verdict.doubts == (Doubt.REFUSED,)


def test_many_reports_in_a_short_time_ask_for_the_check():
    sent(4)

    assert admitted().doubts == (Doubt.MANY,)
    assert admitted(at=NOON + timedelta(minutes=11)).allowed


def test_the_same_words_again_ask_for_the_check_and_short_ones_do_not():
    sent(words=LONG)
    sent(words="井盖坏了")

    assert admitted(words=f" {LONG}！").doubts == (Doubt.WORDS,)
    assert admitted(words="井盖坏了").allowed
    assert admitted(
        words=LONG, device=TABLET, address=HOME
    ).allowed  # a neighbour may write the same


def test_the_same_long_words_from_many_places_ask_for_the_check():
    for n in range(3):
        sent(words=LONG, device=f"{n:064}", address=f"10.7.0.{n}")

    assert admitted(words=LONG).doubts == (Doubt.WORDS,)


def test_households_of_version_6_are_one_address():
    for n in range(6):
        admitted(device=f"{n:064}", address=f"2001:db8:1:2::{n}")

    assert admitted(device=PHONE, address="2001:db8:1:2:ffff::1").must_prove
    assert admitted(device=TABLET, address="2001:db8:1:3::1").allowed


def test_nothing_readable_is_kept_and_all_of_it_is_forgotten():
    admitted(words=LONG)
    sent(words=LONG)
    row = Sending.objects.get()
    assert len(row.address) == len(row.words) == 64
    assert SCHOOL not in f"{row.address}{list(Measure.objects.values_list('key', flat=True))}"

    actions.forget(at=NOON + timedelta(days=31))

    assert not Sending.objects.exists()
    assert not Measure.objects.exists()
