"""Deeds of patrols."""

from gongzhi.patrol.actions.appeals import appeal, decide_appeal
from gongzhi.patrol.actions.calls import (
    answer_call,
    call_officer,
    finish_call,
    follow_matter,
    reassign_call,
    withdraw_call,
)
from gongzhi.patrol.actions.content import load_content, replace_lists, set_norm
from gongzhi.patrol.actions.correcting import Conflict, correct_premises
from gongzhi.patrol.actions.desk import ListChange, preview_lists, reassign, redraw
from gongzhi.patrol.actions.drawing import DayDrawn, draw_day
from gongzhi.patrol.actions.plans import (
    PlanSaid,
    discard_plan,
    draft_plan,
    end_expired_plans,
    end_plan,
    first_day_after,
    release_plan,
)
from gongzhi.patrol.actions.presence import count_presence, tell_presence
from gongzhi.patrol.actions.samples import close_sample, draw_sample, publish_sample
from gongzhi.patrol.actions.shifts import end_forgotten_shifts, end_shift, start_shift
from gongzhi.patrol.actions.visits import Recorded, VisitSaid, record_visit
from gongzhi.patrol.rules.visits import Result

__all__ = [
    "Conflict",
    "DayDrawn",
    "ListChange",
    "PlanSaid",
    "Recorded",
    "Result",
    "VisitSaid",
    "answer_call",
    "appeal",
    "call_officer",
    "close_sample",
    "correct_premises",
    "count_presence",
    "decide_appeal",
    "discard_plan",
    "draft_plan",
    "draw_day",
    "draw_sample",
    "end_expired_plans",
    "end_forgotten_shifts",
    "end_plan",
    "end_shift",
    "finish_call",
    "first_day_after",
    "follow_matter",
    "load_content",
    "preview_lists",
    "publish_sample",
    "reassign",
    "reassign_call",
    "record_visit",
    "redraw",
    "release_plan",
    "replace_lists",
    "set_norm",
    "start_shift",
    "tell_presence",
    "withdraw_call",
]
