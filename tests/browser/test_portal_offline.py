"""A report and its photos through a dropped network, a closed tab and a lost answer: never lost, never twice."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from gongzhi.matters.models import Attachment, Matter
from tests.browser.desk import report
from tests.browser.people import PHONE, Visitors
from tests.browser.pictures import a_jpeg, upload
from tests.browser.town import Town

# What the browser itself writes about requests that found no network.
BROKEN = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "ERR_NETWORK_CHANGED")


def forgive(visitor: Visitors) -> None:
    visitor.complaints[:] = [c for c in visitor.complaints if not any(b in c for b in BROKEN)]


def another_tab(context: BrowserContext, address: str) -> Page:
    tab = context.new_page()
    tab.goto(address)
    return tab


def written_offline(phone: Page, town: Town, text: str) -> None:
    """Begin a report, lose the network, take a photo all the same, and press send."""
    spot = town.spot()
    report(phone, spot, text=text, photo=a_jpeg(at=spot))
    phone.context.set_offline(True)
    phone.locator("input[type=file]").set_input_files(upload("现场.jpg", a_jpeg(shade=90)))
    expect(phone.locator(".upload-item.kept")).to_have_count(1)
    phone.wait_for_timeout(500)
    phone.get_by_role("button", name="提交上报").click()
    expect(phone.get_by_role("dialog")).to_contain_text("没有网络")


def the_only(text: str) -> Matter:
    (matter,) = Matter.objects.filter(text=text)
    return matter


def test_a_report_waits_for_the_network_and_goes_by_itself_once(town: Town, visitor: Visitors):
    phone = visitor(**PHONE)
    context = phone.context
    written_offline(phone, town, "断网时写的上报")

    phone.get_by_role("button", name="恢复后自动发送").click()
    expect(phone.locator(".outbox")).to_contain_text("还没有发出")
    phone.close()
    context.set_offline(False)
    tab = another_tab(context, "/")

    expect(tab.locator(".outbox")).to_contain_text("已发出")
    matter = the_only("断网时写的上报")
    assert Attachment.objects.filter(matter=matter).count() == 2
    expect(tab.locator(".outbox a")).to_have_text(matter.number)
    tab.reload()
    expect(tab.locator(".outbox")).to_contain_text(matter.number)
    tab.get_by_role("button", name="知道了").click()
    expect(tab.locator(".outbox")).to_have_count(0)
    assert Matter.objects.filter(text="断网时写的上报").count() == 1
    forgive(visitor)


def test_without_consent_it_stays_a_draft_with_its_photo_in_a_closed_tab(
    town: Town, visitor: Visitors
):
    phone = visitor(**PHONE)
    context = phone.context
    written_offline(phone, town, "先存为草稿的上报")

    phone.get_by_role("button", name="先存为草稿").click()
    phone.wait_for_timeout(500)
    phone.close()
    context.set_offline(False)
    tab = another_tab(context, "/")
    expect(tab.locator(".outbox")).to_have_count(0)
    tab.goto("/report")

    expect(tab.locator(".draft-note")).to_be_visible()
    expect(tab.locator(".upload-item[data-token]")).to_have_count(2)
    assert not Matter.objects.filter(text="先存为草稿的上报").exists()
    forgive(visitor)


def test_an_answer_lost_on_the_way_gives_one_matter(town: Town, visitor: Visitors):
    phone = visitor(**PHONE)
    context = phone.context
    spot = town.spot()
    report(phone, spot, text="回答丢失的上报", photo=a_jpeg(at=spot))

    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    context.route("**/report", lose_the_answer)
    phone.get_by_role("button", name="提交上报").click()
    while not lost:
        phone.wait_for_timeout(100)
    assert lost == [302]
    assert Matter.objects.filter(text="回答丢失的上报").count() == 1
    phone.close()
    context.unroute("**/report")
    another_tab(context, "/").close()
    tab = another_tab(context, "/report")
    expect(tab.locator(".draft-note")).to_be_visible()
    expect(tab.locator("#id_text")).to_have_value("回答丢失的上报")
    while tab.get_by_role("button", name="下一步").is_visible():
        tab.get_by_role("button", name="下一步").click()
    tab.get_by_role("button", name="提交上报").click()

    tab.wait_for_url("**/receipt/**")
    expect(tab.locator(".receipt")).to_contain_text("已经收到过")
    assert Matter.objects.filter(text="回答丢失的上报").count() == 1
    forgive(visitor)
