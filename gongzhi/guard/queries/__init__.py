"""Questions about senders, checks and blocks."""

from gongzhi.guard.queries.blocks import (
    STATES,
    appeals_waiting,
    block,
    block_on,
    blocks,
    blocks_of,
    blocks_page,
    blocks_table,
    label_of,
    seen_with,
)
from gongzhi.guard.queries.checks import QUESTION_SALT, SPENT, check_context, proof_secret
from gongzhi.guard.queries.reasons import reason, reason_versions, reasons
from gongzhi.guard.queries.senders import (
    COOKIE_DAYS,
    Sender,
    address_key,
    give_cookies,
    is_proved,
    remember_proof,
    sender_of,
)
from gongzhi.guard.rules import Deed

__all__ = [
    "COOKIE_DAYS", "QUESTION_SALT", "SPENT", "STATES", "Deed", "Sender", "address_key", "appeals_waiting", "block",
    "block_on", "blocks", "blocks_of", "blocks_page", "blocks_table", "check_context", "give_cookies", "is_proved",
    "label_of", "proof_secret", "reason", "reason_versions", "reasons", "remember_proof", "seen_with", "sender_of",
]  # fmt: skip
