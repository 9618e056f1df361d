import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.rules.limits import parse_limit
from gongzhi.catalogue.tests.builders import MANAGER, MONDAY, TODAY, a_draft

CONTENT = Path(actions.__file__).parents[1] / "content"


def rows(name):
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_the_city_ships_481_items_of_19_departments_each_with_its_own_name():
    items = rows("items")

    assert len(items) == 481
    assert len({row["主责部门代码"] for row in items}) == 19
    assert repeated(row["名称"] for row in items) == []
    assert repeated(row["编码"] for row in items) == []


def test_every_item_belongs_to_a_department_that_is_listed():
    named = {row["编码"]: row["名称"] for row in rows("departments")}

    assert {row["主责部门代码"]: row["主责部门"] for row in rows("items")} == named


def test_every_item_has_one_to_four_standards_whose_limits_are_readable():
    standards = rows("standards")
    counts = Counter(row["编码"] for row in standards)

    assert set(counts) == {row["编码"] for row in rows("items")}
    assert max(counts.values()) <= 4
    assert [row for row in standards if not (row["立案条件"] and row["结案条件"])] == []
    assert [row for row in standards if parse_limit(row["处置时限"]) is None] == []


def test_no_two_standards_count_the_same_thing():
    assert repeated(row["立案条件"] for row in rows("standards")) == []


def test_residents_words_are_known_for_every_item():
    few = [row["名称"] for row in rows("items") if not 2 <= len(row["同义词"].split("、")) <= 5]

    assert few == []


def test_at_least_120_items_ask_questions():
    assert len({row["编码"] for row in rows("questions")}) >= 120


@pytest.mark.django_db
def test_the_content_loads_once_without_a_problem_and_leaves_a_citys_own_wording():
    actions.add(
        draft=a_draft(name="本市自己的井盖"), valid_from=date(2020, 1, 1), actor=MANAGER, at=MONDAY
    )

    first = actions.load_content(actor=MANAGER, at=MONDAY)
    second = actions.load_content(actor=MANAGER, at=MONDAY)

    assert (first, second) == (480, 0)
    assert queries.item_by_code("P0101", TODAY).name == "本市自己的井盖"
    assert len(queries.items_in_force(TODAY)) == 481
    assert len(queries.departments(TODAY)) == 19


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("学校门口的下水道盖子不见了，晚上很危险", "排水井盖"),
        ("楼下有人把电动车推进楼道充电", "楼梯间电动车充电"),
        ("小区里面有一股煤气味", "燃气泄漏"),
        ("路灯坏了好几天没人修", "路灯"),
        ("出租屋三楼没有灭火器", "出租屋灭火器缺失"),
        ("马路上有个大坑，骑车差点摔倒", "城市道路破损"),
        ("餐馆没有挂食品证", "食品经营许可未公示"),
        ("河里有很多垃圾漂着", "河面漂浮垃圾"),
        ("半夜还在打桩施工，睡不着", "夜间施工噪声"),
        ("大树要倒了压到电线", "行道树"),
        ("电梯困人了", "电梯故障困人"),
        ("垃圾成堆没人清理", "暴露垃圾"),
    ],
)
def test_what_residents_write_leads_to_the_item(said, meant):
    actions.load_content(actor=MANAGER, at=MONDAY)

    found = queries.suggest(said, on=TODAY, limit=3)

    assert meant in [suggestion.item.name for suggestion in found]


@pytest.mark.django_db
def test_searching_finds_by_name_synonym_code_and_initials():
    actions.load_content(actor=MANAGER, at=MONDAY)

    def best(text):
        return queries.search(text, on=TODAY)[0].name

    assert best("排水井盖") == "排水井盖"
    assert best("沙井盖") == "排水井盖"
    assert best("pSJG") == "排水井盖"
    assert queries.search("E0505", on=TODAY)[0].code == "E0505"
    assert queries.search("查无此物", on=TODAY) == []
