"""Deeds of the grid matter."""

from gongzhi.incidents.actions.history import HISTORY, copy_history
from gongzhi.incidents.actions.moves import EFFECTS, dispatch_by_matrix
from gongzhi.incidents.actions.policy import set_policy
from gongzhi.incidents.actions.report import LikelyDuplicate, Report, report

__all__ = [
    "EFFECTS",
    "HISTORY",
    "LikelyDuplicate",
    "Report",
    "copy_history",
    "dispatch_by_matrix",
    "report",
    "set_policy",
]
