"""Deeds of disputes."""

from gongzhi.disputes.actions.kinds import load_kinds
from gongzhi.disputes.actions.moves import EFFECTS
from gongzhi.disputes.actions.opening import Intake, Side, open_dispute

__all__ = ["EFFECTS", "Intake", "Side", "load_kinds", "open_dispute"]
