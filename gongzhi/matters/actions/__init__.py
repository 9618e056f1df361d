"""Deeds of the register, whatever the kind of matter."""

from gongzhi.matters.actions.bulk import Outcome, move_many
from gongzhi.matters.actions.common import COMMON
from gongzhi.matters.actions.history import HISTORY, copy_history
from gongzhi.matters.actions.keeping import forget_filter, save_filter, see_reporters
from gongzhi.matters.actions.moving import move
from gongzhi.matters.actions.opening import Contact, Opened, Opening, known_opening, open_matter
from gongzhi.matters.actions.owing import follow_clocks, keep_clocks
from gongzhi.matters.actions.papers import MOST_FILES, attach, forget_files, seal_files
from gongzhi.matters.actions.reporters import (
    add_by_reporter,
    forget_contacts,
    join,
    rate,
    reopen_by_reporter,
)
from gongzhi.matters.actions.telling import (
    resume_by_itself,
    tell_clock,
    tell_joint_clock,
    tell_moved,
    tell_opened,
)
from gongzhi.matters.actions.units import hide_place, join_unit, lead_by, wait_for_helpers
from gongzhi.matters.rules import CHECK_TABLE, district_of, entry_hash, number_of, search_words

__all__ = [
    "CHECK_TABLE",
    "COMMON",
    "HISTORY",
    "MOST_FILES",
    "Contact",
    "Opened",
    "Opening",
    "Outcome",
    "add_by_reporter",
    "attach",
    "copy_history",
    "district_of",
    "entry_hash",
    "follow_clocks",
    "forget_contacts",
    "forget_files",
    "forget_filter",
    "hide_place",
    "join",
    "join_unit",
    "keep_clocks",
    "known_opening",
    "lead_by",
    "move",
    "move_many",
    "number_of",
    "open_matter",
    "rate",
    "reopen_by_reporter",
    "resume_by_itself",
    "save_filter",
    "seal_files",
    "search_words",
    "see_reporters",
    "tell_clock",
    "tell_joint_clock",
    "tell_moved",
    "tell_opened",
    "wait_for_helpers",
]  # fmt: skip
