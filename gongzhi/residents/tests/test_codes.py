"""Codes: sent to the telephone, tried a few times, used once, telling nothing about accounts."""

from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Invalid, Refused
from gongzhi.residents import actions
from gongzhi.residents.models import Resident, SignInCode
from gongzhi.residents.tests.builders import MONDAY, PHONE, a_resident

pytestmark = pytest.mark.django_db


def sent(**changes):
    return actions.send_code(**({"address": PHONE, "language": "zh-hans", "at": MONDAY} | changes))


def entered(ticket, code, at=MONDAY):
    return actions.sign_in(ticket=ticket, code=code, language="zh-hans", actor=ANONYMOUS, at=at)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_code_goes_out_at_night_too_in_the_residents_language():
    code = sent(at=MONDAY.replace(hour=19), language="en").code

    message = apps.get_model("notices", "Delivery").objects.get()
    assert (message.address, message.next_try_at) == (PHONE, message.created_at)
    assert code in message.text
    assert "sign-in code" in message.text


def test_the_first_code_makes_the_account_and_the_next_one_opens_it():
    first = a_resident()
    later = MONDAY + timedelta(hours=1)
    again = sent(at=later, address="+86 138-0000-0001")

    assert entered(again.ticket, again.code, later) == first
    assert Resident.objects.count() == 1


def test_nothing_readable_of_the_telephone_or_the_code_is_kept(django_assert_num_queries):
    code = sent().code

    with django_assert_num_queries(1):
        (row,) = SignInCode.objects.extra(select={"raw": "address"}).values("raw", "code_hash")
    assert PHONE not in str(row)
    assert code not in str(row)


def test_a_wrong_code_counts_and_the_fifth_is_the_last():
    asked = sent()

    for _try in range(4):
        with pytest.raises(Invalid):
            entered(asked.ticket, wrong(asked.code))
    with pytest.raises(Refused):
        entered(asked.ticket, wrong(asked.code))
    with pytest.raises(Refused):
        entered(asked.ticket, asked.code)
    assert not Resident.objects.exists()


def test_a_code_is_good_for_five_minutes_once_and_on_its_device_only():
    asked = sent()
    with pytest.raises(Refused):
        entered(asked.ticket, asked.code, MONDAY + timedelta(minutes=5))
    with pytest.raises(Refused):
        entered("of-another-device", asked.code)
    entered(asked.ticket, asked.code)
    with pytest.raises(Refused):
        entered(asked.ticket, asked.code)


def test_one_telephone_gets_a_code_a_minute_and_ten_a_day(settings):
    sent()
    with pytest.raises(Refused):
        sent(at=MONDAY + timedelta(seconds=30))
    for minute in range(1, settings.CODES_A_DAY):
        sent(at=MONDAY + timedelta(minutes=minute * 2))
    with pytest.raises(Refused):
        sent(at=MONDAY + timedelta(hours=3))
    assert sent(at=MONDAY + timedelta(days=1, hours=1)).code


def test_codes_are_forgotten_after_a_day():
    sent()

    assert actions.forget_codes(at=MONDAY + timedelta(hours=23)) == 0
    assert actions.forget_codes(at=MONDAY + timedelta(hours=25)) == 1


@pytest.mark.parametrize("phone", ["0769-22112211", "1380000", "x" * 20])
def test_only_a_mobile_number_can_receive_a_code(phone):
    with pytest.raises(Invalid):
        sent(address=phone)
