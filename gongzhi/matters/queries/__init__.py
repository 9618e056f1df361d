"""Questions to the register; each starts from what the actor may see."""

from gongzhi.matters.queries.finding import Filter, filter_from
from gongzhi.matters.queries.lists import Box, Row, box_counts, matters_in, rows_for_export
from gongzhi.matters.queries.near import is_known, near
from gongzhi.matters.queries.one import (
    Detail,
    Possible,
    detail,
    possible_moves,
    public_progress,
    saved_filters,
    timeline,
    verify_file,
)
from gongzhi.matters.queries.points import points

__all__ = [
    "Box", "Detail", "Filter", "Possible", "Row", "box_counts", "detail", "filter_from", "is_known",
    "matters_in", "near", "points", "possible_moves", "public_progress", "rows_for_export",
    "saved_filters", "timeline", "verify_file",
]  # fmt: skip
