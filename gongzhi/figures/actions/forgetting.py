"""Lets the ticker's old lines go: the file of each matter keeps them anyway."""

from datetime import datetime, timedelta

from gongzhi.figures.models import News

KEPT = timedelta(days=7)


def forget_news(*, at: datetime) -> int:
    """Delete news that nobody catches up with any more; numbers go on where they were."""
    return News.objects.filter(written_at__lt=at - KEPT).delete()[0]
