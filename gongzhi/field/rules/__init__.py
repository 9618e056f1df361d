"""What a handset says, and when. Plain values in and out."""

from gongzhi.field.rules.clocks import corrected, skew_of
from gongzhi.field.rules.said import Place, Said, Unreadable, read

__all__ = ["Place", "Said", "Unreadable", "corrected", "read", "skew_of"]
