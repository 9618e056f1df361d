"""Deeds of learning: forecast, train, note what was chosen, write the brief."""

from gongzhi.learning.actions.deciding import note_decision
from gongzhi.learning.actions.forecasting import forecast, forget_old_forecasts
from gongzhi.learning.actions.training import forget_old_models, retrain

__all__ = [
    "forecast",
    "forget_old_forecasts",
    "forget_old_models",
    "note_decision",
    "retrain",
]
