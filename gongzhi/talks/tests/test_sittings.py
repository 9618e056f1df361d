"""Sittings are planned, held and written down; safety comes first."""

import icalendar
import pytest
from django.apps import apps

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes.tests.builders import all_agree
from gongzhi.talks import actions, queries
from gongzhi.talks.models import Minutes, SafetyPlan, SafetyStep, UndisputedFact
from gongzhi.talks.tests.builders import DAY, HOUR, LATER, a_sitting, talks
from tests.cast import MONDAY

Delivery = apps.get_model("notices", "Delivery")
Notice = apps.get_model("notices", "Notice")

pytestmark = pytest.mark.django_db
LINK = "https://meeting.tencent.com/dm/abc"
READ = "本人已阅读，内容属实"


def under_way(talk):
    row = a_sitting(talk)
    return actions.begin_sitting(number=talk.number, sitting_id=row.pk, actor=talk.me, at=MONDAY + DAY)  # fmt: skip


def written(talk, row, *, version=0, course="双方到场，各自陈述。", at=MONDAY + DAY):
    said = actions.Wording(
        present="双方当事人、调解员",
        facts="三月起漏水。",
        course=course,
        wording="乙方赔偿五百元。",
    )
    return actions.write_minutes(number=talk.number, sitting_id=row.pk, version=version, said=said, actor=talk.me, at=at)  # fmt: skip


def signs(talk, place, row, digest):
    return actions.sign_minutes(seat=talk.seat(place), sitting_id=row.pk, digest=digest, declared=READ, at=MONDAY + 2 * DAY)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_at": MONDAY - DAY}, "starts_at"),
        ({"ends_at": MONDAY + DAY}, "ends_at"),
        ({"ends_at": MONDAY + 9 * DAY}, "ends_at"),
        ({"place": " "}, "place"),
        ({"mode": "by_link"}, "link"),
        ({"mode": "by_link", "link": "http://meeting.tencent.com/1"}, "link"),
        ({"mode": "dream"}, "mode"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_not_made(said, field):
    with pytest.raises(Invalid) as told:
        a_sitting(talks(), **said)

    assert field in told.value.problems


def test_the_sides_hear_of_a_sitting_and_are_reminded_once():
    talk = talks()
    a_sitting(talk)
    told = Delivery.objects.count()

    assert actions.remind(at=MONDAY + 2 * HOUR) == 1
    assert actions.remind(at=MONDAY + 3 * HOUR) == 0
    assert (told, Delivery.objects.count()) == (2, 4)
    assert Notice.objects.filter(template__code="sitting_near", person_id=talk.me.id).count() == 1


def test_an_open_sitting_needs_every_side():
    talk = talks()

    with pytest.raises(Refused):
        a_sitting(talk, is_open=True)
    all_agree(talk.row, "open", actor=talk.me, at=MONDAY)
    assert a_sitting(talk, is_open=True).is_open


def test_who_does_not_want_a_link_is_met_face_to_face():
    talk = talks()
    actions.agree(seat=talk.seat(1), subject="online", answer=False, at=MONDAY)

    with pytest.raises(Refused):
        a_sitting(talk, mode="by_link", link=LINK)


def test_two_people_do_not_overwrite_each_others_plan():
    talk = talks()
    row = a_sitting(talk)
    plan = actions.Plan("in_person", MONDAY + DAY, MONDAY + DAY + HOUR, place="调解二室")

    def change():
        return actions.change_sitting(number=talk.number, sitting_id=row.pk, changes=0, plan=plan, actor=talk.me, at=LATER)  # fmt: skip

    assert change().changes == 1
    with pytest.raises(Refused):
        change()


def test_somebody_invited_comes_only_when_every_side_agrees():
    talk = talks()
    row = a_sitting(talk)
    guest = actions.invite(number=talk.number, sitting_id=row.pk, name="王邻居", role="neighbour", actor=talk.me, at=LATER)  # fmt: skip

    def seen():
        return queries.sitting(talk.row.pk, row.pk).invitees[0]

    assert not seen().is_admitted
    for side in talk.sides:
        actions.say_to_invitee(matter_id=talk.row.pk, party_id=side.id, invitee_id=guest.pk, answer=True, how="counter", actor=talk.me, at=LATER)  # fmt: skip
    assert seen().is_admitted


def test_minutes_are_signed_by_all_and_then_stand():
    talk = talks()
    row = under_way(talk)
    digest = written(talk, row).digest

    signs(talk, 0, row, digest)
    signs(talk, 0, row, digest)
    signs(talk, 1, row, digest)
    actions.sign_minutes_as_mediator(number=talk.number, sitting_id=row.pk, digest=digest, actor=talk.me, at=MONDAY + 2 * DAY)  # fmt: skip

    assert Minutes.objects.get().closed_at
    with pytest.raises(Refused):
        written(talk, row, version=1)
    assert queries.minutes_pdf(talk.row.pk, row.pk, at=MONDAY + 2 * DAY).startswith(b"%PDF")


def test_words_that_changed_are_signed_anew():
    talk = talks()
    row = under_way(talk)
    old = written(talk, row).digest
    signs(talk, 0, row, old)
    written(talk, row, version=1, course="改写后的经过。")

    with pytest.raises(Refused):
        signs(talk, 1, row, old)
    assert len(queries.sitting(talk.row.pk, row.pk).signed.open) == 2
    with pytest.raises(Refused):
        written(talk, row, version=1)


def test_only_facts_that_all_signed_go_out_and_no_offer_with_them():
    talk = talks()
    fact = actions.add_fact(number=talk.number, text="漏水始于今年三月。", actor=talk.me, at=LATER)

    with pytest.raises(Refused):
        queries.facts_paper(talk.row.pk)
    for place in (0, 1):
        actions.sign_fact(seat=talk.seat(place), fact_id=fact.pk, digest=fact.digest, declared=READ, at=LATER)  # fmt: skip
    actions.sign_fact_as_mediator(number=talk.number, fact_id=fact.pk, digest=fact.digest, actor=talk.me, at=LATER)  # fmt: skip

    assert UndisputedFact.objects.get().state == "signed"
    assert [paper.kind for paper in queries.papers_of(talk.row.pk, at=LATER)] == ["facts"]
    with pytest.raises(Refused):
        actions.strike_fact(number=talk.number, fact_id=fact.pk, actor=talk.me, at=LATER)


def test_a_minor_does_not_sign():
    talk = talks()
    party = talk.party(1)
    party.is_minor = True
    party.save()
    fact = actions.add_fact(number=talk.number, text="漏水始于今年三月。", actor=talk.me, at=LATER)

    with pytest.raises(Refused):
        actions.sign_fact(seat=talk.seat(1), fact_id=fact.pk, digest=fact.digest, declared=READ, at=LATER)  # fmt: skip


def test_the_feed_shows_ones_own_sittings_without_a_name_and_ends_with_its_key():
    talk = talks()
    a_sitting(talk)
    key = actions.new_calendar_key(actor=talk.me, at=LATER)

    feed = icalendar.Calendar.from_ical(queries.feed(key.token, at=LATER))
    event = feed.walk("VEVENT")[0]

    assert talk.number in str(event["SUMMARY"])
    assert "陈" not in str(feed.to_ical(), "utf-8")
    actions.new_calendar_key(actor=talk.me, at=LATER)
    assert queries.feed(key.token, at=LATER) is None


def test_signs_of_danger_open_a_plan_with_the_lawful_call_and_steps():
    talk = talks()
    actions.note_signs(number=talk.number, signs=["threat"], note="电话里说要带人上门", actor=talk.me, at=LATER)  # fmt: skip
    actions.note_signs(number=talk.number, signs=["threat", "domestic"], note="", actor=talk.me, at=LATER)  # fmt: skip

    plan = queries.plans(talk.row.pk, at=LATER)[0]
    assert SafetyPlan.objects.count() == 1
    assert plan.calls[0].number == "110"
    assert "第二十五条" in plan.calls[0].source
    with pytest.raises(Refused):
        actions.close_plan(number=talk.number, reason="已经处理", actor=talk.me, at=LATER)
    for step in SafetyStep.objects.all():
        actions.do_step(number=talk.number, step_id=step.pk, note="已办", actor=talk.me, at=LATER + HOUR)  # fmt: skip
    assert actions.close_plan(number=talk.number, reason="双方已分开居住", actor=talk.me, at=LATER + DAY).closed_at  # fmt: skip


def test_a_safe_channel_writes_in_neutral_words_and_sends_no_link():
    talk = talks()
    actions.note_signs(number=talk.number, signs=["domestic"], note="", actor=talk.me, at=LATER)
    a_sitting(talk)

    texts = [row.text for row in Delivery.objects.all()]
    assert texts
    assert not any(talk.number in text or "调解" in text or "http" in text for text in texts)
    with pytest.raises(Refused):
        actions.send_link(number=talk.number, party_id=talk.sides[0].id, actor=talk.me, at=LATER)


def test_no_sitting_is_held_before_a_mediator_is_appointed():
    with pytest.raises(Refused):
        a_sitting(talks(state="asked"))


def test_a_body_sets_its_own_meeting_link_only():
    talk = talks()
    body = talk.row.body_id

    actions.set_meeting_link(body_id=body, address=LINK, actor=talk.me, at=LATER)
    assert a_sitting(talk, mode="by_link").link == LINK
    with pytest.raises(OutOfReach):
        actions.set_meeting_link(body_id=body + 1, address=LINK, actor=talk.me, at=LATER)
