"""What disputes answer."""

from gongzhi.disputes.queries.defined import grounds, routes
from gongzhi.disputes.queries.figures import Asked, FigureRow, FigureTable, coverage, figure_table
from gongzhi.disputes.queries.figures_behind import PARTS, Behind, page_behind, rows_behind
from gongzhi.disputes.queries.figures_defined import figure_definitions, figure_rules
from gongzhi.disputes.queries.figures_names import DIMENSIONS, first_kinds, row_name
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

__all__ = [
    "DIMENSIONS", "PARTS", "Asked", "Behind", "FigureRow", "FigureTable", "coverage", "figure_definitions", "figure_rules",
    "figure_table", "first_kinds", "page_behind", "row_name", "rows_behind",
    "SideFace", "answers_for_papers", "dispute", "faces", "facts", "first_period", "grounds", "has_access", "is_assigned",
    "kind_at", "masked_name", "may_mediate", "parties", "period_rule", "principals", "routes",
    "side_words", "wills", "without_notice",
]  # fmt: skip
