"""Deeds of residents' corners."""

from gongzhi.residents.actions.account import (
    delete_account,
    delete_idle,
    end_everywhere,
    note_taken,
    save_settings,
)
from gongzhi.residents.actions.codes import (
    confirm_email,
    forget_codes,
    forget_email,
    send_code,
    sign_in,
)
from gongzhi.residents.actions.own import claim, claim_by_phone, keep, let_go

__all__ = [
    "claim",
    "claim_by_phone",
    "confirm_email",
    "delete_account",
    "delete_idle",
    "end_everywhere",
    "forget_codes",
    "forget_email",
    "keep",
    "let_go",
    "note_taken",
    "save_settings",
    "send_code",
    "sign_in",
]
