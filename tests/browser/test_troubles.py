"""What goes wrong in daily use: two at once, an ended session, a second click, files that are none."""

import re

from playwright.sync_api import Page, expect

from gongzhi.matters.models import Matter
from tests.browser.desk import make, open_move, report, step_on
from tests.browser.people import Visitors, sign_in
from tests.browser.pictures import a_bomb, a_jpeg, a_program, upload
from tests.browser.town import Town


def test_the_second_of_two_people_is_told_and_keeps_their_text(town: Town, visitor: Visitors):
    visitor.expects(409)
    number = town.brought_to("to_register").matter.number
    mei, other = visitor("mei"), visitor("mei")
    for window in (mei, other):
        window.goto(f"/desk/matters/{number}")
    first, second = open_move(mei, "立案"), open_move(other, "立案")
    second.get_by_label("说明").fill("经核实，属于市政井盖")

    make(first, "立案")
    second.locator(".dialog-foot").get_by_role("button", name="立案").click()

    expect(second.get_by_role("alert")).to_contain_text("待派遣")
    expect(second.get_by_label("说明")).to_have_value("经核实，属于市政井盖")
    assert Matter.objects.get(number=number).state == "to_dispatch"


def test_an_ended_session_keeps_what_was_typed(town: Town, visitor: Visitors):
    visitor.expects(401, 403)
    number = town.brought_to("handling").matter.number
    bo = visitor()
    bo.goto(f"/desk/matters/{number}/hand_in")
    sign_in(bo, "bo")
    bo.get_by_label("处置情况").fill("井盖已更换，等待路面养护")
    bo.wait_for_timeout(500)  # the draft is written a moment after the last key

    bo.context.clear_cookies(name="sessionid")
    bo.get_by_role("button", name="处置完成").click()
    bo.wait_for_url("**/sign-in**")
    sign_in(bo, "bo")
    bo.goto(f"/desk/matters/{number}/hand_in")

    expect(bo.get_by_label("处置情况")).to_have_value("井盖已更换，等待路面养护")
    expect(bo.locator(".draft-note")).to_be_visible()


def test_two_clicks_and_the_back_button_give_one_matter(town: Town, phone: Page):
    spot = town.spot()
    report(phone, spot, text="点了两次的上报", photo=a_jpeg(at=spot))

    phone.get_by_role("button", name="提交上报").dblclick()
    phone.wait_for_url("**/receipt/**")
    number = phone.locator(".receipt .number").inner_text()
    phone.go_back()
    phone.goto("/report")

    expect(phone.locator(".draft-note")).to_have_count(0)
    assert [m.number for m in Matter.objects.filter(text="点了两次的上报")] == [number]


BAD_FILES = [
    ("空.jpg", b"", "文件是空的"),
    ("照片.jpg", a_program(), "程序文件"),
    ("半张.jpg", a_jpeg()[:6000], "损坏或不完整"),
    ("大图.png", a_bomb(), "百万像素"),
]


def test_bad_files_are_refused_in_words_and_the_report_goes_on(
    town: Town, visitor: Visitors, phone: Page
):
    visitor.expects(422)
    phone.goto("/report")

    for name, content, sentence in BAD_FILES:
        phone.locator("input[type=file]").set_input_files(upload(name, content))
        expect(phone.locator(".upload-item.wrong", has_text=name)).to_contain_text(sentence)
    phone.locator("input[type=file]").set_input_files(upload("好.jpg", a_jpeg()))

    expect(phone.locator(".upload-item img")).to_have_count(1)
    step_on(phone)
    expect(phone.locator("[data-step=what]")).to_be_visible()


def test_the_hotline_clerk_files_a_call_and_finds_it_again(town: Town, visitor: Visitors):
    visitor.expects(404)
    mei = visitor("mei")
    lon, lat = town.spot()
    mei.goto("/desk/report")
    mei.get_by_text("12345 热线", exact=True).click()
    mei.locator("#id_outside_number").fill("2026-12345-001")
    mei.locator("#find-item").fill("井盖")
    mei.locator("#items .choice", has_text="排水井盖破损").click()
    mei.locator("#id_text").fill("市民来电：宏图路井盖破损")
    mei.locator("#id_lon").fill(str(lon))
    mei.locator("#id_lat").fill(str(lat))
    mei.locator("#id_lat").press("Tab")
    expect(mei.locator("#hints")).to_contain_text("南城街道 胜和社区 01网格")
    mei.get_by_role("button", name="登记", exact=True).click()
    mei.wait_for_url(re.compile(r"/desk/matters/\d"))

    number = mei.url.rsplit("/", 1)[-1]
    expect(mei.locator(".matter-head")).to_contain_text("2026-12345-001")
    search = mei.get_by_role("searchbox", name="搜索")
    search.fill(number)
    search.press("Enter")
    expect(
        mei.locator(f".item-title[title^='{number}']").or_(
            mei.locator(".matter-head", has_text=number)
        )
    ).to_be_visible()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    search = mei.get_by_role("searchbox", name="搜索")
    search.fill(wrong)
    search.press("Enter")
    expect(mei.get_by_role("main")).to_contain_text("校验位不符")
