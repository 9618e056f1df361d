"""Reaching a side that does not answer, and its answer in a minute."""

from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.tests.builders import a_dispute, make_move
from gongzhi.matters.events import MatterMoved
from gongzhi.talks import actions, queries
from gongzhi.talks.models import Answer, Attempt, Invitation
from gongzhi.talks.reactions import follow_dispute
from gongzhi.talks.tests.builders import DAY, HOUR, KEY, LATER, a_link, an_attempt, talks
from tests.cast import MONDAY

Delivery = apps.get_model("notices", "Delivery")
Notice = apps.get_model("notices", "Notice")
Party = apps.get_model("disputes", "Party")

pytestmark = pytest.mark.django_db


def answer(code, choice="take_part", *, at=LATER, **said):
    return actions.answer(code=code, said=actions.Said(choice=choice, **said), at=at)


def moved(row, move, target):
    return MatterMoved(row.pk, row.matter.number, "dispute", "", move, "", target, "", "", None, None, None, None, is_urgent=False, actor_id=0, at=MONDAY)  # fmt: skip


def test_after_the_triage_the_other_side_is_to_be_reached_within_three_working_days():
    talk = talks(state="asked")

    follow_dispute(moved(talk.row, "triage", "to_consent"))
    follow_dispute(moved(talk.row, "triage", "to_consent"))

    row = Attempt.objects.get()
    assert (row.party_id, row.way, str(row.due_on)) == (talk.sides[1].id, "call", "2026-11-26")


def test_unreachable_is_a_ground_only_after_three_attempts_on_record():
    talk = talks()
    an_attempt(talk, 1, at=MONDAY + HOUR)
    an_attempt(talk, 1, at=MONDAY + DAY)

    with pytest.raises(Refused) as refused:
        make_move(talk.row, "terminate", actor=talk.me, at=MONDAY + 2 * DAY, reason="联系不上", ground="unreachable", routes=["suit"])  # fmt: skip
    assert "第二十五条" in str(refused.value)

    an_attempt(talk, 1, at=MONDAY + 2 * DAY, way="visit")
    make_move(talk.row, "terminate", actor=talk.me, at=MONDAY + 3 * DAY, reason="联系不上", ground="unreachable", routes=["suit"])  # fmt: skip
    assert talk.row.outcome_reason == "unreachable"


def test_an_attempt_on_record_is_not_made_twice():
    talk = talks()
    row = actions.plan_attempt(
        number=talk.number, party_id=talk.sides[1].id, way="call", due_on=MONDAY.date(), actor=talk.me, at=MONDAY
    )  # fmt: skip
    an_attempt(talk, 1, at=LATER, attempt_id=row.pk)

    with pytest.raises(Refused):
        an_attempt(talk, 1, at=LATER, attempt_id=row.pk)


def test_a_side_takes_part_with_one_touch_and_twice_is_once():
    talk = talks(state="asked")
    code = a_link(talk.party(1))

    answer(code, key=KEY)
    answer(code.lower(), key=KEY, at=LATER + HOUR)

    assert Answer.objects.count() == 1
    assert [will.answer for will in disputes.wills(talk.row.pk, "mediation")] == [None, True]
    assert "参加" in Notice.objects.get(template__code="talk_staff").text


def test_a_minors_answer_is_a_wish_and_the_guardians_is_the_consent():
    talk = talks(state="asked")
    Party.objects.filter(pk=talk.party(1).pk).update(is_minor=True)
    child = talk.party(1)
    guardian = Party.objects.create(dispute=talk.row, seq=2, side=child.side, name="李母", code="GUARDIAN", capacity="guardian", represents=child)  # fmt: skip

    answer(a_link(child), "refuse")
    answer(a_link(child))

    assert [will.answer for will in disputes.wills(talk.row.pk, "mediation")] == [None, None]
    assert [one.choice for one in queries.answers_of(child.pk)] == ["take_part", "refuse"]
    assert "监护人" in Notice.objects.filter(template__code="talk_staff").latest("pk").text
    answer(a_link(guardian))
    assert [will.answer for will in disputes.wills(talk.row.pk, "mediation")] == [None, True]
    (reached,) = [one for one in queries.contact(talk.row.pk, on=MONDAY.date()) if one.answers]
    assert [one.is_wish for one in reached.answers] == [False, True, True]


def test_a_refusal_is_on_record_and_a_question_is_no_consent():
    talk = talks(state="asked")
    code = a_link(talk.party(1))

    answer(code, "ask", words="要带什么材料？")
    assert [will.answer for will in disputes.wills(talk.row.pk, "mediation")] == [None, None]
    answer(code, "refuse")
    assert [will.answer for will in disputes.wills(talk.row.pk, "mediation")] == [None, False]


@pytest.mark.parametrize(
    "said",
    [{"choice": "marry"}, {"choice": "ask"}, {"choice": "propose"}, {"choice": "propose", "proposed_at": MONDAY}],
)  # fmt: skip
def test_an_answer_that_says_nothing_is_asked_for_again(said):
    talk = talks(state="asked")

    with pytest.raises(Invalid):
        answer(a_link(talk.party(1)), **said)


def test_a_dead_link_takes_no_answer_and_a_new_one_comes_by_number_and_telephone():
    talk = talks(state="asked")
    code = a_link(talk.party(1))

    with pytest.raises(Refused):
        answer(code, at=MONDAY + 8 * DAY)
    assert actions.renew_link(number=talk.number, phone="138 0000 0002", at=MONDAY + 8 * DAY) == 1
    assert actions.renew_link(number=talk.number, phone="13899999999", at=MONDAY + 8 * DAY) == 0
    fresh = Invitation.objects.latest("pk")
    answer(fresh.code, at=MONDAY + 8 * DAY + HOUR)

    assert f"/d/{fresh.code}" in Delivery.objects.latest("pk").text


def test_new_links_are_not_given_without_end():
    talk = talks(state="asked")

    sent = [actions.renew_link(number=talk.number, phone="13800000002", at=LATER + timedelta(minutes=n)) for n in range(5)]  # fmt: skip

    assert sent == [1, 1, 1, 0, 0]


def test_a_code_nobody_was_given_opens_nothing():
    with pytest.raises(OutOfReach):
        answer("ABCDEFGHJKMN")


def test_nothing_is_sent_to_a_telephone_that_others_read():
    talk = talks(state="asked")
    side = talk.sides[1].id
    actions.set_phone_care(number=talk.number, party_id=side, is_shared=True, hours="9–11点", actor=talk.me, at=MONDAY)  # fmt: skip

    with pytest.raises(Refused):
        actions.send_link(number=talk.number, party_id=side, actor=talk.me, at=LATER)
    assert actions.renew_link(number=talk.number, phone="13800000002", at=LATER) == 0
    assert not Delivery.objects.exists()


def test_a_letter_carries_the_code_and_counts_as_an_attempt():
    talk = talks(state="asked")
    row = actions.make_letter(number=talk.number, party_id=talk.sides[1].id, actor=talk.me, at=LATER)  # fmt: skip

    paper = queries.letter_pdf(talk.row.pk, row.invitation_id, at=LATER)

    assert paper.startswith(b"%PDF")
    assert (row.way, row.outcome) == ("letter", "sent")


def test_a_stranger_to_the_file_reaches_nobody():
    talk = talks()
    talk.row.is_sealed = True
    talk.row.save()

    with pytest.raises(OutOfReach):
        queries.talk(talk.number, talk.clerk, "talks.contact")


def test_the_list_of_whom_to_reach_costs_the_same_for_one_dispute_and_for_many(
    django_assert_num_queries,
):
    talk = talks()
    rows = [
        talk.row,
        *(a_dispute(actor=talk.me, at=MONDAY, area_path=talk.row.area_path) for _n in range(2)),
    ]
    for row in rows:
        Attempt.objects.create(
            dispute=row,
            party=disputes.principals(row.pk)[0],
            way="call",
            due_on=MONDAY.date(),
            planned_at=MONDAY,
        )

    with django_assert_num_queries(2):
        _page, found = queries.desk_page(talk.me, queries.Asked(box="attempts"), at=MONDAY)

    assert len({one.number for one in found}) == 3
    assert all(one.side for one in found)
