"""Deeds of files."""

from gongzhi.dossiers.actions.keeping import (
    bind,
    forget,
    look_again,
    open_file,
    put_in,
    state_why,
    take_out,
)
from gongzhi.dossiers.actions.reviewing import review

__all__ = ["bind", "forget", "look_again", "open_file", "put_in", "review", "state_why", "take_out"]
