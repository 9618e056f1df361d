"""What residents do at their door, through the pages."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gongzhi.base.actor import ANONYMOUS
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.files.models import StoredFile
from gongzhi.matters.models import Attachment, Entry, Matter, Reporter
from gongzhi.publishing import queries as publishing
from gongzhi.publishing.tests.test_moderating import a_published_one
from tests.cast import IN_GRID, VILLAGE, a_photo, a_town
from tests.visits import reported, run_reactions, signed_in, what_a_resident_sends

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def test_a_report_leads_to_a_receipt_and_its_progress(client):
    cast = a_town()

    answer = client.post("/report", what_a_resident_sends(cast), follow=True)

    matter, code = Matter.objects.get(), Reporter.objects.get().code
    assert answer.redirect_chain == [(f"/receipt/{matter.number}?code={code}", 302)]
    assert matter.number in answer.content.decode()
    shown = Client().get(f"/progress/{matter.number}", {"code": code}).content.decode()
    assert "胜和社区工作站" in shown


def test_a_report_may_be_kept_off_the_public_pages_from_its_form_on():
    cast = a_town()

    shown, _code = reported(cast, idempotency_key="key-of-the-first-form", is_new=1)
    kept, code = reported(cast, idempotency_key="key-of-the-second", is_new=1, keep_private="on")
    run_reactions()

    assert not publishing.is_kept_private(shown.id)
    assert publishing.is_kept_private(kept.id)
    progress = Client().get(f"/progress/{kept.number}", {"code": code}).content.decode()
    assert "可以公开" in progress


def test_a_place_may_be_a_village_instead_of_a_point(client):
    cast = a_town()

    client.post("/report", what_a_resident_sends(cast, lon="", lat="", area=VILLAGE))

    assert Matter.objects.get().area_path == VILLAGE


def test_the_front_page_says_nothing_of_a_reporter(client):
    cast = a_town()
    reported(cast, text="我家门口，电话13800000000", phone="13800000000", address="胜和路1号")
    run_reactions()
    assert cast.item.name not in client.get("/").content.decode()  # nobody has looked at it yet

    published, *_ = a_published_one(cast, text="我家门口", address="胜和路1号", is_new=True)
    shown = client.get("/").content.decode()

    assert published.title in shown
    assert not {
        word for word in ("13800000000", "我家门口", "01网格", "胜和路1号") if word in shown
    }


def test_the_same_key_gives_the_same_receipt(client):
    cast = a_town()

    first = client.post("/report", what_a_resident_sends(cast))
    second = client.post("/report", what_a_resident_sends(cast))

    assert Matter.objects.count() == 1
    assert second.url == f"{first.url}&how=again"


def test_a_likely_duplicate_is_offered_and_can_be_joined(client):
    cast = a_town()
    known, _code = reported(cast)
    said = what_a_resident_sends(cast, idempotency_key="another-key-of-another-form")

    offered = client.post("/report", said)
    joined = client.post("/report", said | {"join": known.id})

    assert (offered.status_code, Matter.objects.count()) == (409, 1)
    assert joined.url.startswith(f"/receipt/{known.number}?")
    assert Reporter.objects.filter(matter=known).count() == 2


def test_another_one_beside_it_is_filed_on_its_own(client):
    cast = a_town()
    reported(cast)

    client.post(
        "/report",
        what_a_resident_sends(cast, idempotency_key="another-key-of-another-form", is_new=1),
    )

    assert Matter.objects.count() == 2


def test_only_a_matter_that_was_offered_can_be_joined(client):
    cast = a_town()
    reported(cast)
    other = an_item(code="P0102", name="雨水箅子", anonymous_allowed=True, questions=())
    far, _code = reported(cast, item=other.id, idempotency_key="another-key-of-another-form")

    client.post(
        "/report",
        what_a_resident_sends(cast, idempotency_key="a-third-key-of-a-third-form", join=far.id),
    )

    assert Reporter.objects.filter(matter=far).count() == 1


def test_an_item_that_needs_a_contact_says_so_and_keeps_the_text(client):
    cast = a_town()
    item = an_item(code="E0999", name="非法行医", anonymous_allowed=False, questions=())

    answer = client.post("/report", what_a_resident_sends(cast, item=item.id))

    shown = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert "需要留下电话或邮箱" in shown
    assert "胜和路口井盖破了" in shown


def test_a_required_question_is_asked_beside_its_field(client):
    cast = a_town()
    item = an_item(code="P0109", name="电力井盖")

    answer = client.post("/report", what_a_resident_sends(cast, item=item.id))

    assert answer.status_code == 422
    assert item.questions[0].text in answer.content.decode()


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        ("23.021", "113.751", "颠倒"),
        ("116.40", "39.90", "不在本市"),
        ("2.35", "48.86", "中国"),
        ("12662543", "2631452", "米"),
        ("0", "0", "0"),
        ("nan", "inf", "位置"),
        ("1e400", "x", "位置"),
    ],
)
def test_a_wrong_place_is_told_and_nothing_is_lost(client, lon, lat, words):
    cast = a_town()

    answer = client.post("/report", what_a_resident_sends(cast, lon=lon, lat=lat))

    shown = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert words in shown
    assert "胜和路口井盖破了" in shown


def test_a_text_of_20000_characters_is_turned_away_and_kept(client):
    cast = a_town()

    answer = client.post("/report", what_a_resident_sends(cast, text="井" * 20_000))

    assert answer.status_code == 422
    assert "井" * 20_000 in answer.content.decode()
    assert Matter.objects.count() == 0


def test_emoji_html_and_control_characters_arrive_as_plain_text(client):
    cast = a_town()

    answer = client.post(
        "/report",
        what_a_resident_sends(
            cast, text="🕳️<script>alert(1)</script>\x00\x07坏了", address="<b>路\x00口</b>"
        ),
        follow=True,
    )

    matter = Matter.objects.get()
    assert matter.text == "🕳️<script>alert(1)</script>坏了"
    assert matter.address == "<b>路口</b>"
    assert "<b>路" not in answer.content.decode()


def test_an_unknown_item_is_a_sentence(client):
    cast = a_town()

    answers = [
        client.post("/report", what_a_resident_sends(cast, item=item))
        for item in ("", "x", "9" * 30, "99999")
    ]

    assert {answer.status_code for answer in answers} == {422}


def test_ten_reports_are_let_in_and_the_eleventh_waits(client, settings):
    cast = a_town()
    settings.GUARD_SUSPICION = {"many": 100}
    client.get("/report")
    keys = [f"key-of-the-form-number-{n:02}" for n in range(11)]

    answers = [
        client.post("/report", what_a_resident_sends(cast, idempotency_key=key, is_new=1))
        for key in keys
    ]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "胜和路口井盖破了" in answers[-1].content.decode()


def test_photos_open_to_the_reporter_and_to_staff_within_reach_only():
    cast = a_town()
    matter, code = reported(cast)
    file = StoredFile.objects.get(token=a_photo(ANONYMOUS, sender="x"))
    Attachment.objects.create(matter=matter, file=file, stage="report", at=matter.reported_at)
    inner = StoredFile.objects.get(token=a_photo(ANONYMOUS, sender="y"))
    Attachment.objects.create(matter=matter, file=inner, stage="note", at=matter.reported_at)
    StoredFile.objects.update(claimed=True)
    reporter = Client()
    reporter.get(f"/progress/{matter.number}", {"code": code})

    def seen(who: Client) -> list[int]:
        return [who.get(f"/files/{one.token}").status_code for one in (file, inner)]

    assert seen(Client()) == [404, 404]
    assert seen(reporter) == [200, 404]
    assert seen(signed_in("omar")) == [200, 200]
    assert seen(signed_in("pol")) == [404, 404]


def test_a_form_that_stood_open_too_long_says_that_the_text_is_kept():
    cast = a_town()

    answer = Client(enforce_csrf_checks=True).post("/report", what_a_resident_sends(cast))

    assert answer.status_code == 403
    assert "保留" in answer.content.decode()


def test_what_the_form_asks_on_the_way():
    cast = a_town()
    client = Client()
    point = {"lon": IN_GRID[0], "lat": IN_GRID[1]}

    assert "01网格" in client.get("/report/place", point).content.decode()
    assert "颠倒" in client.get("/report/place", {"lon": 23.02, "lat": 113.75}).content.decode()
    assert cast.item.name in client.get("/report/items", {"q": "井盖"}).content.decode()
    assert client.get("/report/about", point | {"item": cast.item.id}).status_code == 200
    assert client.get("/report/about", {"item": "x", "lon": "nan"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/nearby?area=x",
        "/mediation",
        "/privacy",
        "/report",
        "/progress",
        "/report?premises=absent",
    ],
)
def test_every_page_stands_in_both_languages(address):
    a_town()

    answers = [
        Client(headers={"accept-language": language}).get(address) for language in ("zh-hans", "en")
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_what_is_reported_often_in_the_village_of_the_photo_comes_first(client):
    cast = a_town()
    lamp = an_item(code="P0210", name="路灯", anonymous_allowed=True, questions=())
    for n in range(3):
        key = f"a-key-of-lamp-number-{n:03}"
        reported(cast, item=lamp.id, idempotency_key=key, is_new=1, lon=113.752 + n / 500)
    cache.clear()

    here = client.get("/report/items", {"lon": IN_GRID[0], "lat": IN_GRID[1]}).content.decode()
    nowhere = client.get("/report/items").content.decode()

    assert "附近常见" in here
    assert here.index("路灯") < here.index("其他")
    assert "附近常见" not in nowhere


@pytest.mark.parametrize(
    ("seen_at", "status"),
    [("", 302), ("now", 302), ("2019-01-01T10:00", 422), ("2099-01-01T10:00", 422), ("x", 422)],
)
def test_when_it_was_seen_stands_in_the_file_and_must_be_possible(client, seen_at, status):
    cast = a_town()
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M") if seen_at == "now" else seen_at

    answer = client.post("/report", what_a_resident_sends(cast, seen_at=moment))

    assert answer.status_code == status
    if seen_at == "now":
        assert Entry.objects.get(move="report").values["seen_at"].startswith(moment[:10])


def test_an_item_that_may_be_an_emergency_says_whom_to_call_first(client):
    a_town()
    gas = an_item(
        code="E9901", name="燃气泄漏", emergency_notice="燃气泄漏请立即到室外拨打119和96333，勿开关电器",
        questions=(),
    )  # fmt: skip

    shown = client.get("/report/about", {"item": gas.id}).content.decode()

    assert 'href="tel:119"' in shown
    assert 'href="tel:96333"' in shown
