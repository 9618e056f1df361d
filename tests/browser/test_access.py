"""Everybody can use the pages: no serious hindrance, no sideways scrolling, a list where maps cannot be drawn."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import find
from tests.browser.desk import open_move
from tests.browser.people import DESK, PHONE, Visitors, settled
from tests.browser.town import Town

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
SERIOUS = ["serious", "critical"]
# How much a finding hinders is said by its rule: rules that can say nothing serious need not look.
LOOK = """serious => {
  const slight = axe._audit.rules.filter((rule) => rule.impact && !serious.includes(rule.impact));
  const rules = Object.fromEntries(slight.map((rule) => [rule.id, {enabled: false}]));
  return axe.run(document, {resultTypes: ["violations"], preload: false, rules});
}"""
PUBLIC = (
    "/",
    "/report",
    "/progress",
    "/receipt/{number}?code={code}",
    "/progress/{number}?code={code}",
    "/sign-in",
)
STAFF = {
    "lin": ("/desk/todo", "/desk/matters/{number}", "/desk/matters/{number}/dispatch", "/desk/report", "/desk/map", "/notices", "/me"),
    "boss": ("/setup/areas", "/setup/items", "/setup/calendars/default/", "/setup/people", "/setup/organisation"),
}  # fmt: skip
SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE["viewport"], id="phone")]


@pytest.fixture(scope="module")
def opened(town: Town):
    return town.brought_to("to_dispatch", phone="13800000009")


def everybody(visitor: Visitors, size: dict[str, int], opened: Any):
    """Yield each page of the list as it stands before those who use it."""
    values = {"number": opened.matter.number, "code": opened.code}
    for person, addresses in {"": PUBLIC, **STAFF}.items():
        page = visitor(person, viewport=size)
        for address in addresses:
            page.goto(address.format(**values))
            settled(page)
            yield page


@pytest.mark.parametrize("size", SIZES)
def test_no_page_hinders_people_seriously(visitor: Visitors, opened, size):
    found = [line for page in everybody(visitor, size, opened) for line in hindrances(page)]

    assert found == []


def test_a_dialog_hinders_nobody_seriously(visitor: Visitors, opened):
    lin = visitor("lin")
    lin.goto(f"/desk/matters/{opened.matter.number}")
    open_move(lin, "派遣")

    assert hindrances(lin) == []


def hindrances(page: Page) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate(LOOK, SERIOUS)
    return [
        f"{page.url} {violation['id']}: {node['html'][:150]} {node['failureSummary'][:200]}"
        for violation in answer["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def test_what_hinders_is_found(page: Page):
    page.set_content(
        "<title>x</title><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><p style='color: #ddd'>words</p><input>"
    )

    found = {line.split()[1] for line in hindrances(page)}

    assert found >= {"image-alt:", "color-contrast:", "label:", "html-has-lang:"}


def test_nothing_scrolls_sideways_on_the_narrowest_screens(visitor: Visitors, opened):
    narrow = {"width": 320, "height": 640}
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

    found = {
        page.url: more
        for page in everybody(visitor, narrow, opened)
        if (more := page.evaluate(wider)) > 0
    }

    assert found == {}


def test_without_webgl_the_map_is_a_list(town: Town, visitor: Visitors, opened, browser: Browser):
    blind = browser.browser_type.launch(
        executable_path=find().executable, args=["--no-sandbox", "--disable-gpu", "--disable-webgl", "--disable-3d-apis"],
        env=find().environment or None,
    )  # fmt: skip
    try:
        people = Visitors(blind, visitor.address, visitor.sessions)
        lin = people("lin")
        lin.goto("/desk/map")
        expect(lin.locator(".map-fallback")).to_contain_text("本机不能显示地图")
        expect(lin.locator(".map-fallback .item-title").first).to_be_visible()
        assert people.complaints == []
    finally:
        blind.close()
