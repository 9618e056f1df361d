"""A court's messages: once, twice, late, out of order, unknown, unsigned, unreadable."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import OutOfReach
from gongzhi.base.tests.builders import local
from gongzhi.disputes import queries as disputes
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.clients import Answer
from gongzhi.docking.models import Complaint, Docket, Message
from gongzhi.docking.tests.builders import NUMBER, Post, a_case, a_court, a_message, desk, sent
from gongzhi.matters import queries as matters
from tests.cast import MONDAY, a_town

Matter = apps.get_model("matters", "Matter")

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _world() -> None:
    from gongzhi.disputes.actions import load_kinds  # noqa: PLC0415

    a_town()
    load_kinds()
    a_court()


def test_a_delegated_case_becomes_a_dispute_with_the_courts_number_and_its_clocks():
    docket = a_case(at=MONDAY)

    matter = Matter.objects.get(pk=docket.matter_id)
    assert (matter.kind, matter.source, matter.outside_number) == ("dispute", "court", NUMBER)
    assert "陈甲" not in matter.title
    assert docket.stages.get(code="accept").due_at == local(
        "2026-11-26 23:59:59"
    )  # art. 12: three working days
    assert (docket.panel, docket.channel, docket.next_step) == ("invited", "online", "accept")
    assert all(will.answer for will in disputes.wills(docket.matter_id, "mediation"))


def test_the_same_message_twice_is_one_case_and_the_same_answer():
    first = sent(a_message(), at=MONDAY)
    second = sent(a_message(), at=MONDAY + DAY)

    assert (second.status, second.matter, second.message) == (200, first.matter, first.message)
    assert (Docket.objects.count(), Message.objects.get().copies) == (1, 1)


def test_the_same_case_under_another_message_number_is_not_entered_again():
    first = sent(a_message(), at=MONDAY)
    second = sent(a_message(id="court-message-0002"), at=MONDAY)

    assert (second.status, second.matter) == (200, first.matter)
    assert Docket.objects.count() == 1


def test_a_number_used_for_another_message_is_refused():
    sent(a_message(), at=MONDAY)

    answer = sent(a_message(data={"wish": "另一件事。"}), at=MONDAY)

    assert answer.status == 409
    assert Docket.objects.count() == 1


def test_a_message_for_an_unknown_case_is_answered_and_taken_once_the_case_is_there():
    early = a_message("case.withdraw", id="court-message-0009", data={"reason": "原告撤回"})

    assert sent(early, at=MONDAY).status == 404
    a_case(at=MONDAY)
    assert sent(early, at=MONDAY + DAY).status == 200
    assert Docket.objects.get().state == "withdrawn"


def test_an_older_message_that_comes_late_changes_nothing():
    a_case(at=MONDAY, seq=5)

    late = sent(
        a_message("case.withdraw", id="court-message-0003", seq=4, data={"reason": "旧报文"}),
        at=MONDAY,
    )

    assert (late.status, late.state) == (200, "ignored")
    assert Docket.objects.get().state == "open"


def test_a_step_that_is_not_under_way_is_answered_with_a_sentence():
    a_case(at=MONDAY)

    answer = sent(
        a_message("step.done", id="court-message-0004", data={"step": "docket"}), at=MONDAY
    )

    assert answer.status == 409
    assert "登记立案" in answer.message


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"id": "kurz"}, "id"), ({"kind": "case.steal"}, "kind"), ({"case_number": None}, "case_number"),
        ({"data": {"area": "../etc"}}, "area"), ({"data": {"sides": []}}, "sides"), ({"sent_at": "gestern"}, "gestern"),
        ({"data": {"amount": -1}}, "amount"), ({"kind": "case.result"}, "case.result"), ({"extra": 1}, "extra"),
        ({"data": {"area": "999999/"}}, "999999/"), ({"data": {"cause": "星际航行纠纷"}}, "星际航行纠纷"),
        ({"data": {"kind": "space.travel"}}, ""),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_schema_is_answered_with_the_place(change: dict[str, Any], word: str):
    message = a_message(**{name: value for name, value in change.items() if name != "kind"})
    message |= {"kind": change["kind"]} if "kind" in change else {}

    answer = sent(message, at=MONDAY)

    assert answer.status == 422
    assert word in answer.message
    assert Docket.objects.count() == 0


def test_one_person_on_both_sides_opens_nothing():
    number = "441900199001011234"
    sides = [{"side": "applicant", "name": "陈甲", "id_number": number}, {"side": "respondent", "name": "陈甲", "id_number": number}]  # fmt: skip

    answer = sent(a_message(data={"sides": sides}), at=MONDAY)

    assert answer.status == 422
    assert Matter.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"{", b"null", b"[" * 5000])
def test_rubbish_is_answered_not_raised(body: bytes):
    assert sent(body, at=MONDAY).status == 422


def test_what_json_does_not_know_is_turned_away_and_what_no_keyboard_writes_is_left_out():
    body = json.dumps(a_message()).replace("8600", "NaN").encode()
    assert sent(body, at=MONDAY).status == 422

    odd = json.dumps(
        a_message(data={"story": "漏\0水\ud800。"})
    ).encode()  # escaped, as JSON may carry them
    assert sent(odd, at=MONDAY).status == 200
    assert disputes.dispute(Docket.objects.get().matter_id).story == "漏水。"


def test_a_day_without_an_hour_may_be_the_day_the_step_began():
    message = a_message()
    del message["data"]["appointed_at"]
    sent(message, at=MONDAY)
    docket = Docket.objects.get()

    told = sent(a_message("step.done", id="court-message-0002", data={"step": "choose", "on": f"{MONDAY:%Y-%m-%d}"}), at=MONDAY)  # fmt: skip

    assert told.status == 200, told.message
    assert docket.stages.get(code="choose").done_at == MONDAY


def test_each_message_is_signed_with_the_moment_it_is_sent():
    docket = a_case(at=MONDAY)
    actions.finish(docket_id=docket.pk, step="accept", actor=desk(), at=MONDAY + DAY)
    actions.finish(docket_id=docket.pk, step="contact", actor=desk(), at=MONDAY + DAY)
    post, moments = Post(), iter((MONDAY + DAY, MONDAY + DAY + timedelta(minutes=9)))

    actions.send_waiting(at=MONDAY + DAY, post=post, now=lambda: next(moments))

    first, second = (int(one["signature"].split(",")[0].removeprefix("t=")) for one in post.got)
    assert second - first == 9 * 60


def test_when_the_time_of_keeping_is_over_nothing_of_the_case_names_anybody():
    docket = a_case(at=MONDAY)
    actions.finish(docket_id=docket.pk, step="accept", actor=desk(), at=MONDAY + DAY)
    actions.complain(docket_id=docket.pk, ground="forced", text="调解员偏袒李乙", actor=desk(), at=MONDAY + DAY)  # fmt: skip
    actions.end(docket_id=docket.pk, ending="other", result="陈甲同意", facts="李乙认可", actor=desk(), at=MONDAY + DAY)  # fmt: skip

    actions.forget(matter_id=docket.matter_id)

    docket.refresh_from_db()
    assert (docket.result, docket.facts) == ("", "")
    assert set(Message.objects.values_list("body", flat=True)) == {"{}"}
    assert [one.text for one in Complaint.objects.all()] == [""]


def test_a_message_opens_for_whoever_works_on_the_case_not_for_who_may_look_at_the_place():
    docket = a_case(at=MONDAY)
    message = Message.objects.get(docket=docket)
    here, far = "441900/004/", "441900/005/"
    looks = Grant(frozenset({str(Can.VIEW)}), area=here)
    works_far = Grant(frozenset({str(Can.ACCEPT), str(Can.VIEW)}), area=far)

    with pytest.raises(OutOfReach):
        queries.message(Actor(8, "看", (looks, works_far)), message.pk)
    works_here = Grant(frozenset({str(Can.ACCEPT)}), area=here)
    assert queries.message(Actor(8, "办", (works_here,)), message.pk) == message


def test_what_was_written_to_the_court_is_read_with_the_file_alone():
    docket = a_case(at=MONDAY)
    reader = Actor(8, "看", (Grant(frozenset({str(Can.VIEW)})),))
    worker = Actor(9, "办", (Grant(frozenset({str(Can.VIEW), "disputes.triage"})),))

    assert not queries.detail(reader, docket.pk, at=MONDAY).may_read
    assert queries.detail(
        worker, docket.pk, at=MONDAY
    ).may_read  # until a body is chosen, who triages


def test_without_the_courts_key_nothing_is_read():
    assert sent(a_message(), at=MONDAY, key="guess").status == 401
    assert sent(a_message(), at=MONDAY, code="nobody").status == 401
    body = json.dumps(a_message()).encode()
    assert actions.take(partner_code="court-1", body=body, signature="t=1,v1=00", at=MONDAY).status == 401  # fmt: skip
    assert Message.objects.count() == 0


def test_the_key_before_is_understood_until_the_next_renewal():
    court = a_court(code="court-2")
    actions.renew_key(partner_id=court.pk, actor=desk(), at=MONDAY)

    assert sent(a_message(), at=MONDAY, code="court-2").status == 200
    actions.renew_key(partner_id=court.pk, actor=desk(), at=MONDAY)
    assert sent(a_message(id="court-message-0007"), at=MONDAY, code="court-2").status == 401


def test_our_answer_goes_out_signed_is_tried_again_and_sent_once():
    docket = a_case(at=MONDAY)
    actions.finish(docket_id=docket.pk, step="accept", actor=desk(), at=MONDAY + DAY)
    post = Post(Answer(0, "无人应答"), Answer(200, "收到"))

    assert actions.send_waiting(at=MONDAY + DAY, post=post) == 0
    assert actions.send_waiting(at=MONDAY + DAY, post=post) == 0  # not due again yet
    assert actions.send_waiting(at=MONDAY + DAY + timedelta(minutes=2), post=post) == 1
    assert actions.send_waiting(at=MONDAY + 2 * DAY, post=post) == 0
    assert [one["body"]["kind"] for one in post.got] == ["case.accepted"] * 2
    assert post.got[0]["body"]["id"] == post.got[1]["body"]["id"]
    assert post.got[0]["body"]["data"]["matter"] == matters.standing(docket.matter_id).number


def test_a_message_the_court_refuses_stays_with_its_sentence_until_a_person_sends_it_again():
    docket = a_case(at=MONDAY)
    actions.refuse(docket_id=docket.pk, reason="不属于本会受理范围", actor=desk(), at=MONDAY + DAY)
    actions.send_waiting(at=MONDAY + DAY, post=Post(Answer(422, "案号不存在")))
    message = Message.objects.get(kind="case.refused")

    assert (message.state, message.answer) == ("failed", "案号不存在")
    actions.send_again(message_id=message.pk, actor=desk(), at=MONDAY + 2 * DAY)
    assert actions.send_waiting(at=MONDAY + 2 * DAY, post=Post()) == 1
