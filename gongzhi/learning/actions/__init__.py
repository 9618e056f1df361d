"""Deeds of learning: forecast, train, note what was chosen, write the brief."""

from gongzhi.learning.actions.briefing import forget_old_briefs, tell_of_briefs, write_briefs
from gongzhi.learning.actions.choosing import ask_for_training, choose_version
from gongzhi.learning.actions.deciding import note_decision
from gongzhi.learning.actions.forecasting import forecast, forget_old_forecasts
from gongzhi.learning.actions.training import forget_old_models, retrain

__all__ = [
    "ask_for_training",
    "choose_version",
    "forecast",
    "forget_old_briefs",
    "forget_old_forecasts",
    "forget_old_models",
    "note_decision",
    "retrain",
    "tell_of_briefs",
    "write_briefs",
]
