"""Deeds of agreements."""

from gongzhi.agreements.actions.drafting import (
    Outdated,
    announce_editing,
    draft_offer,
    restore,
    save,
)
from gongzhi.agreements.actions.forgetting import forget
from gongzhi.agreements.actions.performing import note_due, remind, reopen_due
from gongzhi.agreements.actions.sealing import certify, seal, take_in
from gongzhi.agreements.actions.signing import (
    declare,
    note_read,
    offer,
    sign_as_mediator,
    sign_drawn,
    sign_on_paper,
    take_back,
)

__all__ = [
    "Outdated", "announce_editing", "certify", "declare", "draft_offer", "forget", "note_due", "note_read", "offer", "remind", "reopen_due", "restore", "save",
    "seal", "sign_as_mediator", "sign_drawn", "sign_on_paper", "take_back", "take_in",
]  # fmt: skip
