"""The main job, as people do it: from a photo on a telephone to the rating, and what may come after."""

import re
from datetime import datetime

from django.core import mail
from playwright.sync_api import Page, expect

from gongzhi.notices.models import Delivery, Notice
from tests.browser.desk import (
    add_photo,
    is_in_order,
    make,
    open_move,
    owed,
    report,
    row_of,
    send,
)
from tests.browser.people import Visitors
from tests.browser.pictures import a_jpeg
from tests.browser.town import Town, do_jobs

PHONE_OF = {"phone": "13800000001", "email": "ana@example.com"}


def sent_to(address: str) -> list[tuple[str, datetime, str]]:
    """Return occasion, moment and words of what was sent to an address; addresses are stored encrypted."""
    sent = Delivery.objects.select_related("template").order_by("id")
    return [(d.template.code, d.created_at, d.text) for d in sent if d.address == address]


def told(person: str) -> list[str]:
    return list(Notice.objects.filter(person__username=person).values_list("text", flat=True))


def test_a_broken_manhole_cover_is_reported_handled_and_rated(
    town: Town, visitor: Visitors, phone: Page, screenshot
):
    spot = town.spot()

    # Ana reports from her telephone; the photo knows the place.
    report(phone, spot, text="胜和路口井盖破了，雨天看不见", photo=a_jpeg(at=spot), **PHONE_OF)
    screenshot(phone, "story-report")
    number, code = send(phone)
    expect(phone.get_by_role("img", name="进度页二维码").locator("svg")).to_be_visible()
    expect(phone.locator(".clock.big strong")).to_contain_text("胜和社区工作站")
    screenshot(phone, "story-receipt")
    do_jobs()
    [(occasion, _at, text)] = sent_to("13800000001")
    assert occasion == "received"
    assert number in text
    assert code in text
    assert any("ana@example.com" in message.to for message in mail.outbox)

    # Omar of the grid looks on site; his neighbour of the next grid sees nothing of it.
    omar, far = visitor("omar"), visitor("far")
    expect(row_of(omar, number)).to_have_count(1)
    expect(row_of(far, number)).to_have_count(0)
    owed(omar, number, unit="胜和社区工作站", does="现场核实")
    dialog = open_move(omar, "核实")
    dialog.get_by_text("属实", exact=True).click()
    dialog.get_by_label("现场所见").fill("井盖一角断裂，已放警示桩")
    add_photo(dialog, a_jpeg(shade=90))
    make(dialog, "核实")
    expect(row_of(omar, number)).to_have_count(0)

    # Mei registers it under a standard.
    mei = visitor("mei")
    expect(row_of(mei, number)).to_have_count(1)
    owed(mei, number, unit="南城街道指挥中心", does="立案")
    dialog = open_move(mei, "立案")
    dialog.get_by_text("井盖破损但不露空").click()
    make(dialog, "立案")
    expect(row_of(mei, number)).to_have_count(0)

    # Lin sees why the matrix names the unit, and dispatches.
    do_jobs()
    lin = visitor("lin")
    expect(row_of(lin, number)).to_have_count(1)
    assert is_in_order(lin)
    owed(lin, number, unit="南城街道指挥中心", does="派遣")
    dialog = open_move(lin, "派遣")
    expect(dialog.locator(".message", has_text="水务局南城分局")).to_be_visible()
    screenshot(lin, "story-dispatch")
    make(dialog, "派遣")
    expect(row_of(lin, number)).to_have_count(0)

    # Bo of the bureau accepts, mends it and hands it in with a photo.
    do_jobs()
    assert any(number in text for text in told("bo"))
    bo = visitor("bo")
    expect(row_of(bo, number)).to_have_count(1)
    owed(bo, number, unit="水务局南城分局", does="接收")
    make(open_move(bo, "接收"), "接收")
    owed(bo, number, unit="水务局南城分局", does="处置完毕")
    screenshot(bo, "story-matter")
    dialog = open_move(bo, "处置完成")
    dialog.get_by_label("处置情况").fill("已更换防盗井盖，路面已清理")
    add_photo(dialog, a_jpeg(shade=200))
    make(dialog, "处置完成")
    expect(row_of(bo, number)).to_have_count(0)

    # Omar checks on site, Tan closes.
    expect(row_of(omar, number)).to_have_count(1)
    owed(omar, number, unit="胜和社区工作站", does="现场核查")
    make(open_move(omar, "核查通过"), "核查通过")
    expect(row_of(omar, number)).to_have_count(0)
    tan = visitor("tan")
    expect(row_of(tan, number)).to_have_count(1)
    owed(tan, number, unit="南城街道指挥中心", does="结案")
    make(open_move(tan, "结案"), "结案")
    expect(row_of(tan, number)).to_have_count(0)
    do_jobs()

    # Ana opens the progress page with number and code, sees what was done, and rates it.
    assert [occasion for occasion, *_ in sent_to("13800000001")] == ["received", "closed"], sent_to(
        "13800000001"
    )
    assert "已更换防盗井盖" in sent_to("13800000001")[-1][2]
    assert [occasion for occasion, *_ in sent_to("ana@example.com")] == ["received", "closed"]
    stranger = visitor(viewport={"width": 390, "height": 844})
    stranger.goto("/progress")
    stranger.get_by_label("编号").fill(number)
    stranger.get_by_label("查询码").fill(code)
    stranger.get_by_role("button", name="查看进度").click()
    expect(stranger.get_by_role("heading", name="处置前")).to_be_visible()
    expect(stranger.get_by_role("heading", name="处置后")).to_be_visible()
    for image in stranger.locator(".photo img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 0
    steps = stranger.get_by_label("进度", exact=True).locator(".steps li")
    expect(steps.first).to_contain_text("您上报了问题")
    expect(steps.filter(has_text="派给水务局南城分局")).to_have_count(1)
    screenshot(stranger, "story-progress")
    stranger.locator("label", has=stranger.locator("[name=rating][value='3']")).click()
    stranger.locator("#rating").get_by_role("button", name="提交").click()
    expect(stranger.locator("#rating")).to_contain_text("谢谢")
    tan.goto(f"/desk/matters/{number}")
    expect(tan.locator(".matter-facts")).to_contain_text(re.compile("评价\\s*已解决"))


def test_a_dissatisfied_resident_has_it_taken_up_again(town: Town, visitor: Visitors, phone: Page):
    opened = town.brought_to("closed", phone="13800000002")
    do_jobs()
    number = opened.matter.number
    before = told("bo")

    phone.goto(f"/progress/{number}?code={opened.code}")
    phone.get_by_text("还没解决？").click()
    phone.get_by_label("还有什么问题？").last.fill("井盖还在响，晚上睡不着")
    phone.get_by_role("button", name="要求重办").click()

    expect(phone.locator(".steps")).to_contain_text("按您的要求重办")
    do_jobs()
    assert any("井盖还在响" in text and number in text for text in told("bo") if text not in before)
    lin = visitor("lin")
    expect(row_of(lin, number)).to_have_count(1)
    owed(lin, number, unit="南城街道指挥中心", does="派遣")
    expect(lin.locator(".timeline")).to_contain_text("井盖还在响")


def test_a_second_reporter_joins_and_both_follow_one_matter(
    town: Town, visitor: Visitors, phone: Page
):
    visitor.expects(409)  # the answer that offers what is there already
    spot = town.spot()
    first = town.a_report(spot=spot, phone="13800000003")

    report(phone, spot, text="同一个井盖", photo=a_jpeg(at=spot), phone="13800000004")
    phone.get_by_role("button", name="提交上报").click()
    expect(phone.get_by_role("heading", name="是不是同一件事？")).to_be_visible()
    phone.get_by_role("button", name="就是这件").click()

    expect(phone.get_by_role("heading", name="已加入正在办理的同一件事")).to_be_visible()
    expect(phone.locator(".receipt .number")).to_have_text(first.matter.number)
    code = phone.locator(".receipt .lead").inner_text()
    assert code != first.code
    for own in (code, first.code):
        window = visitor()
        window.goto(f"/progress/{first.matter.number}?code={own}")
        expect(window.get_by_role("heading", name="排水井盖破损")).to_be_visible()
    omar = visitor("omar")
    row = row_of(omar, first.matter.number)
    expect(row.locator("xpath=ancestor::li")).to_contain_text("2 人上报")
