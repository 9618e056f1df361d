"""What figures do."""

from gongzhi.figures.actions.consuming import Consumed, consume
from gongzhi.figures.actions.rebuilding import Difference, rebuild, recount

__all__ = ["Consumed", "Difference", "consume", "rebuild", "recount"]
