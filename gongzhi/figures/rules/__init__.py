"""What a matter says to statistics; plain values in and out."""

from gongzhi.figures.rules.facts import Promises, promises
from gongzhi.figures.rules.stays import Stage, Stay, is_whole, stays, was_late

__all__ = ["Promises", "Stage", "Stay", "is_whole", "promises", "stays", "was_late"]
