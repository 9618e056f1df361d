"""
What each column of the counts counts: one condition on the facts, for the sums, the lists and the checks alike.

Matters that are suspended (挂账) or exempt after an upheld appeal stand outside every rate; they are
counted under `suspended` and `exempt` alone.
"""

from collections.abc import Mapping

from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Round

COUNTED = Q(is_suspended=False, is_exempt=False)
_VALID = COUNTED & Q(is_valid=True)
_DISPATCHED = _VALID & Q(dispatched_at__isnull=False)
_HANDLED = _DISPATCHED & Q(handled_at__isnull=False)
_TO_CLOSE = _VALID & Q(registered_at__isnull=False)
_CLOSED = _TO_CLOSE & Q(closed_at__isnull=False)

MEASURES: Mapping[str, Q] = {
    "reported": Q(),  # 上报
    "valid": Q(is_valid=True),  # 有效上报
    "registered": Q(registered_at__isnull=False, is_valid=True),  # 立案
    "missed": Q(is_missed=True, registered_at__isnull=False, is_valid=True),  # 漏报
    "urgent": Q(is_urgent=True),
    "suspended": Q(is_suspended=True),  # 挂账
    "exempt": Q(is_exempt=True),  # 申诉成立
    "supervised": Q(is_supervised=True),  # 督办
    "to_respond": COUNTED & Q(response_due_at__isnull=False),  # 应响应
    "responded_in_time": COUNTED & Q(responded_in_time=True),  # 按时响应
    "to_verify": COUNTED & Q(verified_in_time__isnull=False),  # 应核实
    "verified_in_time": COUNTED & Q(verified_in_time=True),  # 按时核实
    "to_register": COUNTED & Q(registered_in_time__isnull=False),
    "registered_in_time": COUNTED & Q(registered_in_time=True),  # 按时立案
    "registered_right": _TO_CLOSE & Q(registered_right=True),  # 准确立案, over registered
    "to_dispatch": COUNTED & Q(dispatched_in_time__isnull=False),  # 应派遣
    "dispatched_in_time": COUNTED & Q(dispatched_in_time=True),  # 按时派遣
    "dispatched": _DISPATCHED,  # 派遣
    "dispatched_right": _DISPATCHED & Q(dispatched_right=True),  # 准确派遣
    "to_handle": _DISPATCHED,  # 应处置: dispatched and not voided
    "handled": _HANDLED,  # 处置
    "handled_in_time": _HANDLED & Q(handled_in_time=True),  # 按期处置
    "to_check": COUNTED & Q(checked_in_time__isnull=False),  # 应核查
    "checked_in_time": COUNTED & Q(checked_in_time=True),  # 按时核查
    "to_close": _TO_CLOSE,  # 应结案: registered and not voided
    "closed": _CLOSED,  # 结案
    "closed_in_time": _CLOSED & Q(closed_in_time=True),  # 按期结案
    "reworked": _TO_CLOSE & Q(rework_count__gt=0),  # 返工
    "reopened": _TO_CLOSE & Q(reopen_count__gt=0),
    "extended": _DISPATCHED & Q(extension_count__gt=0),  # 延期
    "returned": _DISPATCHED & Q(return_count__gt=0),  # 退回
    "urged": Q(urge_count__gt=0),  # 催办
    "rated": Q(rating__isnull=False),
    "solved": Q(rating=3),
    "half_solved": Q(rating=2),
    "not_solved": Q(rating=1),
}
# Whole minutes: sums of integers come out the same in whatever order they are added.
SUMS: Mapping[str, tuple[Combinable, Q]] = {
    "minutes": (Round(F("hours") * 60), _CLOSED & Q(hours__isnull=False)),
    "handling_minutes": (
        Round(F("handling_hours") * 60),
        _HANDLED & Q(handling_hours__isnull=False),
    ),
}
COLUMNS: tuple[str, ...] = (*MEASURES, *SUMS)
DIMENSIONS: Mapping[str, str | None] = {
    "city": None,
    "town": "town",
    "village": "village",
    "unit": "unit_id",
    "department": "department_id",
    "item": "item_id",
    "item_class": "item_class",
    "source": "source",
}
