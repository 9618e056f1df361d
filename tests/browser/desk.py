"""What people do over and over: report, look into an inbox, make a move."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.pictures import upload

BY_NOW = re.compile(r"\d+:\d\d")


def report(
    page: Page, spot: tuple[float, float], *, text: str, photo: bytes, **contact: str
) -> None:
    """Walk through the form up to its last step; the place is read from the photo."""
    page.goto("/report")
    page.locator("input[type=file]").set_input_files(upload("井盖.jpg", photo))
    expect(page.locator(".upload-item img")).to_be_visible()
    step_on(page)
    page.get_by_label("搜索").fill("井盖")
    page.locator(".picture", has_text="排水井盖破损").click()
    step_on(page)
    expect(page.locator("#placed b")).to_have_text("南城街道 胜和社区 01网格")
    assert float(page.locator("#id_lon").input_value()) == spot[0]
    step_on(page)
    page.get_by_label("补充说明").fill(text)
    step_on(page)
    for label, value in contact.items():
        page.locator(f"#id_{label}").fill(value)


def step_on(page: Page) -> None:
    page.get_by_role("button", name="下一步").click()


def send(page: Page) -> tuple[str, str]:
    """Send the report; return number and code as the receipt shows them."""
    page.get_by_role("button", name="提交上报").click()
    page.wait_for_url("**/receipt/**")
    return page.locator(".receipt .number").inner_text(), page.locator(
        ".receipt .lead"
    ).inner_text()


def row_of(page: Page, number: str, box: str = "todo") -> Locator:
    page.goto(f"/desk/{box}")
    return page.locator(f".item-title[title^='{number}']")


def is_in_order(page: Page) -> bool:
    """Tell whether the first row of a box has the tick left of its words and the unit at their right, in two lines."""
    row = page.locator(".item.pick").first
    tick, words, unit = (
        row.locator(part).bounding_box() for part in (".item-check", ".item-meta", ".item-side")
    )
    assert tick
    assert words
    assert unit
    return words["x"] - tick["x"] < 60 and abs(unit["y"] - words["y"]) < 20 < unit["x"] - words["x"]


def owed(page: Page, number: str, *, unit: str, does: str) -> None:
    """The matter's page says whose move it is and until when."""
    page.goto(f"/desk/matters/{number}")
    said = page.locator(".owes .clock.big strong")
    expect(said).to_contain_text(unit)
    expect(said).to_contain_text(does)
    expect(said).to_have_text(BY_NOW)


def open_move(page: Page, label: str) -> Locator:
    page.locator(".owes").get_by_role("button", name=label, exact=True).click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("heading", name=label)).to_be_visible()
    return dialog


def make(dialog: Locator, label: str) -> None:
    """Send the dialog's form; the page that comes back says that it is done."""
    page = dialog.page
    with page.expect_navigation():
        dialog.locator(".dialog-foot").get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text(f"已完成“{label}”")).to_be_visible()


def add_photo(dialog: Locator, content: bytes) -> None:
    dialog.locator("input[type=file]").set_input_files(upload("现场.jpg", content))
    expect(dialog.locator(".upload-item img")).to_be_visible()
