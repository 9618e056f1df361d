"""What residents do with number and code: look, rate, add words, reopen."""

import pytest
from django.core.cache import cache

from gongzhi.matters import actions as matters
from gongzhi.matters.models import Entry, Matter, Reporter
from gongzhi.notices.models import Notice
from tests.cast import a_town
from tests.visits import reported, run_reactions, signed_in, what_a_resident_sends

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def close(cast, matter) -> None:
    Matter.objects.filter(pk=matter.id).update(
        state="to_close", owing_role="closer", owing_unit=cast.units["town"].id
    )
    at = matter.reported_at
    matters.move(matter_id=matter.id, move="close", values={}, actor=cast.actor("tan", at), at=at)


def test_one_wrong_digit_is_told_by_the_check_digit(client):
    a_town()

    answer = client.post("/progress", {"number": "26-0001-8427-6", "code": "ABCDEF"})

    assert answer.status_code == 422
    assert "有一位" in answer.content.decode() or "校验" in answer.content.decode()


def test_an_unknown_pair_does_not_tell_which_half_is_wrong(client):
    cast = a_town()
    matter, code = reported(cast)
    absent = "26-0001-8427-7"

    wrong_code = client.post("/progress", {"number": matter.number, "code": "ABCDEF"})
    wrong_number = client.post("/progress", {"number": absent, "code": code})

    sentence = "编号和查询码对不上"
    assert (wrong_code.status_code, wrong_number.status_code) == (404, 404)
    assert sentence in wrong_code.content.decode()
    assert sentence in wrong_number.content.decode()


def test_guessing_codes_is_slowed_down(client):
    cast = a_town()
    matter, _code = reported(cast)

    answers = [
        client.post("/progress", {"number": matter.number, "code": f"AAAA{n:02}"})
        for n in range(25)
    ]

    assert answers[-1].status_code == 429


def test_a_rating_of_not_solved_needs_a_word_and_may_reopen(client):
    cast = a_town()
    matter, code = reported(cast)
    close(cast, matter)
    address = f"/progress/{matter.number}"

    silent = client.post(f"{address}/rate", {"code": code, "rating": 1})
    rated = client.post(f"{address}/rate", {"code": code, "rating": 1, "text": "又破了"})
    reopened = client.post(f"{address}/reopen", {"code": code, "reason": "又破了"})

    assert (silent.status_code, rated.status_code, reopened.status_code) == (422, 302, 302)
    assert Reporter.objects.get().rating == 1
    assert Matter.objects.get().is_open


def test_reasons_of_a_rating_are_counted_for_the_unit_that_led(client):
    cast = a_town()
    matter, code = reported(cast)
    Matter.objects.filter(pk=matter.pk).update(
        lead_unit=cast.units["office"].pk, unit_ids=[cast.units["office"].pk]
    )
    close(cast, matter)
    said = {"code": code, "rating": 1, "reasons": ["nothing", "fast", "slow"]}

    refused = client.post(f"/progress/{matter.number}/rate", said | {"reasons": ["made up"]})
    rated = client.post(f"/progress/{matter.number}/rate", said)

    assert (refused.status_code, rated.status_code) == (422, 302)
    assert Reporter.objects.get().rating_reasons == ["nothing", "slow"], "praise does not fit"
    page = signed_in("bo").get("/desk/ratings").content.decode()
    assert "现场没有变化 1" in page
    assert "水务局南城分局" in b"".join(signed_in("bo").get("/desk/ratings.csv")).decode()
    assert "现场没有变化" not in signed_in("pol").get("/desk/ratings").content.decode()


def test_whoever_is_not_content_reopens_and_the_unit_that_worked_hears_of_it(client):
    cast = a_town()
    matter, code = reported(cast)
    Matter.objects.filter(pk=matter.pk).update(lead_unit=cast.units["office"].pk)
    close(cast, matter)

    client.post(f"/progress/{matter.number}/reopen", {"code": code, "reason": "水还在漏"})
    run_reactions()

    told = set(
        Notice.objects.filter(template__code="reopened").values_list("person__username", flat=True)
    )
    assert {"bo", "lead"} <= told
    assert "pol" not in told
    assert "水还在漏" in Notice.objects.filter(template__code="reopened").first().text


@pytest.mark.parametrize("words", ["举报张伟在家里聚众赌博", "他的微信号：zhangwei_88"])
def test_a_report_on_a_named_person_is_refused_with_the_lawful_route_and_kept(client, words):
    cast = a_town()

    answer = client.post("/report", what_a_resident_sends(cast, text=words))

    shown = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert "12388" in shown
    assert words in shown


def test_words_added_later_are_about_things_too(client):
    cast = a_town()
    matter, code = reported(cast)

    answer = client.post(f"/progress/{matter.number}/add", {"code": code, "text": "举报李强贩毒"})

    assert answer.status_code == 422
    assert not Entry.objects.filter(move="add").exists()


def test_words_can_be_added_while_it_is_open(client):
    cast = a_town()
    matter, code = reported(cast)

    client.post(f"/progress/{matter.number}/add", {"code": code, "text": "晚上更危险\x00"})

    assert Entry.objects.get(move="add").note == "晚上更危险"


def test_without_the_code_nothing_can_be_done_to_a_matter(client):
    cast = a_town()
    matter, _code = reported(cast)

    answers = [
        client.post(
            f"/progress/{matter.number}/{deed}",
            {"code": "ABCDEF", "text": "x", "reason": "x", "rating": 3},
        )
        for deed in ("rate", "reopen", "add")
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_the_number_of_a_merged_matter_leads_to_the_one_that_stays(client):
    cast = a_town()
    matter, code = reported(cast)
    stays, _code = reported(cast, idempotency_key="another-key-of-another-form", is_new=1)
    matters.move(
        matter_id=matter.id,
        move="merge",
        values={"into": stays.number},
        actor=cast.actor("lin"),
        at=matter.reported_at,
    )

    answer = client.get(f"/progress/{matter.number}", {"code": code})

    assert answer.url == f"/progress/{stays.number}?code={code}"
