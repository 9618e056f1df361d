"""Deeds of disputes."""

from gongzhi.disputes.actions.kinds import load_kinds
from gongzhi.disputes.actions.moves import EFFECTS
from gongzhi.disputes.actions.opening import Intake, open_dispute
from gongzhi.disputes.actions.parties import Side
from gongzhi.disputes.actions.sides import open_file, record_consent, sign_notice

__all__ = [
    "EFFECTS",
    "Intake",
    "Side",
    "load_kinds",
    "open_dispute",
    "open_file",
    "record_consent",
    "sign_notice",
]
