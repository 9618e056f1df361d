"""A resident's corner in a real browser: in by a code, everything within reach, nothing that hinders."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import DESK, PHONE, Visitors, settled
from tests.browser.test_access import hindrances
from tests.browser.town import Town

NARROW = {"width": 320, "height": 640}
SIZES = [
    pytest.param(size, number, id=name)
    for number, (name, size) in enumerate(
        {"desk": DESK, "phone": PHONE["viewport"], "narrow": NARROW}.items()
    )
]
OWN = ("/my", "/my/claim", "/my/settings", "/my/data", "/my/alerts", "/following")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def signed_in(page: Page, phone: str) -> None:
    """Sign in as residents do; a telephone gets a code a minute, so each test brings its own."""
    page.goto("/my/sign-in")
    page.get_by_label("手机号码").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/my/sign-in/code**")
    code = re.search(r"\d{6}(?=。)", page.locator("main").inner_text())
    assert code is not None
    page.get_by_label("六位验证码").fill(code[0])
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(re.compile("/my$"))


@pytest.mark.parametrize(("size", "number"), SIZES)
def test_no_page_of_the_corner_hinders_people_or_scrolls_sideways(
    town: Town, visitor: Visitors, size, number
):
    page = visitor(viewport=size)
    signed_in(page, f"1380000010{number}")
    reported = town.brought_to("closed", phone=f"1380000010{number}")
    page.goto("/my/claim")
    page.get_by_label("编号").fill(reported.matter.number)
    page.get_by_label("查询码").fill(reported.code)
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator(".own-title")).to_have_count(1)

    trouble = []
    for address in (*OWN, f"/progress/{reported.matter.number}?code={reported.code}"):
        page.goto(address)
        settled(page)
        trouble += hindrances(page)
        if page.evaluate(WIDER) > 0:
            trouble.append(f"{address} is wider than the screen")
    assert trouble == []


def test_the_size_a_resident_chose_holds_after_signing_in_elsewhere(visitor: Visitors):
    page = visitor(**PHONE)
    signed_in(page, "13800000111")
    page.goto("/my/settings")
    page.get_by_label("大字").check()
    page.get_by_role("button", name="保存", exact=True).click()
    settled(page)
    expect(page.locator("html")).to_have_attribute("data-size", "large")

    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
