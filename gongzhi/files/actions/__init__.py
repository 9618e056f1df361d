"""Deeds on files."""

from gongzhi.files.actions.parts import Announced, forget_parts, take_part
from gongzhi.files.actions.receiving import (
    FIELD,
    Upload,
    claim,
    hold,
    put_drawn,
    receive,
    remove,
    remove_drawn,
    remove_unclaimed,
)

__all__ = [
    "FIELD",
    "Announced",
    "Upload",
    "claim",
    "forget_parts",
    "hold",
    "put_drawn",
    "receive",
    "remove",
    "remove_drawn",
    "remove_unclaimed",
    "take_part",
]
