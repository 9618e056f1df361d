"""What the figures answer."""

from gongzhi.figures.queries.days import DayCount, day_counts

__all__ = ["DayCount", "day_counts"]
