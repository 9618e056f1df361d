"""A frequency is changed and the day follows; a sample is drawn by lot and a stranger draws it again."""

import hashlib
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongzhi.accounts import queries as accounts
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import actions as catalogue
from gongzhi.patrol import actions as patrol
from gongzhi.patrol.tests.builders import a_visit, some_premises
from tests.browser.people import PHONE, Visitors
from tests.browser.test_access import hindrances
from tests.browser.town import Town, do_jobs
from tests.cast import GRID, OTHER_GRID

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AGO = timedelta(days=3)


@pytest.fixture(scope="module")
def patrolled(town: Town) -> Town:
    """Four rental buildings of grade D, all visited three days ago: by the shipped plan due in a week."""
    now = timezone.now()
    catalogue.load_content(actor=an_actor("catalogue.manage"), at=now)
    patrol.load_content(actor=an_actor("patrol.plan"), at=now)
    for n, (who, grid) in enumerate([("omar", GRID), ("far", OTHER_GRID)] * 2):
        door = some_premises(f"RB{n}", grid=grid, name=f"胜和路{n}号出租屋")
        a_visit(town.cast.people[who], door, at=now - AGO)
    patrol.draw_day(on=timezone.localdate(now), area_path="", at=now)
    accounts.forget()
    return town


def confirm(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    with page.expect_navigation():
        page.locator("dialog[open]").get_by_role("button", name=button, exact=True).click()


def test_a_shorter_period_is_weighed_put_in_force_and_fills_the_day(
    patrolled: Town, visitor: Visitors, screenshot
):
    page = visitor("tan")
    page.goto("/desk/patrol/tasks")
    expect(page.get_by_text("当天没有任务")).to_be_visible()

    page.goto("/desk/patrol/plans")
    page.get_by_role("link", name="出租屋分级巡查").click()
    page.get_by_role("button", name="据此制定本级计划").click()
    cell = page.get_by_label("所有类别 D")
    expect(cell).to_have_value("10")
    with page.expect_response("**/preview"):
        cell.fill("3")
        cell.blur()
    expect(page.locator("#forecast .twin em")).to_have_text(re.compile(r"0\.\d → 0\.\d"))
    expect(page.locator("#forecast .stat").nth(1)).to_contain_text("+1")
    page.get_by_label("原因").fill("近期火情多，加密走访")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator(".periods .changed del").first).to_have_text("10")
    confirm(page, "生效")
    expect(page.get_by_text("今天的任务正在按新计划重新分派")).to_be_visible()
    do_jobs()

    page.goto("/desk/patrol/tasks")
    expect(page.locator("[data-list] tbody tr")).to_have_count(4)
    expect(page.locator(".shares")).to_contain_text("0 / 2")
    screenshot(page, "patrol-tasks")
    phone = visitor("tan", **PHONE)
    phone.goto("/desk/patrol/tasks")
    assert hindrances(phone) == []
    assert phone.evaluate(WIDER) <= 0


def test_a_sample_is_published_drawn_and_drawn_again_by_a_stranger(
    patrolled: Town, visitor: Visitors, screenshot
):
    page = visitor("sun")
    page.goto("/desk/patrol/samples/new")
    page.get_by_label("名称").fill("本周抽查")
    page.get_by_label("抽取数量").fill("2")
    page.get_by_role("button", name="固定抽取范围").click()
    page.wait_for_url(re.compile(r"/samples/\d+$"))
    number = page.url.rsplit("/", 1)[1]

    stranger = visitor(**PHONE)
    before = papers_of(stranger, number)
    confirm(page, "抽取")
    expect(page.get_by_text("重新抽取：结果相同")).to_be_visible()
    expect(page.locator("[data-list] tbody tr")).to_have_count(2)

    stranger.goto(f"/patrol/samples/{number}")
    expect(stranger.get_by_text("如何验证抽取结果")).to_be_visible()
    assert hindrances(stranger) == []
    after = papers_of(stranger, number)
    expect(stranger.locator("main")).to_contain_text(after["seed"])
    assert (before["seed"], before["drawn"]) == (None, [])
    assert before["commitment_sha256"] == after["commitment_sha256"]
    assert drawn_again(after) == [(row["visit"], row["officer"]) for row in after["drawn"]]
    screenshot(stranger, "patrol-sample-public")


def papers_of(page: Page, number: str) -> dict[str, Any]:
    page.goto("/patrol/samples")
    page.get_by_role("link", name="本周抽查").click()
    page.wait_for_url(f"**/patrol/samples/{number}")
    with page.expect_download() as sent:
        page.get_by_role("link", name="抽取材料").click()
    return json.loads(sent.value.path().read_text())


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_again(papers: dict[str, Any]) -> list[tuple[int, int]]:
    """Do what the public page says, with nothing but the published file."""
    people = papers["population"]
    mark = sha(
        f"visits:{','.join(map(str, people['visits']))};officers:{','.join(map(str, people['officers']))}"
    )
    assert mark == papers["population_sha256"]
    seed = papers["seed"]
    assert sha(f"{seed}:{mark}") == papers["commitment_sha256"]
    has, drawn = dict.fromkeys(people["officers"], 0), []
    for visit in sorted(people["visits"], key=lambda one: sha(f"visit:{seed}:{one}"))[
        : papers["size"]
    ]:
        own = papers["visit_made_by"][str(visit)]
        free = [one for one in has if one != own]
        officer = min(free, key=lambda one: (has[one], sha(f"officer:{seed}:{visit}:{one}")))
        has[officer] += 1
        drawn.append((visit, officer))
    return drawn
