"""Decisions about time and about two sides of one thing. Plain values in and out."""

from gongzhi.field.rules.clocks import corrected, skew_of
from gongzhi.field.rules.said import Place, Said, Unreadable, read
from gongzhi.field.rules.sides import Sides, merged

__all__ = ["Place", "Said", "Sides", "Unreadable", "corrected", "merged", "read", "skew_of"]
