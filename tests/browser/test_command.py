"""A duty officer watches the town: an urgent matter comes in, is heard and acknowledged; the wall shows the same."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongzhi.command import actions as command
from gongzhi.figures import actions as figures
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town
from tests.cast import TOWN

CENTRE = {"width": 1920, "height": 1080}
TWO_SCREENS = {"width": 3840, "height": 1080}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Events of our own: the browser's driver waits for ever for the end of what it takes for a drag of files.
DRAG = """code => {
    const tile = document.querySelector(`[data-tile-code=${code}]`);
    const from = tile.getBoundingClientRect(), to = document.querySelector("[data-stage]").getBoundingClientRect();
    const at = [to.x + to.width * 0.55, to.y + to.height * 0.3];
    const send = (type, x, y, target) => target.dispatchEvent(new MouseEvent(type,
        {bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, buttons: 1, view: window}));
    send("mousedown", from.x + 20, from.y + 10, tile);
    for (const share of [0.1, 0.6, 0.9, 1]) {
        send("mousemove", from.x + (at[0] - from.x) * share, from.y + (at[1] - from.y) * share, document);
    }
    send("mouseup", ...at, document);
}"""


@pytest.fixture(autouse=True)
def _looks_often(settings) -> None:
    settings.COMMAND_SECONDS = 1


def consume() -> None:
    figures.consume(limit=100, at=timezone.now())


def an_urgent_report(town: Town) -> int:
    matter = town.a_report(text="路面塌陷，有车辆经过").matter
    matter.is_urgent = True
    matter.save(update_fields=["is_urgent"])
    command.ring(matter_id=matter.pk)
    consume()
    return matter.pk


def test_what_happens_reaches_the_board_the_desk_and_the_wall(town: Town, visitor: Visitors):
    visitor.expects(404)  # no stream beside this server: the screen asks by itself
    town.a_report()
    consume()
    page = visitor("tan", viewport=CENTRE)
    page.set_default_timeout(30_000)
    page.goto("/command")
    expect(page.locator("[data-tile=open] b")).to_have_text("1")
    expect(page.locator(".cmd-map canvas")).to_be_visible(timeout=30_000)

    an_urgent_report(town)
    expect(page.locator(".cmd-alarm")).to_contain_text("路面塌陷", timeout=20_000)
    expect(page.locator("[data-tile=open] b")).to_have_text("2")
    expect(page.locator("[data-news] li")).to_have_count(2)
    expect(page).to_have_title(re.compile("警报"))
    page.locator("[data-alarms]").get_by_role("button", name="确认知悉").click()
    expect(page.locator(".cmd-alarm")).to_be_hidden()
    expect(page.locator("[data-alarms] .heard")).to_contain_text("Tan")
    assert hindrances(page) == []

    page.locator("[data-below]").get_by_role("link", name="胜和社区").click()
    expect(page.locator("#command-crumbs [aria-current]")).to_have_text("胜和社区")
    assert page.url.endswith(f"{TOWN}012/")
    page.get_by_role("button", name="回放").click()
    expect(page.locator("[data-day-sums]")).to_contain_text("已上报 2")

    page.close()  # a map drawn without a graphics card leaves the others no time

    the_wall(visitor("tan", viewport=CENTRE))
    phone = visitor("tan", **PHONE)
    for address in ("/command", "/command/charts", "/command/screens"):
        phone.goto(address)
        assert phone.evaluate(WIDER) <= 0, address
    assert hindrances(phone) == []


def the_wall(page: Page) -> None:
    """Compose a screen from the shipped composition, put one more tile on it, show it."""
    page.set_default_timeout(30_000)
    page.goto("/command/screens/new")
    page.get_by_label("名称").fill("南城大屏")
    page.get_by_role("button", name="新建并编排").click()
    expect(page.locator("[data-said]")).to_have_text("第 1 版，已保存")
    page.get_by_role("button", name="页面", exact=True).click()
    page.get_by_role("button", name="把今日来源放到页面上").click()
    page.locator("[data-stage] .grid-stack-item").press("ArrowRight")
    page.evaluate(DRAG, "items")
    expect(page.locator("[data-stage] .grid-stack-item")).to_have_count(2)
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator("[data-said]")).to_have_text("第 2 版，已保存")
    assert hindrances(page) == []

    page.get_by_role("link", name="展示").click()
    expect(page.locator(".wall-page:not([hidden]) .is-reported_today b")).to_have_text("2")
    expect(page.locator(".wall-page:not([hidden]) .is-alarms .heard")).to_contain_text("路面塌陷")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wall-page:not([hidden]) .is-sources")).to_contain_text("群众上报")
    page.set_viewport_size(TWO_SCREENS)
    expect(page.locator(".wall-page:not([hidden]) .is-sources")).to_be_in_viewport(ratio=1)
    assert page.evaluate(WIDER) <= 0
    assert hindrances(page) == []
