"""A resident's own corner, through the pages."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.base.bucket import Bucket
from gongzhi.matters.models import Reporter
from gongzhi.portal.pages import door as portal_door
from gongzhi.residents.models import OwnReport, Resident
from gongzhi.residents.pages import door
from tests.cast import a_town
from tests.visits import reported, what_a_resident_sends

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch):
    cache.clear()
    monkeypatch.setattr(portal_door, "_reports", Bucket(per_minute=1, burst=10))
    monkeypatch.setattr(door, "_codes", Bucket(per_minute=1, burst=5))
    monkeypatch.setattr(door, "_tries", Bucket(per_minute=6, burst=20))


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
    Resident.objects.update(made_at="2026-01-01T00:00Z")
    from gongzhi.residents.models import SignInCode  # noqa: PLC0415

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


def test_what_was_reported_with_the_same_telephone_is_offered_and_added():
    cast = a_town()
    matter, _code = reported(cast, phone="+86 13800000001")
    client = signed_in()

    assert "加入我的列表" in client.get("/my").content.decode()
    client.post("/my/claim/phone")

    assert OwnReport.objects.get().reporter.matter == matter
    stranger = signed_in("13900000002")
    stranger.post("/my/claim/phone")
    assert OwnReport.objects.count() == 1


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
