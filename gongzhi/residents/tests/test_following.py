"""Following matters and streets: heard once, in one's own language, at one's own hours, with a way out."""

from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import local
from gongzhi.publishing import queries as publishing
from gongzhi.publishing.queries import Shown
from gongzhi.residents import actions, queries
from gongzhi.residents.models import Follow, News, Resident, StreetAlert
from gongzhi.residents.tests.builders import MONDAY, a_resident

pytestmark = pytest.mark.django_db
NIGHT = local("2026-11-23 23:00")
VILLAGE = "441900/004/012/"


@pytest.fixture
def public(monkeypatch):
    """A city with two published matters, whose stages a test may move."""
    rows = {
        "aaa111": Shown("aaa111", "井盖破损（元美路）", "P01", VILLAGE, 113.751, 23.021, "handling", MONDAY),
        "bbb222": Shown("bbb222", "路灯不亮（胜和路）", "E02", VILLAGE, 113.760, 23.021, "settled", MONDAY),
    }  # fmt: skip

    def shown(ids):
        return {public_id: rows[public_id] for public_id in ids if public_id in rows}

    monkeypatch.setattr(publishing, "shown", shown)
    monkeypatch.setattr(publishing, "classes", lambda **_on: [("P01", "公用设施"), ("E02", "市容")])
    return rows


def messages() -> list[str]:
    sent = apps.get_model("notices", "Delivery").objects.exclude(template__code="sign_in_code")
    return [delivery.text for delivery in sent.order_by("pk")]


def an_alert(resident, **changes):
    where = {"area_path": "", "lon": 113.75149, "lat": 23.02149, "radius_m": 500, "classes": []}
    return actions.add_alert(resident=resident, at=MONDAY, **(where | changes))


def test_a_follower_hears_of_the_next_stage_once(public):
    actions.follow(resident=a_resident(), public_id="aaa111", at=MONDAY)

    for _again in range(2):
        actions.note_news(public_id="aaa111", stage="handling", at=MONDAY)
        actions.send_news(at=MONDAY)

    (words,) = messages()
    assert "井盖破损（元美路）" in words
    assert "/matters/aaa111" in words
    assert "/stop/" in words


def test_messages_come_in_the_followers_language(public):
    actions.follow(resident=a_resident(language="en"), public_id="aaa111", at=MONDAY)

    actions.note_news(public_id="aaa111", stage="handling", at=MONDAY)
    actions.send_news(at=MONDAY)

    assert "which you follow" in messages()[0]


def test_what_happens_at_night_is_told_in_the_morning(public):
    actions.follow(resident=a_resident(), public_id="aaa111", at=MONDAY)
    actions.note_news(public_id="aaa111", stage="handling", at=NIGHT)

    assert actions.send_news(at=NIGHT + timedelta(hours=8)) == 0
    assert actions.send_news(at=NIGHT + timedelta(hours=9)) == 1


def test_a_digest_gathers_the_day_into_one_message(public):
    resident = a_resident()
    Resident.objects.update(digest=True)
    for public_id in public:
        actions.follow(resident=resident, public_id=public_id, at=MONDAY)
        actions.note_news(public_id=public_id, stage="settled", at=MONDAY)

    assert actions.send_news(at=MONDAY + timedelta(hours=1)) == 0
    assert actions.send_news(at=MONDAY + timedelta(days=1)) == 1
    assert "2 条新进展" in messages()[0]


@pytest.mark.parametrize(
    ("where", "hears"),
    [
        ({}, True),
        ({"classes": ["P01"]}, True),
        ({"classes": ["E02"]}, False),
        ({"lon": 113.757}, False),
        ({"lon": 113.757, "radius_m": 1000}, True),
        ({"area_path": "441900/004/"}, True),
        ({"area_path": "441900/005/"}, False),
    ],
)
def test_streets_are_heard_of_when_something_is_published_there(public, monkeypatch, where, hears):
    from gongzhi.places import queries as places  # noqa: PLC0415

    monkeypatch.setattr(places, "flaw_words", lambda *_point: "")
    monkeypatch.setattr(places, "area", lambda path: type("Area", (), {"path": path}))
    an_alert(a_resident(), **where)

    actions.note_news(public_id="aaa111", stage="handling", at=MONDAY)
    actions.send_news(at=MONDAY)

    assert bool(messages()) == hears


def test_what_is_kept_of_a_point_is_rounded_to_a_hundred_metres(public):
    alert = an_alert(a_resident())

    assert (alert.lon, alert.lat) == (113.751, 23.021)


@pytest.mark.parametrize(
    "where", [{"lon": None}, {"radius_m": 299}, {"lon": 23.02, "lat": 113.75}, {"area_path": "x/"}]
)
def test_streets_that_are_none_are_a_sentence(public, where):
    with pytest.raises(Invalid):
        an_alert(a_resident(), **where)


def test_whoever_pauses_hears_nothing(public):
    resident = a_resident()
    actions.follow(resident=resident, public_id="aaa111", at=MONDAY)
    alert = an_alert(resident)
    Resident.objects.update(paused_until=MONDAY.date() + timedelta(days=3))

    assert actions.note_news(public_id="aaa111", stage="handling", at=MONDAY) == 0
    Resident.objects.update(paused_until=None)
    actions.pause_alert(resident=resident, alert_id=alert.pk, is_paused=True)
    actions.unfollow(resident=resident, public_id="aaa111")
    assert actions.note_news(public_id="aaa111", stage="handling", at=MONDAY) == 0


def test_the_link_of_a_message_ends_what_the_message_is_about(public):
    resident = a_resident()
    actions.follow(resident=resident, public_id="aaa111", at=MONDAY)
    actions.follow(resident=resident, public_id="bbb222", at=MONDAY)
    address = actions.stop_address(queries.Stop(resident.pk, public_id="aaa111"))

    actions.stop(token=address.rsplit("/", 1)[1])

    assert list(Follow.objects.values_list("public_id", flat=True)) == ["bbb222"]
    with pytest.raises(OutOfReach):
        actions.stop(token="made-up")


def test_a_withdrawn_publication_is_forgotten(public):
    resident = a_resident()
    actions.follow(resident=resident, public_id="aaa111", at=MONDAY)
    actions.note_news(public_id="aaa111", stage="handling", at=MONDAY)

    actions.forget_publication(public_id="aaa111")

    assert not Follow.objects.exists()
    assert not News.objects.exists()


def test_nobody_touches_the_alert_of_another(public):
    alert = an_alert(a_resident())
    stranger = a_resident(phone="13900000002")

    with pytest.raises(OutOfReach):
        actions.delete_alert(resident=stranger, alert_id=alert.pk)
    assert StreetAlert.objects.exists()
