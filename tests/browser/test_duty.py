"""A roster is made and filled; an instruction goes out, is signed for and answered on a telephone, and accepted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import add_photo
from tests.browser.people import PHONE, Visitors
from tests.browser.pictures import a_jpeg
from tests.browser.test_access import hindrances
from tests.browser.town import Town, do_jobs

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
pytestmark = pytest.mark.usefixtures("town")


def test_a_desk_is_filled_and_an_instruction_comes_back_with_a_photo(
    town: Town, visitor: Visitors, screenshot
):
    page = visitor("tan")
    page.goto("/desk/duty")
    page.get_by_text("启用值班席").first.click()
    page.locator("select[name=unit_id]").select_option(label="南城街道指挥中心", force=True)
    page.get_by_role("button", name=re.compile("启用")).click()
    expect(page.get_by_role("cell", name="夜班")).to_be_visible()
    page.goto("/desk/duty/roster/generate")
    page.get_by_label("名称").fill("值班员轮班")
    page.get_by_label("岗位").select_option("dispatcher")
    page.get_by_label("轮班顺序").fill("Mei\nLin")
    page.get_by_role("button", name="保存轮班").click()
    page.get_by_role("button", name="生成").click()
    expect(page.locator(".roster-people .dispatcher").first).to_have_text("Mei")
    expect(page.get_by_role("button", name="撤回")).to_be_visible()
    assert hindrances(page) == []
    screenshot(page, "duty-roster")

    page.goto("/desk/duty/instructions/new")
    page.get_by_label("标题").fill("排查积水点")
    page.get_by_label("指令内容").fill("今晚暴雨，请排查并反馈。")
    page.get_by_label("特急").check()
    page.get_by_label("水务局南城分局").check()
    page.get_by_role("button", name="下达").click()
    address = page.url
    do_jobs()

    phone = visitor("bo", **PHONE)
    phone.goto(address)
    phone.get_by_role("button", name="代表水务局南城分局签收").click()
    phone.get_by_label("处置情况").fill("已排查 12 处，未见积水")
    add_photo(phone.locator("form[data-draft^=answer]"), a_jpeg())
    assert phone.evaluate(WIDER) <= 0
    assert hindrances(phone) == []
    phone.get_by_role("button", name="反馈", exact=True).click()
    expect(phone.locator(".part .tag")).to_have_text("已反馈待审核")

    page.goto(address)
    expect(page.locator(".part-answer")).to_contain_text("已排查 12 处")
    page.get_by_role("button", name="采纳").click()
    expect(page.locator(".part .tag").first).to_have_text("办结")
    expect(page.locator(".timeline img")).to_have_count(1)
    screenshot(page, "duty-instruction")
