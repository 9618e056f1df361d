"""Deeds at the doors."""

from gongzhi.guard.actions.admitting import Verdict, admit, brake_uploads, note_sent
from gongzhi.guard.actions.blocking import (
    DEEDS,
    Answer,
    ReasonDraft,
    answer,
    appeal,
    block,
    lift,
    note_export,
    set_reason,
)
from gongzhi.guard.actions.keeping import forget
from gongzhi.guard.actions.proving import prove

__all__ = [
    "DEEDS", "Answer", "ReasonDraft", "Verdict", "admit", "answer", "appeal", "block", "brake_uploads", "forget",
    "lift", "note_export", "note_sent", "prove", "set_reason",
]  # fmt: skip
