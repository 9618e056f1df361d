"""What disputes answer."""

from gongzhi.disputes.queries.blocks import matter_block, side_lines, way_words
from gongzhi.disputes.queries.choices import (
    at_work_choices,
    body_choices,
    kind_choices,
    kinds_in_force,
    mediator_choices,
    route_choices,
    side_choices,
    why_this_body,
)
from gongzhi.disputes.queries.defined import (
    Route,
    all_routes,
    ground_row,
    grounds,
    law_since,
    law_source,
    must_write,
    norm,
    norm_source,
    retention_classes,
    retention_name,
    routes,
    routes_named,
)
from gongzhi.disputes.queries.faces import (
    Face,
    MediatorFace,
    dispute_within_reach,
    face,
    face_of,
    may_open,
    may_read,
)
from gongzhi.disputes.queries.lists import (
    BOXES,
    DisputeFilter,
    DisputeRow,
    dispute_filter,
    disputes,
    disputes_page,
    disputes_table,
    kind_names,
)
from gongzhi.disputes.queries.one import (
    PERIOD,
    dispute,
    facts,
    first_period,
    kind_at,
    kind_in_force,
    kind_of,
    parties,
    period_left,
    period_rule,
)
from gongzhi.disputes.queries.own import (
    NoticeOfRights,
    access_reason,
    accesses,
    kept_long_enough,
    own_data,
    party_of_code,
    rights_notice,
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
    "BOXES", "PERIOD", "DisputeFilter", "DisputeRow", "Face", "MediatorFace", "NoticeOfRights", "Route", "SideFace",
    "access_reason", "accesses", "all_routes", "answers_for_papers", "at_work_choices", "body_choices", "dispute",
    "dispute_filter", "dispute_within_reach", "disputes", "disputes_page", "disputes_table", "face", "face_of",
    "faces", "facts", "first_period", "ground_row", "grounds", "has_access", "is_assigned", "kept_long_enough",
    "kind_at", "kind_choices", "kind_in_force", "kind_names", "kind_of", "kinds_in_force", "law_since", "law_source",
    "masked_name", "matter_block", "may_mediate", "may_open", "may_read", "mediator_choices", "must_write", "norm",
    "norm_source", "own_data", "parties", "party_of_code", "period_left", "period_rule", "principals",
    "retention_classes", "retention_name", "rights_notice", "route_choices", "routes", "routes_named", "side_choices",
    "side_lines", "side_words", "way_words", "why_this_body", "wills", "without_notice",
]  # fmt: skip
