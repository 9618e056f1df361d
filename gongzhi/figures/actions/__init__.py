"""What figures do."""

from django.utils.translation import pgettext_lazy

from gongzhi.figures.actions.consuming import Consumed, consume
from gongzhi.figures.actions.forgetting import forget_news
from gongzhi.figures.actions.presence import note_work, set_on_shift
from gongzhi.figures.actions.rebuilding import Difference, rebuild, recount, reread

DEEDS = (pgettext_lazy("deed", "figures.export"),)  # what is read in the trail

__all__ = [
    "Consumed", "Difference", "consume", "forget_news", "note_work", "rebuild", "recount", "reread", "set_on_shift",
]  # fmt: skip
