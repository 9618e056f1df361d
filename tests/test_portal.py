"""What residents do at their door, through the pages."""

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.base.bucket import Bucket
from gongzhi.matters.models import Matter, Reporter
from gongzhi.portal.pages import door
from tests.cast import IN_GRID, a_town

pytestmark = pytest.mark.django_db
KEY = "a-key-of-a-form-that-was-sent"


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch):
    cache.clear()
    monkeypatch.setattr(door, "_reports", Bucket(per_minute=1, burst=10))
    monkeypatch.setattr(door, "_looks", Bucket(per_minute=6, burst=20))


def said(cast, **changes) -> dict:
    return {
        "item": cast.item.id, "lon": IN_GRID[0], "lat": IN_GRID[1], "text": "胜和路口井盖破了", "idempotency_key": KEY,
    } | changes  # fmt: skip


def test_a_report_leads_to_a_receipt_and_its_progress(client):
    cast = a_town()

    answer = client.post("/report", said(cast), follow=True)

    matter = Matter.objects.get()
    code = Reporter.objects.get().code
    assert answer.redirect_chain == [(f"/receipt/{matter.number}?code={code}", 302)]
    assert matter.number in answer.content.decode()
    shown = Client().get(f"/progress/{matter.number}", {"code": code}).content.decode()
    assert "胜和社区工作站" in shown


def test_the_front_page_says_nothing_of_a_reporter(client):
    cast = a_town()
    client.post("/report", said(cast, text="我家门口，电话13800000000", phone="13800000000"))
    cache.clear()

    shown = Client().get("/").content.decode()

    assert "排水井盖破损" in shown
    assert "13800000000" not in shown
    assert "我家门口" not in shown
    assert "01网格" not in shown


def test_the_same_key_gives_the_same_receipt(client):
    cast = a_town()

    first = client.post("/report", said(cast))
    second = client.post("/report", said(cast))

    assert Matter.objects.count() == 1
    assert second.url.split("&")[0] == first.url
