"""Questions about senders, checks and blocks."""

from gongzhi.guard.queries.checks import QUESTION_SALT, SPENT, check_context, proof_secret
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
    "COOKIE_DAYS", "QUESTION_SALT", "SPENT", "Deed", "Sender", "address_key", "check_context", "give_cookies",
    "is_proved", "proof_secret", "remember_proof", "sender_of",
]  # fmt: skip
