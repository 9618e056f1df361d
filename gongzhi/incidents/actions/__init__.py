"""Deeds of the grid matter."""

from gongzhi.incidents.actions.history import HISTORY, copy_history
from gongzhi.incidents.actions.moves import EFFECTS, dispatch_by_matrix
from gongzhi.incidents.actions.policy import set_policy
from gongzhi.incidents.actions.report import LikelyDuplicate, Report, report
from gongzhi.incidents.actions.telling import lapse, tell_of_command, tell_transfer_clock
from gongzhi.incidents.actions.transfers import answer_transfer

__all__ = [
    "EFFECTS",
    "HISTORY",
    "LikelyDuplicate",
    "Report",
    "answer_transfer",
    "copy_history",
    "dispatch_by_matrix",
    "lapse",
    "report",
    "set_policy",
    "tell_of_command",
    "tell_transfer_clock",
]
