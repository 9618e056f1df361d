"""The administrator's and the clerks' tables: in, out, and what a changed day does to a deadline."""

import io
import json
from datetime import timedelta
from pathlib import Path

import python_calamine
import xlsxwriter
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongzhi.catalogue import queries as catalogue
from gongzhi.matters.models import Matter
from tests.browser.people import Visitors
from tests.browser.pictures import upload
from tests.browser.town import Town, do_jobs

BAD_AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "44190000401203", "name": "03网格", "parent_code": "441900999999"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[113.9, 23.0], [114.0, 23.1], [114.0, 23.0], [113.9, 23.1], [113.9, 23.0]]],
            },
        }
    ],
}  # fmt: skip


def chosen_file(page: Page, name: str, content: bytes) -> None:
    page.locator("main input[type=file]").set_input_files(
        upload(name, content, "application/octet-stream")
    )


def rows_of(path: Path) -> list[list[object]]:
    return python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()


def test_a_dry_run_lists_the_bad_rows_of_areas(town: Town, visitor: Visitors, screenshot):
    boss = visitor("boss")
    boss.goto("/setup/areas/import")
    chosen_file(boss, "网格.geojson", json.dumps(BAD_AREAS).encode())
    boss.get_by_role("button", name="检查文件").click()
    boss.wait_for_url("**/setup/areas/import/*")

    do_jobs()

    problems = boss.locator("#import table tbody tr")
    expect(problems.filter(has_text="441900999999")).to_have_count(1)
    expect(problems.filter(has_text="44190000401203").first).to_contain_text("错误")
    expect(boss.get_by_role("button", name="写入")).to_have_count(0)
    screenshot(boss, "setup-areas-dry-run")


def test_items_come_in_from_a_workbook(town: Town, visitor: Visitors):
    rows = [
        ["类别", "大类代码", "大类名称", "小类代码", "小类名称", "处置单位", "立案条件", "结案条件", "处置时限"],
        ["部件", "02", "道路交通", "07", "路灯不亮", "水务局", "路灯不亮", "恢复照明", "1紧急工作日"],
        ["部件", "02", "道路交通", "08", "护栏破损", "水务局", "护栏破损", "修复", "1紧急工作时制止"],
    ]  # fmt: skip
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    boss = visitor("boss")
    boss.goto("/setup/items/import")
    chosen_file(boss, "事项.xlsx", out.getvalue())
    boss.get_by_role("button", name="检查表格").click()

    expect(boss.get_by_role("cell", name="1紧急工作时制止")).to_be_visible()
    boss.get_by_role("button", name="导入无问题的行").click()

    boss.wait_for_url(lambda address: "/import" not in address)
    on = timezone.localdate()
    assert [item.name for item in catalogue.search("路灯不亮", on=on, limit=3)][:1] == ["路灯不亮"]


def test_a_day_off_moves_the_deadline(town: Town, visitor: Visitors):
    matter = town.brought_to("handling", standard=1).matter
    due = timezone.localtime(matter.due_at)
    boss = visitor("boss")
    boss.goto(f"/setup/calendars/default/?year={due.year}&day={due:%Y-%m-%d}")
    card = boss.locator("#day")
    card.locator("[name=kind]").select_option("holiday")
    card.locator("[name=name]").fill("台风停工")
    card.locator("[name=source]").fill("市三防办通知")
    card.get_by_role("button", name="保存这一天").click()
    expect(boss.get_by_text("已保存")).to_be_visible()

    do_jobs()

    after = Matter.objects.get(pk=matter.pk)
    assert timezone.localtime(after.due_at).date() >= due.date() + timedelta(days=1)
    bo = visitor("bo")
    bo.goto(f"/desk/matters/{matter.number}")
    expect(bo.locator(".owes strong")).to_contain_text(f"{timezone.localtime(after.due_at):%H:%M}")


def test_a_filter_is_kept_and_many_are_accepted_at_once(town: Town, visitor: Visitors, tmp_path):
    numbers = [town.brought_to("to_accept", text="同一批井盖").matter.number for _ in range(2)]
    bo = visitor("bo")
    bo.goto("/desk/todo?state=to_accept")
    bo.get_by_role("button", name="保存筛选").or_(
        bo.locator("[data-dialog='#save-filter']")
    ).first.click()
    bo.get_by_label("筛选名称").fill("待接收")
    bo.locator("#save-filter").get_by_role("button", name="保存").click()
    expect(bo.locator("nav.tabs a[aria-current=page]")).to_contain_text("待接收")

    bo.get_by_label("导出", exact=True).click()
    with bo.expect_download() as waiting:
        bo.get_by_text("导出 Excel").click()
    waiting.value.save_as(tmp_path / "out.xlsx")
    exported = str(rows_of(tmp_path / "out.xlsx"))
    assert all(number in exported for number in numbers)

    bo.get_by_label("全选").check()
    bo.locator("#bulk").get_by_role("button", name="接收", exact=True).click()

    expect(bo.get_by_role("heading", level=1)).to_contain_text("已办理 2 件")
    assert {m.state for m in Matter.objects.filter(number__in=numbers)} == {"handling"}
