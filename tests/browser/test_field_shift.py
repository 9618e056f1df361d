"""A whole shift at 390 px: downloaded once, worked without a network, and everything arrives once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gongzhi.base.actor import system
from gongzhi.catalogue import actions as catalogue
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.field.models import Operation, QuickMediation
from gongzhi.matters.models import Attachment, Matter
from gongzhi.patrol import actions as patrol
from gongzhi.patrol import queries as patrols
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.patrol.models import Due, Finding, Visit
from gongzhi.patrol.tests.builders import some_premises
from tests.browser.officer import all_sent, go, phone_of, unsent, without_network
from tests.browser.pictures import a_jpeg, upload
from tests.browser.test_access import hindrances
from tests.browser.town import Town, do_jobs
from tests.cast import GRID

SHOP, HOUSE, THIRD = "DG-SHOP-1", "DG-HOUSE-2", "DG-HOUSE-3"


@pytest.fixture(scope="module")
def street(town: Town, site: Any) -> Town:
    """Three doors that are due today, and a report that waits to be verified on site."""
    now = timezone.now()
    catalogue.load_content(actor=system("test", Catalogue.MANAGE), at=now)
    patrol.load_content(actor=system("test", Patrol.PLAN), at=now)
    doors = [
        some_premises(SHOP, kind=4, klass="shop", grid=GRID, lon=113.7512, lat=23.0211, name="好又多便利店"),
        some_premises(HOUSE, kind=3, klass="flat", grid=GRID, lon=113.7514, lat=23.0212, name="胜和路15号出租屋"),
        some_premises(THIRD, kind=3, klass="flat", grid=GRID, lon=113.7614, lat=23.0312, name="胜和路99号出租屋"),
    ]  # fmt: skip
    on = timezone.localdate(now)
    patrol.draw_day(on=on, area_path=GRID, at=now)
    Due.objects.filter(premises__in=doors).update(due_on=on - timedelta(days=1))
    patrol.draw_day(on=on, area_path=GRID, at=now)
    town.a_report(text="路口井盖翘起")
    do_jobs()
    return town


def photo(page: Page, words: str, *, shade: int = 120) -> None:
    """Answer the finder: this machine has no camera, so it offers the album in words."""
    expect(page.get_by_text("没有找到相机")).to_be_visible()
    page.locator(".finder input[type=file]").last.set_input_files(
        upload(f"{words}.jpg", a_jpeg(shade=shade))
    )
    # One photo closes the finder by itself; where more may follow, it says how many there are.
    done = page.get_by_role("button", name="完成（1）")
    page.wait_for_function(
        "() => !document.querySelector('.finder') || document.querySelector('.finder .btn.primary')"
    )
    if done.count():
        done.click()
    expect(page.locator(".finder")).to_have_count(0)


def line(page: Page, n: int) -> Locator:
    return page.locator(f".check-line[data-n='{n}']")


def test_a_whole_shift_without_a_network_arrives_once(visitor, street: Town, screenshot):
    phone = phone_of(visitor)
    with without_network(phone):
        begin(phone)
        patrol_with_a_fault_and_a_repair(phone, screenshot)
        nobody_at_the_next_door(phone)
        report_something_else(phone)
        verify_what_dispatch_asks(phone)
        two_neighbours_agree(phone)
        end(phone)
        assert unsent(phone) == 10
        phone.goto("/field")  # the app is closed and opened again, still without a network
        expect(phone.get_by_role("heading", name="今天", level=1)).to_be_visible()
        assert unsent(phone) == 10
    all_sent(phone)
    do_jobs()

    everything_is_there_once(street)


def begin(phone: Page) -> None:
    go(phone, "/shift")
    phone.get_by_role("button", name="上班", exact=True).click()
    expect(phone.get_by_text("起在班")).to_be_visible()


def patrol_with_a_fault_and_a_repair(phone: Page, screenshot: Any) -> None:
    """A fault in two taps, another put right on the spot, the rest in one tap."""
    go(phone, "/patrol")
    phone.get_by_role("button", name="重新定位").click()  # known since the shift began
    expect(phone.locator(".door b")).to_have_text(
        ["好又多便利店", "胜和路15号出租屋", "胜和路99号出租屋"]
    )
    phone.locator(".door").first.click()
    expect(phone.get_by_role("heading", name="好又多便利店")).to_be_visible()
    line(phone, 1).get_by_role("button", name="不合格").click()
    photo(phone, "fault")
    expect(line(phone, 1).locator(".shot img")).to_have_count(1)
    fixable = phone.locator(".check-line").filter(has_not=phone.locator("[data-n='1']"))
    n = first_that_may_be_fixed(phone, fixable)
    line(phone, n).get_by_role("button", name="现场已整改").click()
    photo(phone, "after", shade=220)
    expect(line(phone, n).get_by_text("整改后", exact=True)).to_be_visible()
    screenshot(phone, "field-visit")
    phone.get_by_role("button", name=re.compile("其余全部合格")).click()
    phone.get_by_role("button", name="完成巡查").click()
    expect(phone.get_by_text("已保存在本机").first).to_be_visible()
    phone.get_by_role("button", name="回到列表").click()
    expect(phone.get_by_role("heading", name="巡查", level=1)).to_be_visible()


def first_that_may_be_fixed(phone: Page, lines: Locator) -> int:
    """Fail the first line that may be put right on the spot; return its number."""
    for n in range(2, lines.count() + 1):
        line(phone, n).get_by_role("button", name="不合格").click()
        photo(phone, "before", shade=60)
        if line(phone, n).get_by_role("button", name="现场已整改").count():
            return n
        line(phone, n).get_by_role("button", name="不合格").click()  # taken back
    raise AssertionError("no line of the list may be put right on the spot")


def nobody_at_the_next_door(phone: Page) -> None:
    go(phone, "/scan")
    expect(phone.get_by_text("可以手输编码")).to_be_visible()
    phone.get_by_label("门牌编码").fill(HOUSE)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("heading", name="胜和路15号出租屋")).to_be_visible()
    phone.get_by_role("button", name="无人在场").click()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_role("button", name="现场无人，已张贴告知单。").click()
    sheet.get_by_role("button", name="保存", exact=True).click()
    phone.get_by_role("button", name="回到列表").click()
    expect(phone.get_by_role("heading", name="巡查", level=1)).to_be_visible()


def report_something_else(phone: Page) -> None:
    go(phone, "/report")
    phone.get_by_role("button", name="拍照").click()
    photo(phone, "road")
    phone.locator("#item").fill("道路破损")
    phone.locator(".pick-line").first.click()
    answer_what_is_needed(phone)
    phone.get_by_label(re.compile("情况说明")).fill("路面有坑，雨后积水")
    expect(phone.get_by_text("按本机定位，精度约 12 米")).to_be_visible()
    # Half filled in, the app is killed: it goes on where it was.
    phone.wait_for_timeout(800)
    phone.reload()
    expect(phone.get_by_text("上次没有填完，已接着上次继续")).to_be_visible()
    phone.get_by_role("button", name="保存上报").click()
    expect(phone.get_by_text("已保存在本机").first).to_be_visible()
    phone.get_by_role("button", name="完成", exact=True).click()


def answer_what_is_needed(phone: Page) -> None:
    for group in phone.locator(".part .field[role=group]").filter(has_text="必填").all():
        group.locator(".chip").first.click()
    for field in phone.locator(".part .field").filter(has_text="必填").locator("input").all():
        field.fill("2")


def verify_what_dispatch_asks(phone: Page) -> None:
    go(phone, "/")
    phone.locator("a.call.verify").first.click()
    phone.get_by_role("button", name="接受").click()
    phone.get_by_role("button", name="属实", exact=True).click()
    phone.get_by_role("button", name="现场属实，情况与上报一致。").click()
    phone.locator("[data-key=photo-add]").click()
    photo(phone, "verified")
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.get_by_role("heading", name="今天", level=1)).to_be_visible()


def two_neighbours_agree(phone: Page) -> None:
    go(phone, "/mediation")
    expect(phone.get_by_text("记录会移交给矛盾纠纷调解部门")).to_be_visible()
    phone.locator("#party-0-name").fill("楼上王姐")
    phone.locator("#party-1-name").fill("楼下老李")
    phone.get_by_role("button", name="噪声").click()
    phone.locator("#agreement").fill("晚上十点后不再使用跑步机")
    phone.get_by_role("button", name="保存并移交").click()
    expect(phone.get_by_role("heading", name="今天", level=1)).to_be_visible()


def end(phone: Page) -> None:
    go(phone, "/shift")
    phone.get_by_role("button", name="下班").click()
    phone.get_by_role("dialog").get_by_role("button", name="下班").click()
    expect(phone.get_by_text("未上班")).to_be_visible()


def everything_is_there_once(street: Town) -> None:
    omar = street.cast.people["omar"]
    kinds = sorted(Operation.objects.filter(user=omar, state="done").values_list("kind", flat=True))
    assert kinds == sorted(["shift", "report", "report", "visit", "visit", "report", "call", "move", "mediation", "shift"])  # fmt: skip
    visits = {visit.premises.code: visit for visit in Visit.objects.filter(user=omar)}
    assert {code: visit.outcome for code, visit in visits.items()} == {SHOP: "visited", HOUSE: "nobody"}  # fmt: skip
    assert visits[SHOP].lon is not None  # the place of the record
    findings = Finding.objects.filter(visit=visits[SHOP]).order_by("n")
    assert [bool(one.matter_key) for one in findings] == [True, True]
    assert [one.revisit_on is None for one in findings] == [
        False,
        True,
    ]  # settled at once: no second look
    found = Matter.objects.filter(premises_code=SHOP)
    assert sorted(found.values_list("state", flat=True)) == [
        "closed",
        "to_dispatch",
    ]  # the one is urgent
    assert Attachment.objects.filter(matter__in=found).count() == 3
    assert Matter.objects.filter(text="路面有坑，雨后积水").count() == 1
    assert Matter.objects.get(text="路口井盖翘起").state == "to_register"
    agreed = QuickMediation.objects.get()
    assert "楼下老李" in agreed.parties
    assert agreed.area_path == GRID
    at = timezone.now()
    assert patrols.shift_of(user_id=omar.id, at=at).state == "off"
    assert [call.kind for call in patrols.calls_of(user_id=omar.id, at=at)] == []


SCREENS = (
    "/", "/patrol", "/scan", f"/visit/{THIRD}", f"/premises/{THIRD}", f"/premises/{THIRD}/correct",
    "/report", "/report?item={item}", f"/report?premises={THIRD}", "/mediation", "/map", "/shift", "/statistics", "/call/{call}",
)  # fmt: skip


# A screen stands when nothing of it has changed for a while; one that never rests is looked at all the same.
STILL = """() => new Promise((done) => {
  let rest = setTimeout(done, 250);
  const watch = new MutationObserver(() => { clearTimeout(rest); rest = setTimeout(done, 250); });
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  setTimeout(done, 2000);
})"""


def screens(phone: Page, street: Town):
    call = patrols.calls_of(user_id=street.cast.people["omar"].id, at=timezone.now())[0]
    for screen in SCREENS:
        go(phone, screen.format(item=street.cast.item.id, call=call.id))
        phone.evaluate(STILL)
        yield screen


@pytest.fixture
def a_call(street: Town) -> None:
    street.a_report(text="河边护栏松动")
    do_jobs()


def test_no_screen_of_an_officer_hinders_anybody_seriously(visitor, street, a_call):
    phone = phone_of(visitor)
    found = [one for _screen in screens(phone, street) for one in hindrances(phone)]

    assert found == []


def test_no_screen_of_an_officer_scrolls_sideways_on_a_narrow_phone(visitor, street, a_call):
    phone = phone_of(visitor, viewport={"width": 320, "height": 640})
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

    assert {s: more for s in screens(phone, street) if (more := phone.evaluate(wider)) > 0} == {}
