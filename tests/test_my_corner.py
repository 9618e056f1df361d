"""A resident's own corner, through the pages."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.accounts.tests.builders import trail
from gongzhi.matters.models import Reporter
from gongzhi.publishing.models import Publication
from gongzhi.publishing.tests.test_moderating import a_published_one
from gongzhi.residents import actions, queries
from gongzhi.residents.models import Follow, OwnReport, Resident, SignInCode, StreetAlert
from tests.cast import VILLAGE, a_town
from tests.visits import reported, what_a_resident_sends

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def code_shown(client: Client, phone: str = PHONE, next_page: str = "") -> str:
    page = client.post("/my/sign-in", {"phone": phone, "next": next_page}, follow=True)
    return re.search(r"\d{6}(?=。)", page.content.decode())[0]


def signed_in(phone: str = PHONE) -> Client:
    client = Client()
    client.post("/my/sign-in/code", {"code": code_shown(client, phone)})
    return client


def test_a_code_opens_the_corner_and_leads_back():
    client = Client()
    assert client.get("/my/claim").url == "/my/sign-in?next=/my/claim"

    code = code_shown(client, next_page="/my/claim")
    answer = client.post("/my/sign-in/code", {"code": code, "next": "/my/claim"})

    assert answer.url == "/my/claim"
    assert client.get("/my").status_code == 200
    cookie = client.cookies["gz_resident"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "sessionid" not in client.cookies, "apart from the sessions of staff"


def test_the_answers_are_the_same_whether_there_is_an_account_or_not():
    signed_in()

    SignInCode.objects.all().delete()
    pages = []
    for phone in (PHONE, "13900000002"):
        shown = Client().post("/my/sign-in", {"phone": phone}, follow=True)
        text = re.sub(
            r"\d{6}(?=。)|value=\"[^\"]*\"|content=\"[^\"]*\"", "", shown.content.decode()
        )
        pages.append((shown.redirect_chain, text))

    assert pages[0] == pages[1]


def test_a_real_city_never_shows_the_code(settings):
    settings.DEMONSTRATION = False
    shown = Client().post("/my/sign-in", {"phone": PHONE}, follow=True).content.decode()

    assert not re.search(r"\d{6}(?=。)", shown)


def test_what_is_reported_while_signed_in_stands_in_the_list():
    cast = a_town()
    client = signed_in()

    client.post("/report", what_a_resident_sends(cast))

    shown = client.get("/my").content.decode()
    assert Reporter.objects.get().matter.number in shown
    assert cast.item.name in shown
    assert "胜和" not in Client().get("/my/sign-in").content.decode()


def test_an_earlier_report_is_claimed_by_number_and_code():
    cast = a_town()
    matter, code = reported(cast)
    client = signed_in()

    refused = client.post("/my/claim", {"number": matter.number, "code": "ZZZZZZ"})
    claimed = client.post("/my/claim", {"number": matter.number, "code": code.lower()})

    assert (refused.status_code, claimed.status_code) == (404, 302)
    assert OwnReport.objects.get().how == "code"


def test_a_report_is_not_found_by_the_telephone_it_was_made_with():
    cast = a_town()
    reported(cast, phone="+86 13800000001")
    client = signed_in()

    assert client.get("/my").status_code == 200
    assert OwnReport.objects.count() == 0


def test_the_list_is_searched_filtered_and_exported():
    cast = a_town()
    client = signed_in()
    client.post("/report", what_a_resident_sends(cast))
    number = Reporter.objects.get().matter.number

    for query, is_found in (
        ({"q": number}, True), ({"q": "井盖"}, True), ({"q": "路灯"}, False), ({"state": "open"}, True),
        ({"state": "ended"}, False), ({"state": "to_rate"}, False), ({"state": "x" * 40}, True),
        ({"after": "broken"}, True),
    ):  # fmt: skip
        assert (number in client.get("/my", query).content.decode()) == is_found, query
    assert number in b"".join(client.get("/my/reports.csv")).decode()


def test_signing_out_everywhere_ends_every_device():
    one, other = signed_in(), Client()
    other.cookies = one.cookies.copy()
    assert other.get("/my").status_code == 200

    one.post("/my/sign-out/everywhere")

    assert other.get("/my").status_code == 302


def test_a_cookie_that_was_changed_opens_nothing():
    client = signed_in()
    client.cookies["gz_resident"] = client.cookies["gz_resident"].value.replace("1", "2", 1)

    assert client.get("/my").status_code == 302


def test_my_data_is_shown_handed_over_and_says_what_must_stay():
    cast = a_town()
    client = signed_in()
    client.post("/report", what_a_resident_sends(cast, phone=PHONE))
    number = Reporter.objects.get().matter.number

    shown = client.get("/my/data").content.decode()
    as_json = json.loads(client.post("/my/data/take", {"form": "json"}).content)
    as_page = client.post("/my/data/take", {"form": "html"}).content.decode()

    assert "不能应要求删除" in shown
    assert (as_json["account"]["phone"], as_json["reports"][0]["number"]) == (PHONE, number)
    assert number in as_page
    assert "个人信息保护法" in as_page
    assert len(trail(verb="residents.take_data")) == 2


def test_deleting_the_account_takes_contact_and_list_and_leaves_the_file():
    cast = a_town()
    client = signed_in()
    client.post("/report", what_a_resident_sends(cast, phone=PHONE, email="li@example.cn"))
    reporter = Reporter.objects.get()

    assert client.post("/my/delete", {"forget_contact": "on"}).status_code == 422
    answer = client.post("/my/delete", {"forget_contact": "on", "sure": "on"})

    assert (answer.url, Resident.objects.count(), OwnReport.objects.count()) == ("/", 0, 0)
    reporter.refresh_from_db()
    assert (reporter.phone, reporter.email) == ("", "")
    page = Client().get(f"/progress/{reporter.matter.number}", {"code": reporter.code})
    assert page.status_code == 200
    assert client.get("/my").status_code == 302


def test_deleting_leaves_the_telephone_of_somebody_elses_report():
    cast = a_town()
    matter, code = reported(cast, phone="13900000009")
    client = signed_in()
    client.post("/my/claim", {"number": matter.number, "code": code})

    client.post("/my/delete", {"forget_contact": "on", "sure": "on"})

    assert Reporter.objects.get().phone == "13900000009"


def test_settings_are_kept_and_the_language_follows():
    client = signed_in()
    said = {
        "language": "en", "large_type": "on", "by_sms": "on", "digest": "on", "quiet_from": "22:00",
        "quiet_to": "07:30", "paused_until": "",
    }  # fmt: skip

    assert client.post("/my/settings", said | {"by_email": "on"}).status_code == 422
    assert client.post("/my/settings", said | {"quiet_from": "x"}).status_code == 422
    client.post("/my/settings", said)

    kept = Resident.objects.get()
    assert (kept.language, kept.large_type, kept.digest) == ("en", True, True)
    assert "My data" in client.get("/my/data").content.decode()


def test_a_mailbox_counts_only_after_its_own_code_came_back():
    client = signed_in()
    page = client.post("/my/email", {"email": "li@example.cn"}, follow=True).content.decode()
    assert Resident.objects.get().email == ""

    code = re.search(r"\d{6}(?=。)", page)[0]
    assert client.post("/my/email/code", {"code": "x"}).status_code in {409, 422}
    client.post("/my/email/code", {"code": code})

    assert (Resident.objects.get().email, Resident.objects.get().by_email) == (
        "li@example.cn",
        True,
    )
    client.post("/my/email/forget")
    assert (Resident.objects.get().email, Resident.objects.get().by_email) == ("", False)


def test_the_code_of_a_mailbox_opens_no_account():
    client = signed_in()
    page = client.post("/my/email", {"email": "li@example.cn"}, follow=True).content.decode()
    code = re.search(r"\d{6}(?=。)", page)[0]

    assert client.post("/my/sign-in/code", {"code": code}).status_code == 409


def test_an_account_nobody_used_for_two_years_goes(settings):
    signed_in()
    later = Resident.objects.get().seen_at + timedelta(days=settings.RESIDENT_IDLE_DAYS)

    assert actions.delete_idle(at=later) == 0
    assert actions.delete_idle(at=later + timedelta(days=1)) == 1


def test_a_matter_is_followed_on_the_device_and_goes_along_into_the_account():
    cast = a_town()
    publication, _matter, _code = a_published_one(cast)
    address = publication.public_id
    client = Client()

    client.post(f"/follow/{address}")
    shown = client.get("/following").content.decode()
    assert publication.title in shown
    assert "有新进展" not in shown
    Publication.objects.update(stage="settled")
    assert "有新进展" in client.get("/following").content.decode()
    assert "有新进展" not in client.get("/following").content.decode()
    assert not Follow.objects.exists(), "a device's list is kept by the device"

    client.post("/my/sign-in/code", {"code": code_shown(client)})
    assert Follow.objects.get().public_id == address
    client.post(f"/unfollow/{address}")
    assert not Follow.objects.exists()


def test_what_is_not_published_cannot_be_followed():
    assert Client().get("/follow/absent").status_code == 404
    assert Client().post("/follow/absent").status_code == 404


def test_an_alert_is_made_paused_and_deleted_on_the_page():
    a_town()
    client = signed_in()

    wrong = client.post("/my/alerts", {"radius": 500})
    client.post("/my/alerts", {"area": VILLAGE, "radius": 500})
    alert = StreetAlert.objects.get()

    assert wrong.status_code == 422
    assert "胜和社区" in client.get("/following").content.decode()
    client.post(f"/my/alerts/{alert.pk}/pause", {"paused": "yes"})
    assert StreetAlert.objects.get().is_paused
    client.post(f"/my/alerts/{alert.pk}/delete")
    assert not StreetAlert.objects.exists()


def test_a_message_is_stopped_with_one_button_and_not_by_opening_its_link():
    signed_in()
    resident = Resident.objects.get()
    link = actions.stop_address(queries.Stop(resident.pk)).split("/stop/")[1]

    asked = Client().get(f"/stop/{link}")
    assert (asked.status_code, Resident.objects.get().by_sms) == (200, True)
    assert "已停止" in Client().post(f"/stop/{link}").content.decode()
    assert not Resident.objects.get().by_sms
    assert Client().get("/stop/made-up").status_code == 404
