"""Issued, signed for, answered, sent back, urged, passed on, changed, closed, withdrawn; and told in time."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.accounts.tests.builders import trail
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import local
from gongzhi.duty import actions, queries
from gongzhi.duty.models import Receiver, Record, Wording
from gongzhi.duty.tests.builders import MONDAY, a_house, issued, part, step

pytestmark = pytest.mark.django_db
Notice = apps.get_model("notices", "Notice")
HOUR = timedelta(hours=1)


def boxes(house, name, at=MONDAY):
    return {
        box: [
            row.instruction.title
            for row in queries.instructions_page(house.actor(name), box=box, at=at)[1]
        ]
        for box in ("todo", "review", "late", "sent", "all")
    }


def seen(house, row, name, at=MONDAY):
    return queries.detail(house.actor(name), row.number, at=at)


def test_an_instruction_runs_from_issue_to_done():
    house = a_house()
    row = issued(house)
    one = part(row, house, "one")

    step(house, one, "sign", "zhan")
    step(house, one, "answer", "xu")
    one = step(house, one, "accept", "tan")

    assert (one.state, one.signed_by_name, one.signed_version) == ("accepted", "Zhan", 1)
    assert [record.deed for record in Record.objects.order_by("id")] == [
        "issue",
        "sign",
        "answer",
        "accept",
    ]
    assert trail(subject=f"instruction:{row.number}").count() == 4


def test_the_two_clocks_come_from_the_rules_of_the_urgency():
    house = a_house()

    urgent = part(issued(house), house, "one")
    ordinary = part(issued(house, urgency="ordinary"), house, "one")

    assert (urgent.receipt_due_at, urgent.due_at) == (MONDAY + HOUR, MONDAY + 24 * HOUR)
    assert ordinary.receipt_due_at == local(
        "2026-11-23 15:00"
    )  # four hours of service, noon does not count
    assert ordinary.due_at.astimezone(MONDAY.tzinfo).date().isoformat() == "2026-11-26"


def test_a_receipt_is_never_due_after_the_answer():
    house = a_house()

    one = part(issued(house, due_at=MONDAY + HOUR / 2), house, "one")

    assert one.receipt_due_at == one.due_at == MONDAY + HOUR / 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"text": ""}, "text"), ({"receiver_ids": []}, "units"), ({"urgency": "x"}, "urgency"),
        ({"due_at": MONDAY}, "due_at"), ({"numbers": ["26-0001-8427-7"]}, "numbers"), ({"numbers": ["26-0001-8427-8"]}, "numbers"),
    ],
)  # fmt: skip
def test_what_cannot_be_issued_is_told_beside_its_field(changes, field):
    house = a_house()

    with pytest.raises(Invalid) as refusal:
        issued(house, **changes)

    assert field in refusal.value.problems
    assert Receiver.objects.count() == 0


def test_nobody_instructs_a_unit_that_is_not_below():
    house = a_house()

    with pytest.raises(Invalid):
        issued(house, "other")
    with pytest.raises(Invalid):
        issued(house, "city")
    with pytest.raises(OutOfReach):
        issued(house, "one", by="mei")
    with pytest.raises(OutOfReach):
        issued(house, "one", by="tan", unit="city")


def test_only_the_unit_itself_signs_and_only_the_issuer_accepts():
    house = a_house()
    one = part(issued(house), house, "one")

    for name in ("yu", "tan", "far"):
        with pytest.raises(OutOfReach):
            step(house, one, "sign", name)
    step(house, one, "sign", "xu")
    step(house, one, "answer", "xu")
    for name in ("xu", "far", "mei"):
        with pytest.raises(OutOfReach):
            step(house, one, "accept", name)


def test_moves_in_the_wrong_state_and_answers_without_words_are_refused():
    house = a_house()
    one = part(issued(house), house, "one")

    with pytest.raises(Refused):
        step(house, one, "answer", "xu")
    step(house, one, "sign", "xu")
    with pytest.raises(Invalid):
        step(house, one, "answer", "xu", note=" ")
    with pytest.raises(Refused):
        step(house, one, "vanish", "xu")


def test_an_answer_that_is_sent_back_is_answered_again():
    house = a_house()
    one = part(issued(house), house, "one")
    step(house, one, "sign", "xu")
    step(house, one, "answer", "xu")

    with pytest.raises(Invalid):
        step(house, one, "send_back", "tan", note="")
    one = step(house, one, "send_back", "tan", note="缺照片")
    assert (one.state, one.answered_at) == ("returned", None)

    assert step(house, one, "answer", "xu").state == "answered"


def test_each_sees_their_own_part_and_the_issuer_sees_all():
    house = a_house()
    row = issued(house)
    step(house, part(row, house, "one"), "sign", "xu", note="收到，马上办")

    both = {"胜和工作站", "元美工作站"}
    assert {one.unit_name for one in seen(house, row, "tan").receivers} == both
    assert [one.unit_name for one in seen(house, row, "yu").receivers] == ["元美工作站"]
    assert "收到，马上办" not in [line.record.note for line in seen(house, row, "yu").lines]
    assert set(seen(house, row, "yu").addressed_to) == both
    assert {one.unit_name for one in seen(house, row, "sun").receivers} == both
    for name in ("far", "bo"):
        with pytest.raises(OutOfReach):
            seen(house, row, name)


def test_the_boxes_say_whose_move_it_is():
    house = a_house()
    row = issued(house, "one")
    one = part(row, house, "one")
    assert boxes(house, "xu")["todo"] == ["排查积水点"]
    assert boxes(house, "tan") == {
        "todo": [],
        "review": [],
        "late": [],
        "sent": ["排查积水点"],
        "all": ["排查积水点"],
    }
    assert boxes(house, "tan", at=MONDAY + 2 * HOUR)["late"] == ["排查积水点"]

    step(house, one, "sign", "xu")
    step(house, one, "answer", "xu")

    assert boxes(house, "xu")["todo"] == []
    assert boxes(house, "tan")["review"] == ["排查积水点"]
    assert boxes(house, "far")["all"] == []


def test_what_comes_from_above_is_passed_on_and_its_progress_is_seen_there():
    house = a_house()
    top = issued(house, "town", "other", by="sun", unit="city")
    town = part(top, house, "town")
    with pytest.raises(Refused):
        issued(house, parent_id=town.pk)
    step(house, town, "sign", "lin")
    with pytest.raises(Invalid):
        issued(house, parent_id=town.pk, due_at=MONDAY + 48 * HOUR)

    child = issued(house, parent_id=town.pk, due_at=MONDAY + 20 * HOUR)
    step(house, part(child, house, "one"), "sign", "xu")
    step(house, part(child, house, "two"), "sign", "yu")
    step(house, part(child, house, "two"), "answer", "yu")
    step(house, part(child, house, "two"), "accept", "tan")

    detail = seen(house, top, "sun")
    below = next(one for one in detail.receivers if one.unit_name == "南城中心").below
    assert below
    assert (below.total, below.signed, below.done, below.percent) == (2, 2, 1, 50)
    assert (detail.whole.total, detail.whole.done) == (4, 1)
    assert seen(house, child, "tan").parent == top
    with pytest.raises(OutOfReach):
        issued(house, "one", parent_id=town.pk, by="far", unit="other")


def test_a_changed_text_is_signed_for_anew_and_the_old_one_stays():
    house = a_house()
    row = issued(house)
    one, two = part(row, house, "one"), part(row, house, "two")
    for receiver, name in ((one, "xu"), (two, "yu")):
        step(house, receiver, "sign", name)
    step(house, two, "answer", "yu")
    step(house, two, "accept", "tan")
    change = {
        "number": row.number,
        "text": "改为明早 8 时前反馈。",
        "reason": "预警升级",
        "actor": house.actor("tan"),
        "at": MONDAY + HOUR,
    }

    actions.amend(version=1, **change)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.receipt_due_at, two.state) == (
        "to_receive",
        MONDAY + 2 * HOUR,
        "accepted",
    )
    assert [wording.version for wording in seen(house, row, "xu").wordings] == [2, 1]
    with pytest.raises(Refused):
        actions.amend(version=1, **change)
    assert step(house, one, "sign", "xu").signed_version == 2
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Wording.objects.update(text="另一句话")


def test_an_instruction_is_closed_when_all_is_done_or_with_a_reason():
    house = a_house()
    row = issued(house)
    one = part(row, house, "one")
    step(house, one, "sign", "xu")
    step(house, one, "answer", "xu")
    close = {"number": row.number, "actor": house.actor("tan"), "at": MONDAY + HOUR}
    with pytest.raises(Refused):
        actions.close(note="", **close)
    step(house, one, "accept", "tan")
    with pytest.raises(Invalid):
        actions.close(note="", **close)

    actions.close(note="其余单位无积水点", **close)

    assert sorted(Receiver.objects.values_list("state", flat=True)) == ["accepted", "ended"]
    with pytest.raises(Refused):
        step(house, part(row, house, "two"), "sign", "yu")


def test_what_is_withdrawn_ends_on_the_levels_below_too():
    house = a_house()
    top = issued(house, "town", by="sun", unit="city")
    step(house, part(top, house, "town"), "sign", "lin")
    child = issued(house, parent_id=part(top, house, "town").pk, due_at=MONDAY + HOUR)

    actions.withdraw(
        number=top.number, reason="预警解除", actor=house.actor("sun"), at=MONDAY + HOUR
    )

    child.refresh_from_db()
    assert child.state == "withdrawn"
    assert set(Receiver.objects.values_list("state", flat=True)) == {"ended"}


def test_a_delay_is_told_once_for_the_receipt_and_once_for_the_answer():
    house = a_house()
    issued(house, "one")

    assert actions.note_late(at=MONDAY + HOUR / 2) == 0
    assert actions.note_late(at=MONDAY + 2 * HOUR) == 1
    assert actions.note_late(at=MONDAY + 3 * HOUR) == 0
    assert actions.note_late(at=MONDAY + 30 * HOUR) == 1
    assert list(
        Record.objects.filter(deed="late").order_by("id").values_list("note", flat=True)
    ) == ["receipt", "answer"]


def told(house, name):
    return list(
        Notice.objects.filter(person=house.people[name])
        .order_by("id")
        .values_list("subject", flat=True)
    )


def test_those_concerned_are_told():
    house = a_house()
    row = issued(house, "one")
    one = part(row, house, "one")
    actions.tell_issued(instruction_id=row.pk, at=MONDAY)
    for deed, note in (("urge", ""), ("answer", "已排查"), ("accept", "")):
        actions.tell_moved(receiver_id=one.pk, deed=deed, note=note, by_name="Tan", at=MONDAY)
    actions.tell_late(receiver_id=one.pk, what="receipt", at=MONDAY)

    assert told(house, "xu") == [
        "【急件】指令待签收：排查积水点",
        "催办指令：排查积水点",
        "指令采纳：排查积水点",
        "指令超时：排查积水点",
    ]
    assert told(house, "tan") == ["指令已反馈：排查积水点", "指令超时：排查积水点"]
    assert told(house, "yu") == []


def test_all_who_owe_are_urged_at_once():
    house = a_house()
    row = issued(house)
    step(house, part(row, house, "one"), "sign", "xu")
    step(house, part(row, house, "one"), "answer", "xu")

    assert actions.urge_all(number=row.number, actor=house.actor("tan"), at=MONDAY) == 1
    assert part(row, house, "two").urged_count == 1
    with pytest.raises(OutOfReach):
        actions.urge_all(number=row.number, actor=house.actor("far"), at=MONDAY)


def test_a_page_of_instructions_costs_the_same_for_one_as_for_twenty():
    house = a_house()
    issued(house)
    actor = house.actor("tan")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            queries.instructions_page(actor, box="all", at=MONDAY)
        return len(asked)

    first = cost()
    for _number in range(5):
        issued(house)

    assert cost() == first == 2


def test_an_instruction_is_found_by_number_words_and_matter():
    house = a_house()
    row = issued(house)

    for text in (row.number, row.number.lower().replace("-", " - "), "积水", "暴雨"):
        _page, rows = queries.instructions_page(house.actor("tan"), box="all", text=text, at=MONDAY)
        assert [one.instruction for one in rows] == [row], text
    assert queries.instructions_page(house.actor("tan"), box="all", text="积雪", at=MONDAY)[1] == []
