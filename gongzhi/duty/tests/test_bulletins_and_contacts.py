"""Bulletins are read by units and recalled with a reason; the contact book holds posts, not people."""

from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty import actions, queries
from gongzhi.duty.models import Contact, Reader
from gongzhi.duty.tests.builders import MONDAY, a_house

pytestmark = pytest.mark.django_db
Notice = apps.get_model("notices", "Notice")
WEEK = timedelta(days=7)


def published(house, *units, by="tan", unit="town", **changes):
    facts = {
        "unit_id": house.unit(unit), "title": "国庆值班安排", "text": "请各站按时到岗。", "valid_until": MONDAY + WEEK,
        "reader_ids": [house.unit(one) for one in units or ("one", "two")],
    }  # fmt: skip
    return actions.publish_bulletin(
        draft=actions.BulletinDraft(**(facts | changes)), actor=house.actor(by), at=MONDAY
    )


def titles(house, name, box="current", at=MONDAY):
    _page, rows = queries.bulletins_page(house.actor(name), box=box, at=at)
    return [row.bulletin.title for row in rows]


def reader(row, house, unit):
    return Reader.objects.get(bulletin=row, unit=house.unit(unit))


def test_a_bulletin_is_read_by_units_and_the_sender_sees_by_whom():
    house = a_house()
    row = published(house)
    assert titles(house, "xu", "unread") == ["国庆值班安排"]

    actions.confirm_read(reader_id=reader(row, house, "one").pk, actor=house.actor("xu"), at=MONDAY)
    actions.confirm_read(
        reader_id=reader(row, house, "one").pk, actor=house.actor("zhan"), at=MONDAY + WEEK / 2
    )

    assert titles(house, "xu", "unread") == []
    readers = queries.bulletin(house.actor("tan"), row.pk, at=MONDAY).readers
    assert [(one.unit_name, one.reader.read_by_name) for one in readers] == [
        ("胜和工作站", "Xu"),
        ("元美工作站", ""),
    ]
    assert [
        one.unit_name for one in queries.bulletin(house.actor("yu"), row.pk, at=MONDAY).readers
    ] == ["元美工作站"]


def test_nobody_confirms_for_another_unit_or_sees_what_is_not_theirs():
    house = a_house()
    row = published(house, "one")

    with pytest.raises(OutOfReach):
        actions.confirm_read(
            reader_id=reader(row, house, "one").pk, actor=house.actor("yu"), at=MONDAY
        )
    for name in ("far", "yu", "bo"):
        assert titles(house, name, "all") == []
        with pytest.raises(OutOfReach):
            queries.bulletin(house.actor(name), row.pk, at=MONDAY)


def test_a_bulletin_goes_down_only():
    house = a_house()

    with pytest.raises(Invalid):
        published(house, "other")
    with pytest.raises(OutOfReach):
        published(house, by="mei")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": ""}, "title"), ({"text": " "}, "text"), ({"reader_ids": []}, "units"), ({"valid_until": MONDAY}, "valid_until")],
)  # fmt: skip
def test_what_cannot_be_published_is_told(changes, field):
    with pytest.raises(Invalid) as refusal:
        published(a_house(), **changes)

    assert field in refusal.value.problems


def test_a_recalled_bulletin_says_why_and_is_confirmed_no_more():
    house = a_house()
    row = published(house)
    with pytest.raises(Invalid):
        actions.recall_bulletin(bulletin_id=row.pk, reason="", actor=house.actor("tan"), at=MONDAY)
    with pytest.raises(OutOfReach):
        actions.recall_bulletin(
            bulletin_id=row.pk, reason="有误", actor=house.actor("xu"), at=MONDAY
        )

    actions.recall_bulletin(
        bulletin_id=row.pk, reason="日期有误", actor=house.actor("tan"), at=MONDAY
    )

    assert (titles(house, "xu"), titles(house, "xu", "past")) == ([], ["国庆值班安排"])
    with pytest.raises(Refused):
        actions.confirm_read(
            reader_id=reader(row, house, "one").pk, actor=house.actor("xu"), at=MONDAY
        )


def test_what_is_no_longer_in_force_moves_to_the_past():
    house = a_house()
    published(house)

    later = MONDAY + WEEK

    assert (titles(house, "xu", at=later), titles(house, "xu", "past", at=later)) == (
        [],
        ["国庆值班安排"],
    )


def test_the_people_of_the_units_are_told_of_both():
    house = a_house()
    row = published(house, "one")
    actions.tell_bulletin(bulletin_id=row.pk, at=MONDAY)
    actions.recall_bulletin(
        bulletin_id=row.pk, reason="日期有误", actor=house.actor("tan"), at=MONDAY
    )
    actions.tell_bulletin(bulletin_id=row.pk, at=MONDAY)

    told = (
        Notice.objects.filter(person=house.people["xu"])
        .order_by("id")
        .values_list("subject", flat=True)
    )
    assert list(told) == ["通知：国庆值班安排", "通知已撤回：国庆值班安排"]


def contact(house, by="tan", unit="town", **changes):
    facts = {
        "unit_id": house.unit(unit),
        "post": "值班室",
        "phone": "0769-22830000",
        "hours": "24 小时",
    }
    return actions.add_contact(
        draft=actions.ContactDraft(**(facts | changes)), actor=house.actor(by), at=MONDAY
    )


def book(house, name, **narrow):
    return [row.contact.phone for row in queries.contacts_page(house.actor(name), **narrow)[1]]


def test_one_sees_the_numbers_below_and_those_one_turns_to():
    house = a_house()
    for unit, by, phone in (
        ("city", "sun", "0769-1"),
        ("town", "tan", "0769-2"),
        ("other", "far", "0769-3"),
        ("one", "zhan", "0769-4"),
    ):
        contact(house, by, unit, phone=f"{phone}000")

    assert book(house, "lin") == ["0769-1000", "0769-2000", "0769-4000"]
    assert book(house, "xu") == ["0769-1000", "0769-2000", "0769-4000"]
    assert book(house, "yu") == ["0769-1000", "0769-2000"]
    assert book(house, "lin", text="胜和") == ["0769-4000"]
    assert book(house, "lin", text="2000") == ["0769-2000"]


def test_somebodys_own_number_is_entered_by_themself_alone():
    house = a_house()
    house.people["lin"].phone = "13800138000"
    house.people["lin"].save()

    with pytest.raises(Invalid) as refusal:
        contact(house, phone="138 0013 8000")
    assert "phone" in refusal.value.problems
    draft = actions.ContactDraft(house.unit("town"), "", "13800138000")
    row = actions.enter_own_number(draft=draft, actor=house.actor("lin"), at=MONDAY)

    assert book(house, "mei") == ["13800138000"]
    for name in ("tan", "sun"):
        with pytest.raises(OutOfReach):
            actions.remove_contact(contact_id=row.pk, actor=house.actor(name), at=MONDAY)
    actions.remove_contact(contact_id=row.pk, actor=house.actor("lin"), at=MONDAY)
    assert Contact.objects.count() == 0


def test_the_book_is_kept_by_those_who_may_and_holds_nothing_twice():
    house = a_house()
    row = contact(house)

    for by, unit in (("lin", "town"), ("tan", "other"), ("tan", "city")):
        with pytest.raises(OutOfReach):
            contact(house, by, unit, post="传真")
    with pytest.raises(Invalid):
        contact(house)
    with pytest.raises(Invalid):
        contact(house, phone="不知道")
    draft = actions.ContactDraft(house.unit("town"), "值班室", "0769-22830001", "24 小时")
    assert (
        actions.change_contact(
            contact_id=row.pk, draft=draft, actor=house.actor("tan"), at=MONDAY
        ).phone
        == "0769-22830001"
    )


def test_a_room_is_a_plain_address_and_nothing_that_runs():
    house = a_house()
    draft = {"unit_id": house.unit("town"), "name": "指挥大厅", "kind": "video"}

    with pytest.raises(Invalid):
        actions.add_room(
            draft=actions.RoomDraft(**draft, url="javascript:alert(1)"),
            actor=house.actor("tan"),
            at=MONDAY,
        )
    row = actions.add_room(
        draft=actions.RoomDraft(**draft, url="https://meet.example.org/8801"),
        actor=house.actor("tan"),
        at=MONDAY,
    )

    assert [(one.unit_name, one.room.url) for one in queries.rooms(house.actor("xu"))] == [
        ("南城中心", "https://meet.example.org/8801")
    ]
    with pytest.raises(OutOfReach):
        actions.remove_room(room_id=row.pk, actor=house.actor("far"), at=MONDAY)
