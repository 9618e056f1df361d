"""Questions to the register; each starts from what the actor may see."""

from gongzhi.matters.queries.finding import Filter, filter_from, number_problem, whole_number
from gongzhi.matters.queries.lists import Box, Row, box_counts, matters_in, rows_for_export
from gongzhi.matters.queries.near import near
from gongzhi.matters.queries.one import (
    Detail,
    Movable,
    Possible,
    detail,
    movable,
    possible_moves,
    public_progress,
    reporter_of,
    saved_filters,
    timeline,
    verify_file,
)
from gongzhi.matters.queries.points import points
from gongzhi.matters.queries.units import colleagues, handling_units

__all__ = [
    "Box", "Detail", "Filter", "Movable", "Possible", "Row", "box_counts", "colleagues", "detail", "filter_from", "handling_units", "is_known",
    "matters_in", "movable", "near", "number_problem", "points", "possible_moves", "public_progress", "reporter_of", "rows_for_export",
    "saved_filters", "timeline", "verify_file", "whole_number",
]  # fmt: skip
