"""Deeds: queue, cover, decide, withdraw, wish, tell."""

from gongzhi.publishing.actions.counting import count_figures
from gongzhi.publishing.actions.history import Past, copies_of_drawn, copy_history
from gongzhi.publishing.actions.moderating import (
    Outcome,
    Words,
    publish,
    publish_many,
    reconsider,
    withdraw,
    withhold,
)
from gongzhi.publishing.actions.photos import blur_waiting, find_again, set_regions
from gongzhi.publishing.actions.problems import answer_problem, tell_problem
from gongzhi.publishing.actions.queueing import consider
from gongzhi.publishing.actions.setting import may_set_rules, set_rule
from gongzhi.publishing.actions.wishes import allow, keep_matter_private, keep_private

__all__ = [
    "Outcome",
    "Past",
    "Words",
    "allow",
    "answer_problem",
    "blur_waiting",
    "consider",
    "copies_of_drawn",
    "copy_history",
    "count_figures",
    "find_again",
    "keep_matter_private",
    "keep_private",
    "may_set_rules",
    "publish",
    "publish_many",
    "reconsider",
    "set_regions",
    "set_rule",
    "tell_problem",
    "withdraw",
    "withhold",
]
