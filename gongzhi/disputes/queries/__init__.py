"""What disputes answer."""

from gongzhi.disputes.queries.defined import grounds, routes
from gongzhi.disputes.queries.one import dispute, facts, first_period, kind_at, parties, period_rule
from gongzhi.disputes.queries.sides import (
    SideFace,
    answers_for_papers,
    faces,
    has_access,
    is_assigned,
    masked_name,
    may_mediate,
    principals,
    side_words,
    wills,
    without_notice,
)
from gongzhi.disputes.queries.table import kinds

__all__ = [
    "SideFace", "answers_for_papers", "dispute", "faces", "facts", "first_period", "grounds", "has_access", "is_assigned",
    "kind_at", "kinds", "masked_name", "may_mediate", "parties", "period_rule", "principals", "routes",
    "side_words", "wills", "without_notice",
]  # fmt: skip
