"""Deeds of the grid matter."""

from gongzhi.incidents.actions.moves import EFFECTS, dispatch_by_matrix
from gongzhi.incidents.actions.report import LikelyDuplicate, Report, report

__all__ = ["EFFECTS", "LikelyDuplicate", "Report", "dispatch_by_matrix", "report"]
