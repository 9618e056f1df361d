"""Neighbours come to the counter, settle orally on the spot, and are asked later how it went."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.disputes import actions as disputes
from gongzhi.disputes.tests.builders import a_body, a_mediator
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town
from tests.cast import TOWN, VILLAGE

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIDES = (("陈甲", "13800000001"), ("李乙", "13800000002"))


@pytest.fixture(scope="module")
def mediating(town: Town) -> Town:
    """A counter at the town's centre, and a committee at the judicial office with its clerk and a mediator."""
    disputes.load_kinds()
    units = town.cast.units
    posts = {"counter": ("centre_clerk", units["town"]), "clerk": ("body_clerk", units["station"]), "he": ("mediator", units["station"])}  # fmt: skip
    people = {name: a_user(username=name, name=name.title()) for name in posts}
    for name, (role, unit) in posts.items():
        a_posting(user=people[name], role=role, unit=unit, area_path=TOWN)
    a_mediator(a_body(units["station"], area_path=VILLAGE), user=people["he"], name="何静")
    accounts.forget()
    return town


def opened(page: Page, number: str, move: str) -> Locator:
    """Open the dialog of a move on the dispute's page."""
    page.goto(f"/desk/matters/{number}")
    button = page.locator(f"button[hx-get$='/{number}/{move}']").first
    if not button.is_visible():
        page.locator(".owes summary").first.click()
    button.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("form")).to_be_visible()
    return dialog


def sent(dialog: Locator) -> None:
    page = dialog.page
    with page.expect_navigation():
        dialog.locator(".dialog-foot .btn.primary").click()
    expect(page.locator(".owes, .message, .toast").first).to_be_visible()


def enter(page: Page) -> str:
    """Take the dispute in at the counter; return its number."""
    page.goto("/desk/disputes/new")
    for place, (name, phone) in enumerate(SIDES):
        page.locator(f"#id_sides-{place}-name").fill(name)
        page.locator(f"#id_sides-{place}-phone").fill(phone)
    page.locator("#id_kind_code").select_option("neighbour.water", force=True)
    page.locator("#id_area").select_option(VILLAGE, force=True)
    page.locator("#id_source").select_option("counter")
    page.locator("#id_address").fill("胜和一路 8 号")
    page.locator("#id_story").fill("楼上漏水浸湿天花板。")
    page.locator("#id_wish").fill("修好并赔偿。")
    page.locator("#entry .form-acts .btn.primary").click()
    page.wait_for_url(re.compile(r"/desk/matters/"))
    return page.url.rpartition("/")[2]


def test_neighbours_settle_on_the_spot_and_every_figure_leads_back_to_them(
    mediating: Town, visitor: Visitors, screenshot
):
    counter = visitor("counter")
    number = enter(counter)
    expect(counter.locator("main")).not_to_contain_text("陈甲")
    triage = opened(counter, number, "triage")
    sent(triage)

    clerk = visitor("clerk")
    clerk.goto(f"/desk/matters/{number}")
    clerk.locator(f"button[hx-get='/desk/disputes/{number}/say']").click()
    saying = clerk.locator("dialog[open]")
    expect(saying.locator("select[name^='answer_']")).to_have_count(len(SIDES))
    for answer in saying.locator("select[name^='answer_']").all():
        answer.select_option("yes")
    for notice in saying.locator("input[name^='signed_']").all():
        notice.check()
    sent(saying)
    sent(opened(clerk, number, "consent"))
    appoint = opened(clerk, number, "appoint")
    appoint.get_by_label("何静").check()
    sent(appoint)

    mediator = visitor("he")
    settle = opened(mediator, number, "settle_orally")
    settle.locator("[name=note]").fill("当场修补并赔偿五百元，互不追究。")
    sent(settle)

    sent(opened(clerk, number, "performed"))
    visit = opened(clerk, number, "visit")
    visit.locator("input[name=satisfied][value='3']").check()
    sent(visit)
    archive = opened(clerk, number, "archive")
    archive.locator("[name=note]").fill("身份证明当面核对，未留复印件。")
    sent(archive)
    screenshot(clerk, "mediation-archived")

    counter.goto("/desk/disputes/figures?by=kind")
    expect(counter.locator(".stat").first).to_contain_text("100")
    screenshot(counter, "mediation-figures")
    counter.locator("a.stat").first.click()
    counter.locator("[data-list] tbody a").first.click()
    counter.wait_for_url(f"**/desk/matters/{number}")
    phone = visitor("counter", **PHONE)
    phone.goto("/desk/disputes/figures")
    assert hindrances(phone) == []
    assert phone.evaluate(WIDER) <= 0
