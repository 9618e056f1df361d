"""Columns and constraints of oversight; no workflow."""

from gongzhi.oversight.models.batches import Batch, Member, Suggestion
from gongzhi.oversight.models.orders import Order, Ownership
from gongzhi.oversight.models.records import Norm, Record, Rule

__all__ = ["Batch", "Member", "Norm", "Order", "Ownership", "Record", "Rule", "Suggestion"]
