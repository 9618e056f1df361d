"""Rooms of a centre lent to those who hold a sitting."""

import pytest

from gongzhi.base.errors import Invalid, Refused
from gongzhi.centres import queries
from gongzhi.centres.models import Booking
from gongzhi.centres.tests.builders import a_house, a_room
from gongzhi.talks import actions as talks
from gongzhi.talks.tests.builders import DAY, HOUR, LATER, a_sitting
from gongzhi.talks.tests.builders import talks as a_talk
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


def a_house_with_two_rooms():
    house = a_house()
    rooms = [a_room(house, name=name).pk for name in ("甲调解室", "乙调解室")]
    return a_talk(cast=house.cast), rooms


def test_a_room_is_had_by_one_sitting_at_a_time_and_what_else_is_free_is_said():
    talk, (one, two) = a_house_with_two_rooms()
    first = a_sitting(talk, room_id=one, place="")

    with pytest.raises(Refused) as told:
        a_sitting(talk, room_id=one, place="", starts_at=MONDAY + DAY + HOUR / 2, ends_at=MONDAY + DAY + 2 * HOUR)  # fmt: skip
    a_sitting(talk, room_id=two, place="")

    assert "乙调解室" in str(told.value)
    assert first.place == "南城综治中心 甲调解室"
    assert Booking.objects.get(pk=first.booking_id).matter_id == talk.row.pk
    with pytest.raises(Invalid):
        a_sitting(talk, room_id=0, place="", starts_at=MONDAY + 2 * DAY, ends_at=MONDAY + 3 * DAY)


def test_a_sitting_that_moves_or_is_cancelled_gives_its_room_back():
    talk, (one, _two) = a_house_with_two_rooms()
    row = a_sitting(talk, room_id=one, place="")

    def change(**said):
        plan = talks.Plan(**({"mode": "in_person", "starts_at": row.starts_at, "ends_at": row.ends_at} | said))  # fmt: skip
        row.refresh_from_db()
        return talks.change_sitting(number=talk.number, sitting_id=row.pk, changes=row.changes, plan=plan, actor=talk.me, at=LATER)  # fmt: skip

    later = change(room_id=one, starts_at=MONDAY + 2 * DAY, ends_at=MONDAY + 2 * DAY + HOUR)
    assert Booking.objects.filter(cancelled_at=None).get().starts_at == later.starts_at
    with pytest.raises(Invalid):
        change(place=later.place)  # the room's name without the room
    change(place="当事人家中")
    assert not Booking.objects.filter(cancelled_at=None).exists()
    change(room_id=one)
    talks.cancel_sitting(number=talk.number, sitting_id=row.pk, reason="改期", actor=talk.me, at=LATER)  # fmt: skip
    assert not Booking.objects.filter(cancelled_at=None).exists()


def test_what_is_planned_when_the_mediation_ends_keeps_no_room():
    talk, (one, _two) = a_house_with_two_rooms()
    a_sitting(talk, room_id=one, place="")

    assert talks.call_off(matter_id=talk.row.pk, at=LATER) == 1

    assert not Booking.objects.filter(cancelled_at=None).exists()
    assert queries.rooms_to_lend(talk.row.area_path)
