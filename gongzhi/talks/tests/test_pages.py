"""The pages: what they show to whom, and that a wrong address is only a wrong address."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client

from gongzhi.accounts.tests.builders import trail
from gongzhi.talks import actions, queries
from gongzhi.talks.models import Answer, Attempt, Message, Offer, SafetyPlan, Signature, Sitting
from gongzhi.talks.tests.builders import HOUR, a_link, talks
from tests.doors import signed_in

Measure = apps.get_model("guard", "Measure")
User = apps.get_model("accounts", "User")
Appointment = apps.get_model("disputes", "Appointment")

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """The pages read the real clock; links and sittings of these tests are made by it."""
    return datetime.now(tz=UTC)  # noqa: TID251


def at_the_desk(talk):
    return signed_in(User.objects.get(pk=talk.me.id))


def at_the_table(talk, place):
    browser = Client()
    went = browser.post("/d", {"number": talk.number, "code": talk.party(place).code})
    assert went.headers["Location"] == f"/talk/{talk.number}"
    return browser


def text(answer):
    return answer.content.decode()


def test_the_mediator_works_from_one_page(now):
    talk = talks()
    desk = at_the_desk(talk)
    here, do = f"/desk/talks/{talk.number}", f"/desk/talks/{talk.number}/do"
    side = talk.sides[1].id

    assert (
        desk.post(
            f"{do}/attempt", {"party_id": side, "way": "call", "outcome": "no_answer"}
        ).status_code
        == 302
    )
    assert desk.post(f"{do}/attempt", {"party_id": side, "way": "drum"}).status_code == 422
    assert desk.post(f"{do}/send", {"party_id": side}).status_code == 302
    assert desk.post(f"{do}/signs", {"signs": ["threat"]}).status_code == 302
    local = (now + HOUR).strftime("%Y-%m-%dT%H:%M")
    later = (now + 20 * HOUR).strftime("%Y-%m-%dT%H:%M")
    plan = {
        "mode": "in_person",
        "purpose": "mediation",
        "starts_at": later,
        "ends_at": local,
        "place": "一室",
    }
    assert desk.post(f"{do}/sitting", plan).status_code == 422
    plan["ends_at"] = (now + 21 * HOUR).strftime("%Y-%m-%dT%H:%M")
    assert desk.post(f"{do}/sitting", plan).status_code == 302

    page = text(desk.get(here))
    assert "110" in page
    assert "陈甲" not in page
    assert (Attempt.objects.count(), Sitting.objects.count(), SafetyPlan.objects.count()) == (
        2,
        1,
        1,
    )
    assert desk.get(f"/desk/matters/{talk.number}").status_code == 200
    row = Sitting.objects.get()
    assert desk.get(f"{here}/sittings/{row.pk}").status_code == 200
    begun = desk.post(f"{do}/begin", {"sitting_id": row.pk})
    assert begun.headers["Location"].endswith(f"/sittings/{row.pk}")
    again = desk.post(f"{do}/begin", {"sitting_id": row.pk})
    assert again.status_code == 422
    assert desk.get(f"{here}/sittings/{row.pk}/event.ics").content.startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("box", ["sittings", "attempts", "answers", "safety"])
def test_the_lists_page_search_and_export(box, now):
    talk = talks()
    actions.plan_first(matter_id=talk.row.pk, at=now)
    desk = at_the_desk(talk)

    page = desk.get(
        "/desk/talks", {"box": box, "q": talk.number[:4], "sort": "late", "after": "junk"}
    )

    assert page.status_code == 200
    assert desk.get("/desk/talks/list.csv", {"box": box}).status_code == 200
    assert [one.detail["box"] for one in trail(verb="talks.export", subject="list:talks")] == [box]
    assert (talk.number in text(page)) == (box == "attempts")


def test_a_link_is_answered_in_one_minute_and_opens_the_sides_own_page(now):
    talk = talks(state="asked")
    browser, code = Client(), a_link(talk.party(1), at=now)

    assert "是否" in text(browser.get(f"/d/{code}")) or browser.get(f"/d/{code}").status_code == 200
    went = browser.post(f"/d/{code}", {"choice": "take_part", "idempotency_key": "a" * 16})
    browser.post(f"/d/{code}", {"choice": "take_part", "idempotency_key": "a" * 16})

    assert Answer.objects.count() == 1
    page = text(browser.get(went.headers["Location"]))
    assert talk.party(1).code in page
    assert "陈甲" not in page
    assert talk.party(0).code not in page


def test_a_minor_reads_that_the_guardian_decides_before_and_after_the_answer(now):
    talk = talks(state="asked")
    party = talk.party(1)
    party.is_minor = True
    party.save()
    browser, code = Client(), a_link(party, at=now)

    asked = text(browser.get(f"/d/{code}"))
    went = browser.post(f"/d/{code}", {"choice": "take_part", "idempotency_key": "a" * 16})

    assert "由监护人" in asked
    assert "由监护人" in text(browser.get(went.headers["Location"]))
    assert Answer.objects.get().is_wish


def test_bad_links_are_only_bad_links(now):
    talk = talks(state="asked")
    a_link(talk.party(1), at=now - 400 * HOUR)
    dead = a_link(talk.party(1), at=now - 400 * HOUR)
    browser = Client()

    assert browser.get(f"/d/{dead}").status_code == 410
    assert browser.get("/d/%00").status_code == 404
    assert browser.get("/d/陈甲").status_code == 404
    assert browser.post("/d", {"number": talk.number, "code": "AAAAAAAAAA"}).status_code == 404
    assert browser.get(f"/talk/{talk.number}").headers["Location"] == f"/d?number={talk.number}"
    assert browser.post(f"/talk/{talk.number}/withdraw").status_code == 302
    assert browser.get("/talks/calendar/nothing.ics").status_code == 404
    assert browser.post(
        "/d/renew", {"number": talk.number, "phone": "13812345678"}
    ).status_code in {200, 403}


def test_the_code_leaves_the_address_at_once():
    talk = talks()
    browser = Client()

    went = browser.get(f"/talk/{talk.number}", {"code": talk.party(0).code})

    assert went.headers["Location"] == f"/talk/{talk.number}"
    assert browser.get(went.headers["Location"]).status_code == 200


def test_guessing_codes_comes_to_an_end():
    talk = talks()
    browser = Client()

    tries = [
        browser.post("/d", {"number": talk.number, "code": f"AAAAAAAAA{n % 10}"}).status_code
        for n in range(30)
    ]

    assert set(tries) == {404, 429}
    assert Measure.objects.exists()


def test_a_side_talks_offers_and_signs_on_its_own_pages(now):
    talk = talks()
    mine, other, desk = at_the_table(talk, 0), at_the_table(talk, 1), at_the_desk(talk)
    here = f"/talk/{talk.number}"

    mine.post(f"{here}/rooms/shared/say", {"text": "您好", "fresh_key": "k" * 16})
    mine.post(f"{here}/rooms/shared/say", {"text": "您好", "fresh_key": "k" * 16})
    first = Message.objects.get()
    assert "您好" in text(other.get(f"{here}/rooms/shared"))
    assert other.get(f"{here}/rooms/shared/lines", {"after": first.pk}).status_code == 204
    assert "您好" in text(desk.get(f"/desk/talks/{talk.number}/rooms/shared/lines", {"after": 0}))
    assert other.get(f"{here}/rooms/applicant").status_code == 404
    offer = {
        "by0": "1",
        "to0": "0",
        "what0": "赔偿",
        "amount0": "500",
        "due0": "",
        "words": "",
        "hours": "24",
        "rows": "1",
        "fresh_key": "o" * 16,
    }
    assert other.post(f"{here}/rooms/shared/offer", offer).status_code == 302
    assert (
        other.post(
            f"{here}/rooms/shared/offer", offer | {"amount0": "很多", "fresh_key": "p" * 16}
        ).status_code
        == 422
    )
    row = Offer.objects.get()
    assert "¥500" in text(mine.get(here))
    mine.post(f"{here}/offers/{row.pk}/yes")
    row.refresh_from_db()
    assert row.state == "accepted"
    fact = actions.add_fact(number=talk.number, text="漏水始于今年三月。", actor=talk.me, at=now)
    assert (
        mine.post(
            f"{here}/facts/{fact.pk}/sign", {"digest": fact.digest, "declared": "已阅"}
        ).status_code
        == 302
    )
    assert (
        mine.post(
            f"{here}/facts/{fact.pk}/sign", {"digest": "x" * 64, "declared": "已阅"}
        ).status_code
        == 422
    )
    assert Signature.objects.count() == 1
    assert mine.post(f"{here}/withdraw", {"reason": ""}).status_code == 302


def test_leaving_at_once_forgets_the_seat(settings):
    talk = talks()
    browser = at_the_table(talk, 0)

    went = browser.get("/d/leave")

    assert went.headers["Location"] == settings.QUICK_EXIT_ADDRESS
    assert browser.get(f"/talk/{talk.number}").status_code == 302


def test_the_clerk_of_the_body_does_not_enter_the_rooms(now):
    talk = talks()
    desk = at_the_desk(talk)
    assert desk.get(f"/desk/talks/{talk.number}/rooms/respondent").status_code == 200

    Appointment.objects.update(ended_at=now)

    assert desk.get(f"/desk/talks/{talk.number}/rooms/shared").status_code == 404
    assert (
        desk.post(f"/desk/talks/{talk.number}/rooms/shared/say", {"text": "x"}).status_code == 404
    )


def test_the_page_of_a_dispute_costs_the_same_however_much_was_tried(
    now, django_assert_max_num_queries
):
    talk = talks()
    for _n in range(5):
        actions.plan_first(matter_id=talk.row.pk, at=now)

    with django_assert_max_num_queries(12):
        queries.contact(talk.row.pk, on=now.date())
        queries.sittings(talk.row.pk)
