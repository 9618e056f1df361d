"""Deeds of residents' corners."""

from gongzhi.residents.actions.account import (
    delete_account,
    delete_idle,
    end_everywhere,
    note_taken,
    save_settings,
)
from gongzhi.residents.actions.codes import (
    account_of,
    confirm_email,
    forget_codes,
    forget_email,
    send_code,
    sign_in,
)
from gongzhi.residents.actions.following import (
    MOST_ALERTS,
    RADII,
    add_alert,
    delete_alert,
    follow,
    forget_publication,
    note_news,
    note_seen,
    pause_alert,
    take_along,
    unfollow,
)
from gongzhi.residents.actions.own import claim, keep, let_go
from gongzhi.residents.actions.telling import forget_news, send_news, stop, stop_address

__all__ = [
    "MOST_ALERTS",
    "RADII",
    "account_of",
    "add_alert",
    "claim",
    "confirm_email",
    "delete_account",
    "delete_alert",
    "delete_idle",
    "end_everywhere",
    "follow",
    "forget_codes",
    "forget_email",
    "forget_news",
    "forget_publication",
    "keep",
    "let_go",
    "note_news",
    "note_seen",
    "note_taken",
    "pause_alert",
    "save_settings",
    "send_code",
    "send_news",
    "sign_in",
    "stop",
    "stop_address",
    "take_along",
    "unfollow",
]
