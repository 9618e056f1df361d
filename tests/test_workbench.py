"""The workbench's pages, as the people of a town use them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.audit.models import Entry as TrailEntry
from gongzhi.incidents.models import Incident
from gongzhi.matters import actions as matters
from gongzhi.matters.models import Matter, SavedFilter
from gongzhi.matters.queries.finding import filter_from, narrowed
from gongzhi.matters.queries.vocabulary import forget, search_terms
from tests.cast import MONDAY, a_photo, a_town
from tests.test_moves import a_report, brought_to, do
from tests.visits import signed_in

pytestmark = pytest.mark.django_db

BESIDE_A_LIST = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/todo#open=x"}
ON_ITS_PAGE = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/matters/x"}


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_inbox_costs_at_most_eight_statements_however_full():
    cast = a_town()
    for _number in range(6):
        a_report(cast)
    omar = signed_in("omar")
    omar.get("/desk")

    with CaptureQueriesContext(connection) as asked:
        answer = omar.get("/desk")

    assert answer.content.decode().count("data-detail") == 6
    assert len(asked) <= 8, [query["sql"][:90] for query in asked]


def test_a_row_says_the_state_the_clock_and_whose_move_it_is():
    cast = a_town()
    a_report(cast)

    said = words_of(signed_in("omar").get("/desk"))

    assert "待核实" in said
    assert "胜和社区工作站" in said
    assert "剩" in said or "超时" in said


def test_filters_narrow_together_and_nonsense_in_them_breaks_nothing():
    cast = a_town()
    a_report(cast)
    omar = signed_in("omar")
    item = cast.item.id

    hit = omar.get("/desk/doing", {"item": item, "state": "to_verify", "q": "井盖"})
    klass = omar.get("/desk/doing", {"item": f"class:{cast.item.class_code}"})
    miss = omar.get("/desk/doing", {"item": item, "state": "closed"})

    assert "data-detail" in hit.content.decode()
    assert "data-detail" in klass.content.decode()
    assert "没有符合条件的案件" in words_of(miss)
    for bad in ("item=999999", "item=class:zzz", "area=zzz", "unit=99999999999", "after=@@", "since=0000-01-01",
                "until=9999-99-99", "sort=x", "q=%22%27", "state=%F0%9F%98%80"):  # fmt: skip
        assert omar.get(f"/desk/doing?{bad}").status_code == 200, bad


def test_a_number_opens_its_matter_and_one_wrong_digit_is_told():
    cast = a_town()
    number = a_report(cast).matter.number
    omar = signed_in("omar")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert omar.get("/desk/search", {"q": number.replace("-", "")})["Location"].endswith(number)
    assert "校验位不符" in words_of(omar.get("/desk/search", {"q": wrong}))
    told = omar.get(f"/desk/matters/{wrong}")
    assert told.status_code == 404
    assert "校验位不符" in words_of(told)


def test_another_units_matter_is_as_good_as_absent():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    pol = signed_in("pol")

    for address in ("", "/note", "/file", f"/compare/{matter.number}"):
        assert pol.get(f"/desk/matters/{matter.number}{address}").status_code == 404


def test_a_dialog_says_what_will_happen_and_a_move_keeps_the_list():
    cast = a_town()
    matter = a_report(cast).matter
    omar = signed_in("omar")
    address = f"/desk/matters/{matter.number}/verify"

    dialog = omar.get(address, headers=BESIDE_A_LIST)
    photos = [a_photo(cast.actor("omar")), a_photo(cast.actor("omar"))]
    values = {"is_true": "yes", "note": "属实", "version": matter.version, "uploads": photos}
    answer = omar.post(address, values, headers=BESIDE_A_LIST)

    assert "写明现场情况" in words_of(dialog)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")
    assert Matter.objects.get(pk=matter.id).state == "to_register"
    assert omar.get(f"/desk/matters/{matter.number}").content.decode().count('class="photo"') == 2


def test_a_move_on_the_matters_own_page_comes_back_to_it():
    cast = a_town()
    matter = a_report(cast).matter

    answer = signed_in("omar").post(
        f"/desk/matters/{matter.number}/note", {"note": "门口有车"}, headers=ON_ITS_PAGE
    )

    assert answer.headers["HX-Redirect"] == f"/desk/matters/{matter.number}"


def test_mistakes_stand_beside_their_fields_and_the_words_stay():
    cast = a_town()
    matter = a_report(cast).matter

    answer = signed_in("omar").post(
        f"/desk/matters/{matter.number}/verify", {"note": "门口有车"}, headers=BESIDE_A_LIST
    )

    assert answer.status_code == 422
    assert "id_is_true_error" in answer.content.decode()
    assert "门口有车" in answer.content.decode()


def test_who_comes_second_is_told_keeps_the_words_and_may_try_again():
    cast = a_town()
    matter = a_report(cast).matter
    omar = signed_in("omar")
    address = f"/desk/matters/{matter.number}/verify"
    values = {"is_true": "yes", "note": "我写的话", "version": matter.version}
    do(cast, matter, "note", "mei", note="先记一笔")

    refused = omar.post(address, values, headers=BESIDE_A_LIST)
    version = re.search(r'name="version" value="(\d+)"', refused.content.decode())
    again = omar.post(address, values | {"version": version[1]}, headers=BESIDE_A_LIST)

    assert refused.status_code == 409
    assert "刚刚有人办理了本案" in words_of(refused)
    assert "我写的话" in refused.content.decode()
    assert again.status_code == 204


def test_a_changed_item_brings_its_standards_without_complaining():
    cast = a_town()
    matter, _code = brought_to(cast, "to_register")

    changed = signed_in("mei").post(
        f"/desk/matters/{matter.number}/register", {"item": cast.item.id, "preview": "1"}
    )

    assert changed.status_code == 200
    assert "必填" in words_of(changed)
    assert "error" not in changed.content.decode()


def test_dispatch_says_why_the_matrix_names_this_unit():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")
    Incident.objects.filter(pk=matter.id).update(proposed_why="权责清单：井盖 × 镇街 → 水务局")

    dialog = signed_in("lin").get(f"/desk/matters/{matter.number}/dispatch")

    assert "权责清单：井盖 × 镇街 → 水务局" in words_of(dialog)


def test_many_at_once_each_stand_or_fall_alone():
    cast = a_town()
    ready, _code = brought_to(cast, "to_check")
    early = a_report(cast).matter

    answer = signed_in("omar").post(
        "/desk/bulk", {"ids": [ready.id, early.id, 999999, "x"], "move": "pass_check"}
    )
    said = words_of(answer)

    assert "已办理 1 件，共 3 件" in said
    assert "不在您的权限范围内" in said
    assert Matter.objects.get(pk=ready.id).state == "to_close"
    assert Matter.objects.get(pk=early.id).state == "to_verify"


def test_a_list_leaves_as_excel_or_csv_for_those_who_may():
    cast = a_town()
    number = a_report(cast).matter.number
    mei = signed_in("mei")

    csv = b"".join(mei.get("/desk/doing/export.csv?state=to_verify").streaming_content).decode(
        "utf-8-sig"
    )
    xlsx = mei.get("/desk/doing/export.xlsx")

    assert csv.startswith("编号,标题,")
    assert number in csv
    assert xlsx.content.startswith(b"PK")
    assert mei.get("/desk/doing/export.exe").status_code == 404
    assert signed_in("omar").get("/desk/doing/export.csv").status_code == 404


def test_a_saved_filter_is_a_tab_with_its_count_until_it_is_deleted():
    cast = a_town()
    a_report(cast)
    omar = signed_in("omar")

    omar.post("/desk/filters", {"name": "待我核实", "query": "state=to_verify", "box": "doing"})
    saved = SavedFilter.objects.get()
    counts = omar.get("/desk/doing/counts?state=to_verify&now=1").content.decode()

    assert "待我核实" in words_of(omar.get("/desk/doing"))
    assert f'id="count-{saved.id}" hx-swap-oob="true">1<' in counts
    signed_in("far").post(f"/desk/filters/{saved.id}/delete", {"box": "doing"})
    assert SavedFilter.objects.exists()
    omar.post(f"/desk/filters/{saved.id}/delete", {"box": "doing"})
    assert not SavedFilter.objects.exists()


def test_choices_by_typing_offer_items_classes_and_units():
    cast = a_town()
    mei = signed_in("mei")

    items = mei.get("/desk/choices/items", {"q": "井盖"}).json()["choices"]
    classes = mei.get("/desk/choices/items", {"q": cast.item.class_name}).json()["choices"]
    units = mei.get("/desk/choices/units", {"q": "水务"}).json()["choices"]

    assert cast.item.name in [row["label"] for row in items]
    assert f"class:{cast.item.class_code}" in [row["value"] for row in classes]
    assert {row["label"] for row in units} == {"水务局", "水务局南城分局"}


def test_a_matters_page_shows_its_likely_doubles_and_what_was_there_before():
    cast = a_town()
    first = a_report(cast, at=MONDAY - timedelta(days=1)).matter
    second = a_report(cast).matter
    mei = signed_in("mei")

    page = mei.get(f"/desk/matters/{second.number}").content.decode()
    merge = mei.get(f"/desk/matters/{second.number}/merge?into={first.number}")

    assert f"/compare/{first.number}" in page
    assert "90 天内同处 1 次" in page
    assert f'value="{first.number}"' in merge.content.decode()
    assert "两处相距 0 米" in words_of(
        mei.get(f"/desk/matters/{second.number}/compare/{first.number}")
    )


def test_the_reporters_contact_needs_a_reason_that_is_kept():
    cast = a_town()
    matter = a_report(cast, contact=matters.Contact(name="黄女士", phone="13800001234")).matter
    mei = signed_in("mei")
    address = f"/desk/matters/{matter.number}/reporters"

    page = mei.get(f"/desk/matters/{matter.number}").content.decode()
    refused = mei.post(address, {"reason": " "})
    shown = mei.post(address, {"reason": "核对地址"})

    assert "13800001234" not in page
    assert refused.status_code == 422
    assert "13800001234" not in refused.content.decode()
    assert "13800001234" in shown.content.decode()
    assert TrailEntry.objects.filter(subject=f"matter:{matter.id}:reporter").exists()
    assert signed_in("omar").post(address, {"reason": "好奇"}).status_code == 404


def test_a_decision_is_a_button_only_while_a_request_waits():
    cast = a_town()
    matter, _code = brought_to(cast, "handling", at=MONDAY)
    address = f"/desk/matters/{matter.number}"
    before = signed_in("lead").get(address).content.decode()
    do(cast, matter, "ask_extension", "bo", reason="配件未到")

    after = signed_in("lead").get(address).content.decode()

    assert "/approve_first" not in before
    assert re.search(r"/approve_first\"[^>]*data-first-action", after)
    assert "配件未到" in after


def test_a_frequent_word_is_asked_as_it_stands_and_a_rare_one_by_its_beginning():
    cast = a_town()
    report = a_report(cast)
    forget()
    with connection.cursor() as cursor:  # what the database itself looked at meanwhile
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'matters_matter'::regclass")
    assert search_terms(["井盖"], at=MONDAY) == "'井盖':*"
    for _more in range(30):
        a_report(cast)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE matters_matter")
    later = MONDAY + timedelta(hours=2)

    assert search_terms(["井盖", "燃气"], at=later) == "'井盖' & '燃气':*"
    found = narrowed(Matter.objects.all(), filter_from({"q": "井盖破了"}), at=later)
    assert report.matter.pk in set(found.values_list("pk", flat=True))
