"""A clerk takes a suggestion for the words of a call, and reads how good suggestions and forecasts are."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import actions as catalogue
from gongzhi.catalogue import queries as items
from gongzhi.figures import actions as figures
from gongzhi.figures.tests.builders import a_fact
from gongzhi.learning import actions
from gongzhi.matters.models import Matter
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town
from tests.cast import GRID, TOWN

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SAID = {
    "P0101": "路口排水井盖松动有异响",
    "E0101": "小区门口垃圾堆放没人清理",
    "P0117": "人行道路灯不亮",
}


@pytest.fixture(scope="module")
def taught(town: Town) -> Town:
    """Three hundred settled matters of three items, eleven weeks of counts, and what they teach."""
    now = timezone.now()
    catalogue.load_content(actor=an_actor("catalogue.manage"), at=now)
    codes, unit = list(SAID), town.cast.units["office"]
    ids = {code: items.item_by_code(code, timezone.localdate(now)).id for code in codes}
    for back in range(77):
        at = datetime.combine(
            timezone.localdate(now) - timedelta(days=back + 1), datetime.min.time()
        )
        a_fact(
            area_path=GRID,
            item_id=ids["P0101"],
            item_class="P01",
            reported_at=timezone.make_aware(at),
        )
    figures.rebuild(at=now)
    Matter.objects.bulk_create(
        Matter(
            number=f"T{n:011d}", kind="incident", state="closed", is_open=False, title="x", source="portal",
            text=SAID[codes[n % 3]], item_id=ids[codes[n % 3]], area_path=f"{TOWN}{n % 5:03d}/01/", district=TOWN,
            placed_on=now.date(), lead_unit=unit, unit_ids=[unit.id], reported_at=now - timedelta(hours=5 * n),
            changed_at=now, closed_at=now,
        )
        for n in range(303)
    )  # fmt: skip
    actions.retrain(at=now)
    actions.forecast(at=now)
    actions.write_briefs(at=now)
    return town


def test_words_of_a_call_lead_to_an_item_and_the_pages_say_how_good_that_is(
    taught: Town, visitor: Visitors, screenshot
):
    page = visitor("mei")
    page.goto("/desk/report")
    page.get_by_label("反映内容").fill("村口井盖松动，晚上有异响")
    choice = page.locator("#suggested .choice", has_text="排水井盖")
    expect(choice).to_contain_text("井盖")
    choice.click()
    expect(page.locator("#hints")).to_contain_text("立案条件")

    page.goto("/learning/suggestions")
    expect(page.locator(".stats")).to_contain_text("首条命中")
    phone = visitor("mei", **PHONE)
    for address, words in (
        ("/learning/forecast", "未来 7 天"), ("/learning/brief", "昨日上报事件"), ("/learning/suggestions", "首条命中"),
    ):  # fmt: skip
        phone.goto(address)
        expect(phone.locator("main")).to_contain_text(words)
        assert hindrances(phone) == [], address
        assert phone.evaluate(WIDER) <= 0, address
    screenshot(phone, "learning-suggestions")
