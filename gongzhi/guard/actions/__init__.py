"""Deeds at the doors."""

from gongzhi.guard.actions.admitting import Verdict, admit, brake_uploads, note_sent
from gongzhi.guard.actions.keeping import forget
from gongzhi.guard.actions.proving import prove

__all__ = ["Verdict", "admit", "brake_uploads", "forget", "note_sent", "prove"]
