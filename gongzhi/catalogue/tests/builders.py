"""Small pieces of a catalogue, in one line each."""

from datetime import UTC, date, datetime
from typing import Any

from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.capabilities import Can
from gongzhi.catalogue.rules.drafts import ItemDraft, QuestionDraft, StandardDraft

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 10:00 in the city
TODAY = date(2026, 11, 16)


MANAGER = an_actor(Can.VIEW, Can.MANAGE, id=7)
VIEWER = an_actor(Can.VIEW, id=8)


def a_draft(**changes: Any) -> ItemDraft:
    values: dict[str, Any] = {
        "code": "P0101",
        "family": "part",
        "class_code": "01",
        "class_name": "公用设施",
        "number": "01",
        "name": "排水井盖",
        "department": "shuiwu",
        "department_name": "水务局",
        "synonyms": ("窨井盖", "下水道盖子"),
        "standards": (
            StandardDraft("井盖缺失或移位", "井盖复位", 2, "hour", "continuous", urgent=True),
            StandardDraft("井盖破损但不露空", "更换井盖", 1, "day", "service"),
        ),
        "questions": (QuestionDraft("井口是否露空？", "yes_no", required=True),),
    }
    return ItemDraft(**(values | changes))


def an_item(**changes: Any) -> queries.ItemRow:
    return actions.add(
        draft=a_draft(**changes), valid_from=date(2020, 1, 1), actor=MANAGER, at=MONDAY
    )
