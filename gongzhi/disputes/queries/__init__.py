"""What disputes answer."""

from gongzhi.disputes.queries.defined import grounds, routes
from gongzhi.disputes.queries.one import dispute, facts, first_period, kind_at, parties, period_rule
from gongzhi.disputes.queries.people import (
    body_of,
    is_hidden,
    mediated_by,
    mediator_people,
    parties_by_phone,
    party,
    party_by_code,
)
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

__all__ = [
    "SideFace",
    "answers_for_papers",
    "body_of",
    "dispute",
    "faces",
    "facts",
    "first_period",
    "grounds",
    "has_access",
    "is_assigned",
    "is_hidden",
    "kind_at",
    "masked_name",
    "may_mediate",
    "mediated_by",
    "mediator_people",
    "parties",
    "parties_by_phone",
    "party",
    "party_by_code",
    "period_rule",
    "principals",
    "routes",
    "side_words",
    "wills",
    "without_notice",
]  # fmt: skip
