"""
The columns of our own tables and of the published 部件/事件 table, and how cells become values.

Column names are Chinese in every language of the interface: they are the exchange format.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ITEMS = "事项"
STANDARDS = "标准"
QUESTIONS = "问题"
RESPONSIBILITIES = "权责"
NO_REPORT = "免报"
PUBLISHED = "部件事件表"

FAMILIES = {"部件": "part", "事件": "event"}
LEVELS = {"村": "village", "镇": "town", "市": "city", "": ""}
KINDS = {"是否": "yes_no", "数字": "number", "选择": "choice", "文字": "text", "照片": "photo"}
YES_NO = {"是": True, "否": False}


@dataclass(frozen=True)
class Column:
    title: str
    field: str
    required: bool = False
    words: Any = None  # cell → value, for columns with fixed words
    default: str = ""  # the cell an empty one stands for
    longest: int = 0


def _c(title: str, field: str, **more: Any) -> Column:
    return Column(title, field, **more)


_CODE = _c("编码", "code", required=True, longest=24)
_SCOPE = _c("范围", "scope", required=True, longest=24)
_AREA = _c("区域", "area_path", longest=80)
_SOURCE = _c("来源", "source", longest=200)
_FROM = _c("生效", "valid_from")
_TO = _c("失效", "valid_to")

LAYOUTS: dict[str, tuple[Column, ...]] = {
    ITEMS: (
        _CODE,
        _c("类型", "family", required=True, words=FAMILIES),
        _c("大类代码", "class_code", required=True, longest=4),
        _c("大类名称", "class_name", required=True, longest=40),
        _c("小类代码", "number", required=True, longest=8),
        _c("名称", "name", required=True, longest=80),
        _c("主责部门代码", "department", longest=40),
        _c("主责部门", "department_name", longest=200),
        _c("层级", "level", words=LEVELS, default="镇"),
        _c("同义词", "synonyms"),
        _c("允许匿名", "anonymous_allowed", words=YES_NO, default="是"),
        _c("公开描述", "publishes_description", words=YES_NO, default="是"),
        _c("允许自行处置", "self_handled_allowed", words=YES_NO, default="否"),
        _c("紧急提示", "emergency_notice", longest=200),
        _c("图标", "icon", longest=40),
        _c("常用排序", "popular_rank"),
        _c("上报照片数", "report_photos", default="1"),
        _c("处置照片数", "after_photos", default="1"),
        _SOURCE,
    ),
    STANDARDS: (
        _CODE,
        _c("序号", "order"),
        _c("立案条件", "when_counts", required=True),
        _c("结案条件", "when_done", required=True),
        _c("处置时限", "limit"),
        _c("次日起算", "from_next_day", words=YES_NO, default="否"),
        _c("原文", "original", longest=200),
    ),
    QUESTIONS: (
        _CODE,
        _c("序号", "order"),
        _c("问题", "text", required=True, longest=120),
        _c("答案类型", "kind", required=True, words=KINDS),
        _c("必填", "required", words=YES_NO, default="否"),
        _c("选项", "choices"),
        _c("单位", "unit", longest=16),
    ),
    RESPONSIBILITIES: (
        _SCOPE,
        _c("层级", "level", words=LEVELS),
        _AREA,
        _c("发现", "finder", default="grid_officer", longest=40),
        _c("核实", "verifier", default="grid_officer", longest=40),
        _c("主办", "handler", required=True, longest=48),
        _c("协同", "joint"),
        _c("优先级", "priority", default="0"),
        _FROM,
        _TO,
        _SOURCE,
    ),
    NO_REPORT: (
        _SCOPE,
        _AREA,
        _c("开始时间", "starts"),
        _c("结束时间", "ends"),
        _c("提示", "tip", required=True, longest=200),
        _FROM,
        _TO,
        _SOURCE,
    ),
    PUBLISHED: (
        _c("类别", "family", required=True, words=FAMILIES),
        _c("大类代码", "class_code", required=True, longest=4),
        _c("大类名称", "class_name", required=True, longest=40),
        _c("小类代码", "number", required=True, longest=8),
        _c("小类名称", "name", required=True, longest=80),
        _c("处置单位", "department_name", longest=200),
        _c("主管部门", "supervisor"),
        _c("立案条件", "when_counts", required=True),
        _c("结案条件", "when_done", required=True),
        _c("处置时限", "limit"),
    ),
}


def layout_of(header: Iterable[str]) -> str:
    """Return the layout whose columns the header has best; "" when it has none of them all."""
    titles = set(header)
    return next((name for name in _NARROWEST_FIRST if _needed(name) <= titles), "")


def nearest_layout(header: Iterable[str]) -> tuple[str, list[str]]:
    """Return the layout the header comes closest to, and the columns it lacks."""
    titles = set(header)
    name = min(LAYOUTS, key=lambda layout: len(_needed(layout) - titles))
    missing = _needed(name) - titles
    return name, [column.title for column in LAYOUTS[name] if column.title in missing]


def _needed(layout: str) -> set[str]:
    needed = {column.title for column in LAYOUTS[layout] if column.required}
    return needed | ({"处置时限"} if layout in {STANDARDS, PUBLISHED} else set())


_NARROWEST_FIRST = sorted(LAYOUTS, key=lambda layout: -len(_needed(layout)))


def parts_of(cell: str) -> tuple[str, ...]:
    """Split a cell that lists things; "、", ";" and "|" separate."""
    for mark in "；;|，,\n":
        cell = cell.replace(mark, "、")
    return tuple(dict.fromkeys(part.strip() for part in cell.split("、") if part.strip()))


def word_for(words: dict[str, Any], value: object) -> str:
    return next(word for word, meaning in words.items() if meaning == value)
