"""Deeds of the registry."""

from gongzhi.mediators.actions.applying import (
    StudioDraft,
    apply_for_studio,
    decide_studio,
    look_at_studio,
    withdraw_studio,
)
from gongzhi.mediators.actions.bodies import (
    BodyDraft,
    begin_term,
    change_body,
    close_body,
    enter_body,
    note_filed,
)
from gongzhi.mediators.actions.deeds import DEEDS
from gongzhi.mediators.actions.importing import Imported, import_bodies, import_mediators
from gongzhi.mediators.actions.judging import (
    Complaint,
    Verdict,
    answer_appeal,
    appeal,
    complain,
    decide,
)
from gongzhi.mediators.actions.offices import MediatorDraft, appoint, change, leave
from gongzhi.mediators.actions.records import Course, give_grade, record_training
from gongzhi.mediators.actions.serving import (
    Face,
    add_absence,
    remove_absence,
    set_days,
    show_me,
)

__all__ = [
    "DEEDS", "BodyDraft", "Complaint", "Course", "Face", "Imported", "MediatorDraft", "StudioDraft", "Verdict", "add_absence",
    "answer_appeal", "appeal", "apply_for_studio", "appoint", "begin_term", "change", "change_body", "close_body",
    "complain", "decide", "decide_studio", "enter_body", "give_grade", "import_bodies", "import_mediators", "leave",
    "look_at_studio", "note_filed", "record_training", "remove_absence", "set_days", "show_me", "withdraw_studio",
]  # fmt: skip
