"""A shift with a phone: the network goes, the session ends, the device is full, a new version comes."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from gongzhi.field.models import Handset, Operation
from gongzhi.field.pages import shell
from gongzhi.matters.models import Matter
from gongzhi.patrol.models import Shift
from tests.browser.officer import (
    STANDING,
    a_small_phone,
    all_sent,
    begin_shift,
    fill_storage,
    go,
    opened,
    phone_of,
    reopen,
    save_report,
    unsent,
    waker,
    without_network,
    write_report,
)
from tests.browser.people import Visitors, settled, sign_in
from tests.browser.pictures import a_busy_jpeg, a_jpeg
from tests.browser.test_access import hindrances

OFFLINE = re.compile("没有网络")
SCREENS = (
    "/", "/outbox", "/me", "/patrol", "/report", "/map", "/shift", "/statistics", "/mediation",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _before_the_shift(db) -> None:
    """Every story begins with an officer who has not begun."""
    Shift.objects.all().delete()


def test_a_visitor_is_told_what_the_app_is_and_where_to_sign_in(town, visitor: Visitors):
    page = visitor(**STANDING)
    page.goto("/field")

    page.get_by_role("link", name="登录").click()

    expect(page).to_have_url(re.compile(r"/sign-in\?next=/field"))
    sign_in(page, "omar")
    expect(page.get_by_role("button", name=re.compile("下载我的网格"))).to_be_visible()


def test_the_app_opens_and_records_without_a_network_and_sends_when_it_is_back(
    town, visitor: Visitors
):
    page = phone_of(visitor)
    with without_network(page):
        reopen(page)
        expect(page.get_by_text(OFFLINE)).to_be_visible()
        begin_shift(page)
        reopen(page)  # killed and opened again
        assert unsent(page) == 1

    all_sent(page)
    assert Operation.objects.filter(kind="shift").count() == 1


def test_a_stopped_service_worker_comes_back_without_a_network(town, visitor: Visitors):
    page = phone_of(visitor)
    tools = page.context.new_cdp_session(page)
    tools.send("ServiceWorker.enable")
    with without_network(page):
        tools.send("ServiceWorker.stopAllWorkers")
        reopen(page)

        expect(page.get_by_role("heading", name="今天", level=1)).to_be_visible()


def test_a_photo_cut_in_the_middle_goes_on_where_it_was(town, visitor: Visitors):
    page = phone_of(visitor)
    pieces: list[str] = []

    def cut(route: Route) -> None:
        if route.request.method == "PUT":
            pieces.append(route.request.url.partition("offset=")[2])
        if route.request.method == "PUT" and len(pieces) == 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/api/field/uploads/**", cut)
    write_report(page, town.cast.item.name, a_busy_jpeg())
    save_report(page)

    all_sent(page)
    assert pieces.count("0") == 1, "what has arrived is not sent again"
    assert pieces[1] == pieces[2]
    assert Matter.objects.filter(key__startswith="field:", item=town.cast.item.id).count() == 1


def test_what_a_resident_reported_meanwhile_is_shown_and_the_officer_joins_it(
    town, visitor: Visitors
):
    page = phone_of(visitor, geolocation={"longitude": 113.7512, "latitude": 23.0262})
    with without_network(page):
        write_report(page, town.cast.item.name, a_jpeg())
        save_report(page)
        number = town.a_report(spot=(113.7512, 23.0262)).matter.number

    page.get_by_role("link", name="1 条记录需要您决定").click()
    expect(page.locator(".sides")).to_contain_text(number)
    assert hindrances(page) == []
    page.get_by_role("button", name="并入").click()

    all_sent(page)
    assert Matter.objects.filter(lon=113.7512, lat=23.0262).count() == 1


def test_a_half_written_report_survives_a_kill_and_holds_a_new_version(
    town, visitor: Visitors, monkeypatch
):
    page = phone_of(visitor)
    write_report(page, town.cast.item.name, a_jpeg())
    page.get_by_label("情况说明").fill("井盖缺了一角")
    version = shell._version
    monkeypatch.setattr(shell, "_version", lambda build: f"{version(build)}-next")
    page.evaluate("navigator.serviceWorker.getRegistration('/field').then((one) => one.update())")
    page.locator(".strip").get_by_role("button", name="更新").click()
    page.wait_for_timeout(800)
    expect(page.get_by_label("情况说明")).to_have_value("井盖缺了一角")

    reopen(page)  # at the next start the new version takes over
    go(page, "/report")

    expect(page.get_by_label("情况说明")).to_have_value("井盖缺了一角")
    expect(page.locator("main img")).to_have_count(1)


def test_a_closed_app_sends_from_its_worker_when_the_network_is_back(town, visitor: Visitors):
    page = phone_of(visitor)
    wake = waker(page)
    with without_network(page):
        begin_shift(page)
        context = page.context
        page.close()
        window = context.pages[-1]
    assert not Shift.objects.exists()

    wake()

    for _look in range(50):
        if Shift.objects.exists():
            break
        window.wait_for_timeout(100)
    assert Shift.objects.filter(ended_at=None).count() == 1


def test_a_full_phone_says_what_to_do_and_loses_nothing(town, visitor: Visitors):
    page = a_small_phone(visitor)
    with without_network(page):
        fill_storage(page)
        page.get_by_role("button", name="开始上班").click()
        expect(page.get_by_role("dialog")).to_contain_text("手机存储已满")
        expect(page.locator(".strip")).to_contain_text("请不要关闭应用")
    page.get_by_role("dialog").get_by_role("button", name="现在发送").click()

    all_sent(page)
    assert Shift.objects.filter(ended_at=None).count() == 1


def test_a_session_that_ends_costs_nothing_but_a_sign_in(town, visitor: Visitors):
    visitor.expects(401)
    page = phone_of(visitor)
    page.context.clear_cookies(name="sessionid")
    begin_shift(page)
    expect(page.locator(".strip")).to_contain_text("登录已过期")
    reopen(page)
    assert unsent(page) == 1

    page.locator(".strip").get_by_role("link", name="登录").click()
    sign_in(page, "omar")

    opened(page)
    all_sent(page)


def test_the_next_person_neither_sends_nor_sees_what_is_another_ones(town, visitor: Visitors):
    visitor.expects(401, 409)
    page = phone_of(visitor)
    page.context.clear_cookies(name="sessionid")
    begin_shift(page)
    expect(page.locator(".strip")).to_contain_text("登录已过期")
    sign_in(page, "mei")
    page.goto("/field")

    expect(page.get_by_role("heading", name=re.compile("这台手机上是.*的数据"))).to_be_visible()
    expect(page.get_by_text("上班中")).to_have_count(0)
    assert not Shift.objects.exists()
    page.get_by_role("button", name=re.compile("^由.*登录$")).click()
    page.wait_for_url("**/sign-in**")
    sign_in(page, "omar")

    opened(page)
    all_sent(page)
    assert Shift.objects.get().user.username == "omar"


def test_a_new_version_waits_until_the_officer_agrees(town, visitor: Visitors, monkeypatch):
    page = phone_of(visitor)
    version = shell._version
    monkeypatch.setattr(shell, "_version", lambda build: f"{version(build)}-next")

    page.evaluate("navigator.serviceWorker.getRegistration('/field').then((one) => one.update())")
    expect(page.locator(".strip")).to_contain_text("新版本已就绪")
    with page.expect_navigation():
        page.locator(".strip").get_by_role("button", name="更新").click()
    opened(page)

    assert page.evaluate("caches.keys()") == [f"field-{shell._version(shell.built.current())}"]


def test_signing_out_warns_of_unsent_records_and_leaves_nothing_readable(town, visitor: Visitors):
    visitor.expects(401, 410)  # a download under way when the handset is given back is told so
    page = phone_of(visitor)
    with without_network(page):
        begin_shift(page)
        go(page, "/me")
        page.get_by_role("button", name="退出登录").click()
        question = page.get_by_role("dialog")
        expect(question).to_contain_text("还有 1 条记录没有发送")
        question.get_by_role("button", name="取消").click()
    all_sent(page)

    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("dialog").get_by_role("button", name="退出登录").click()

    expect(page.get_by_role("link", name="登录")).to_be_visible()
    assert page.evaluate(ROWS) == 0
    assert Handset.objects.filter(state="wiped").exists()
    visitor.sessions.pop("omar", None)


ROWS = """async () => {
  const open = indexedDB.open("gongzhi-field");
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const names = [...database.objectStoreNames];
  const counts = await Promise.all(names.map((name) => new Promise((done) => {
    const asked = database.transaction(name).objectStore(name).count();
    asked.onsuccess = () => done(asked.result);
  })));
  database.close();
  return counts.reduce((sum, one) => sum + one, 0);
}"""


def test_two_windows_of_one_phone_show_the_same_records(town, visitor: Visitors):
    page = phone_of(visitor)
    other = page.context.new_page()
    other.goto("/field")
    opened(other)
    with without_network(page):
        begin_shift(page)

        expect(other.locator(".bar a").last).to_have_attribute("aria-label", re.compile("1"))
    all_sent(other)


def test_a_withdrawn_handset_forgets_everything(town, visitor: Visitors):
    visitor.expects(410)
    page = phone_of(visitor)
    Handset.objects.filter(user__username="omar").update(state="wipe")

    reopen(page)

    expect(page.get_by_role("heading", name="这台手机已停用")).to_be_visible()
    assert page.evaluate(ROWS) == 0


def test_no_screen_hinders_people_or_scrolls_sideways(town, visitor: Visitors):
    page = phone_of(visitor)
    found: list[str] = []
    for screen in SCREENS:
        go(page, screen)
        settled(page)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)  # what still works is shown pale
        found += hindrances(page)
    assert found == []

    page.set_viewport_size({"width": 320, "height": 640})
    assert [screen for screen in SCREENS if _is_too_wide(page, screen)] == []


def _is_too_wide(page: Page, screen: str) -> bool:
    go(page, screen)
    page.wait_for_timeout(100)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return bool(page.evaluate(wider) > 0)
