"""Questions to the register; each starts from what the actor may see."""

from gongzhi.matters.queries.finding import Filter, filter_from, number_problem, whole_number
from gongzhi.matters.queries.lists import Box, Row, box_counts, matters_in, rows_for_export
from gongzhi.matters.queries.near import near
from gongzhi.matters.queries.one import (
    Detail,
    Movable,
    Possible,
    Progress,
    detail,
    movable,
    possible_moves,
    public_progress,
    reporter_of,
    saved_filters,
    timeline,
    verify_file,
)
from gongzhi.matters.queries.papers import (
    FOLLOWED_COOKIE,
    FOLLOWED_DAYS,
    followed,
    followed_text,
    may_see_file,
)
from gongzhi.matters.queries.points import points
from gongzhi.matters.queries.public import Figures, Happening, figures, happenings
from gongzhi.matters.queries.units import colleagues, handling_units

__all__ = [
    "FOLLOWED_COOKIE", "FOLLOWED_DAYS", "Box", "Detail", "Figures", "Filter", "Happening", "Movable", "Possible", "Progress", "Row", "box_counts", "colleagues", "detail", "figures", "filter_from", "followed", "followed_text",
    "handling_units", "happenings",
    "matters_in", "may_see_file", "movable", "near", "number_problem", "points", "possible_moves", "public_progress", "reporter_of", "rows_for_export",
    "saved_filters", "timeline", "verify_file", "whole_number",
]  # fmt: skip
