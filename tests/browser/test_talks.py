"""A side without an account and the mediator speak in one room at the same time, and settle by an offer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongzhi.talks.tests.builders import Talks, talks
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def talk(town: Town) -> Talks:
    return talks(cast=town.cast)


def seated(visitor: Visitors, talk: Talks, place: int) -> Page:
    page = visitor(**PHONE)
    page.goto(f"/talk/{talk.number}?code={talk.party(place).code}")
    return page


def test_two_speak_at_once_and_one_offer_settles_it(
    talk: Talks, visitor: Visitors, screenshot: Any, settings: Any
):
    desk, mine, other = visitor("he"), seated(visitor, talk, 0), seated(visitor, talk, 1)

    desk.goto(f"/desk/talks/{talk.number}/rooms/shared")
    mine.get_by_role("link", name="各方共同的房间").click()
    desk.get_by_label("消息").fill("两位好，先各自说说想法。")
    desk.get_by_role("button", name="发送", exact=True).click()
    expect(mine.get_by_text("两位好，先各自说说想法。")).to_be_visible()
    mine.get_by_label("消息").fill("修好并赔偿五百元。")
    mine.get_by_role("button", name="发送", exact=True).click()
    expect(desk.get_by_text("修好并赔偿五百元。")).to_be_visible()
    screenshot(desk, "talks-room")

    mine.get_by_text("向对方提出方案").click()
    mine.get_by_label("由谁履行").first.select_option("1")
    mine.get_by_label("向谁履行").first.select_option("0")
    mine.get_by_label("履行内容").first.fill("赔偿天花板修复费")
    mine.get_by_label("金额（元）").first.fill("500")
    assert hindrances(mine) == []
    screenshot(mine, "talks-offer")
    mine.get_by_role("button", name="提出方案").click()
    expect(mine.get_by_text("方案已提出")).to_be_visible()

    other.reload()
    assert other.evaluate(WIDER) <= 0
    screenshot(other, "talks-side")
    other.get_by_role("button", name="我同意").click()
    other.locator("dialog[open]").get_by_role("button", name="我同意").click()
    expect(other.get_by_text("各方均已接受")).to_be_visible()
    assert hindrances(other) == []

    # The ordinary page is one of ours here: no test opens the world's.
    settings.QUICK_EXIT_ADDRESS = f"{visitor.address}/"
    other.get_by_role("link", name="立即离开").first.click()
    expect(other).to_have_url(settings.QUICK_EXIT_ADDRESS)
    other.go_back()
    expect(other).not_to_have_url(re.compile("/talk/"))
    other.goto(f"/talk/{talk.number}")
    expect(other.get_by_role("heading", name="打开您的页面")).to_be_visible()
