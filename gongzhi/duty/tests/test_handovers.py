"""Written by one shift, signed by two people, then only added to."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty import actions, queries
from gongzhi.duty.models import Addition, Handover, Point
from gongzhi.duty.tests.builders import MONDAY, a_desk, a_house, issued, night_shift, put

pytestmark = pytest.mark.django_db
Notice = apps.get_model("notices", "Notice")
EVENING = MONDAY + timedelta(hours=9)


def begun(house, by="lin", at=EVENING):
    desk = a_desk(house)
    put(house, desk, "lin")
    put(house, desk, "mei", pattern=night_shift(desk))
    return actions.begin_handover(
        unit_id=desk.unit_id, actor=house.actor(by), at=at - timedelta(hours=1)
    )


def deed(house, row, name, by, **more):
    return getattr(actions, name)(handover_id=row.pk, actor=house.actor(by), at=EVENING, **more)


def signed(house):
    row = begun(house)
    deed(
        house,
        row,
        "add_point",
        "lin",
        number="",
        title="东城路口信号灯未恢复",
        note="明早 8 点复查",
    )
    row.refresh_from_db()
    row = deed(
        house, row, "write_handover", "lin", notes="今日平稳", point_notes={}, version=row.version
    )
    row.refresh_from_db()
    deed(house, row, "offer", "lin", version=row.version)
    deed(house, row, "take_over", "mei")
    row.refresh_from_db()
    return row


def test_a_handover_lists_what_is_open_and_who_was_there():
    house = a_house()
    row_of_city = issued(house, "town", by="sun", unit="city")
    until = MONDAY + timedelta(days=1)
    draft = actions.BulletinDraft(
        house.unit("city"), "暴雨黄色预警", "请加强值守。", until, [house.unit("town")]
    )
    actions.publish_bulletin(draft=draft, actor=house.actor("sun"), at=MONDAY)

    row = begun(house)

    assert row.shift == "2026-11-23 日班 08:30–18:00"
    assert row.crew == [["值班员", "Lin"]]
    assert [(point.kind, point.title) for point in row.points.order_by("place")] == [
        ("instruction", row_of_city.title), ("bulletin", "暴雨黄色预警"),
    ]  # fmt: skip


def test_two_people_sign_and_the_digest_proves_what_they_signed():
    house = a_house()
    row = signed(house)

    seen = queries.handover_detail(house.actor("tan"), row.pk)

    assert (row.state, row.outgoing_name, row.incoming_name) == ("signed", "Lin", "Mei")
    assert seen.is_whole
    assert len(row.digest) == 64


def test_what_is_signed_cannot_be_changed_by_anybody():
    house = a_house()
    row = signed(house)
    point = row.points.get()

    for change in (
        lambda: Handover.objects.filter(pk=row.pk).update(notes="别的"),
        lambda: Point.objects.filter(pk=point.pk).update(note="别的"),
        lambda: Point.objects.create(handover=row, kind="other", title="后加的", place=9),
        lambda: Handover.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        deed(house, row, "write_handover", "lin", notes="别的", point_notes={}, version=row.version)


def test_a_correction_is_an_addition_and_stays_too():
    house = a_house()
    row = signed(house)

    deed(house, row, "add_to_handover", "lin", text="信号灯 17:40 已恢复")

    assert [one.text for one in queries.handover_detail(house.actor("mei"), row.pk).additions] == [
        "信号灯 17:40 已恢复"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Addition.objects.update(text="别的")


def test_nobody_hands_over_to_themself():
    house = a_house()
    row = begun(house)
    deed(house, row, "offer", "lin", version=row.version)

    with pytest.raises(Refused):
        deed(house, row, "take_over", "lin")


def test_who_comes_may_send_it_back_with_a_reason():
    house = a_house()
    row = begun(house)
    deed(house, row, "offer", "lin", version=row.version)
    with pytest.raises(Refused):
        deed(house, row, "write_handover", "lin", notes="改", point_notes={}, version=row.version)
    with pytest.raises(Invalid):
        deed(house, row, "send_back", "mei", reason="")

    row = deed(house, row, "send_back", "mei", reason="未写明积水点")

    assert (row.state, row.outgoing, row.sent_back) == ("draft", None, "Mei：未写明积水点")


def test_words_written_at_the_same_time_are_not_lost():
    house = a_house()
    row = begun(house)
    deed(house, row, "write_handover", "lin", notes="甲", point_notes={}, version=row.version)

    with pytest.raises(Refused):
        deed(house, row, "write_handover", "qi", notes="乙", point_notes={}, version=row.version)

    row.refresh_from_db()
    assert row.notes == "甲"


def test_one_handover_of_a_desk_is_written_at_a_time_and_none_without_a_roster():
    house = a_house()
    row = begun(house)

    with pytest.raises(Refused):
        actions.begin_handover(unit_id=row.desk.unit_id, actor=house.actor("mei"), at=EVENING)
    a_desk(house, "one", "zhan")
    with pytest.raises(Refused):
        actions.begin_handover(unit_id=house.unit("one"), actor=house.actor("zhan"), at=EVENING)


def test_a_draft_is_thrown_away_with_a_reason():
    house = a_house()
    row = begun(house)

    deed(house, row, "discard_handover", "lin", reason="班次选错")

    assert Handover.objects.count() == 0


@pytest.mark.parametrize("number", ["26-0001-8427-8", "26-0001-8427-7", "12"])
def test_a_number_that_leads_nowhere_is_told(number):
    house = a_house()
    row = begun(house)

    with pytest.raises(Invalid):
        deed(house, row, "add_point", "lin", number=number, title="", note="")


def test_another_town_neither_sees_nor_signs():
    house = a_house()
    row = begun(house)

    with pytest.raises(OutOfReach):
        queries.handover_detail(house.actor("far"), row.pk)
    with pytest.raises(OutOfReach):
        deed(house, row, "offer", "far", version=row.version)


def test_the_next_shift_is_told_that_a_handover_waits():
    house = a_house()
    row = begun(house)
    deed(house, row, "offer", "lin", version=row.version)

    actions.tell_handover(handover_id=row.pk, at=EVENING)

    assert [notice.person_id for notice in Notice.objects.all()] == [house.id("mei")]
