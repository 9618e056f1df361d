"""Deeds of learning: forecast, train, note what was chosen, write the brief."""

from gongzhi.learning.actions.training import forget_old_models, retrain

__all__ = ["forget_old_models", "retrain"]
