"""A scheme is changed, tried on a past month, and its draft waits for somebody else; on a desk and on a phone."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.assessment import actions
from gongzhi.base.tests.builders import an_actor
from gongzhi.figures.tests.builders import a_fact
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town
from tests.cast import GRID

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def assessed(town: Town) -> Town:
    """A month of twenty-five matters, five of them late, and the office that assesses them."""
    now = timezone.now()
    user = a_user(username="kao", name="Kao")
    a_posting(user=user, role="assessor", unit=town.cast.units["town"].parent, area_path="441900/")
    accounts.forget()
    month = (timezone.localdate(now).replace(day=1) - timedelta(days=1)).replace(day=10)
    for number in range(25):
        a_fact(area_path=GRID, reported_at=now.replace(year=month.year, month=month.month, day=10), handled_in_time=number > 4)  # fmt: skip
    actions.adopt_shipped(valid_from=date(month.year - 1, 1, 1), actor=an_actor("assessment.keep"), at=now)  # fmt: skip
    return town


def test_a_scheme_is_changed_and_tried_on_history(assessed: Town, visitor: Visitors, screenshot):
    page = visitor("kao")
    page.goto("/assessment")
    expect(page.locator("tr.sum")).to_contain_text("80.0%")
    assert hindrances(page) == []
    screenshot(page, "assessment-rates")

    page.goto("/assessment/schemes")
    page.get_by_role("link", name="金牛方案：处置评价").click()
    page.get_by_role("button", name="起草下一版").click()
    points = page.locator("#id_lines-1-points")
    expect(points).to_have_value("20")
    page.locator("#id_lines-1-input").select_option("registered")
    visitor.expects(422)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text(re.compile("数量本身不计分，请改用"))).to_be_visible()
    page.locator("#id_lines-1-input").select_option("handled_in_time")
    page.locator("#id_lines-1-points").fill("70")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("须由他人批准生效")).to_be_visible()
    page.get_by_role("link", name="历史试算").click()
    # 30 + 20 × 80 % + 50 = 96; with seventy points for time, 30 + 56 + 50 of 150.
    expect(page.locator("tbody")).to_contain_text("96.00")
    expect(page.locator("tbody")).to_contain_text("136.00")

    phone = visitor("kao", **PHONE)
    phone.goto("/assessment")
    assert hindrances(phone) == []
    assert phone.evaluate(WIDER) <= 0
