"""Questions to the register; each starts from what the actor may see."""

from gongzhi.matters.queries.beside import history_near, metres_apart
from gongzhi.matters.queries.counting import counts_of
from gongzhi.matters.queries.finding import CLASS, Filter, filter_from, number_problem, whole_number
from gongzhi.matters.queries.lists import (
    Box,
    Page,
    Row,
    box_counts,
    matters_in,
    row_of,
    rows_for_export,
)
from gongzhi.matters.queries.near import near
from gongzhi.matters.queries.one import (
    Detail,
    Movable,
    Possible,
    Progress,
    can_rate,
    detail,
    movable,
    possible_moves,
    public_progress,
    reporter_of,
    reports_by_phone,
    saved_filters,
    settled_states,
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
from gongzhi.matters.queries.turns import DECISIONS, OPPOSED
from gongzhi.matters.queries.units import colleagues, handling_units, units_like

__all__ = [
    "CLASS",
    "DECISIONS",
    "FOLLOWED_COOKIE",
    "FOLLOWED_DAYS",
    "OPPOSED",
    "Box",
    "Detail",
    "Figures",
    "Filter",
    "Happening",
    "Movable",
    "Page",
    "Possible",
    "Progress",
    "Row",
    "box_counts",
    "can_rate",
    "colleagues",
    "counts_of",
    "detail",
    "figures",
    "filter_from",
    "followed",
    "followed_text",
    "handling_units",
    "happenings",
    "history_near",
    "matters_in",
    "may_see_file",
    "metres_apart",
    "movable",
    "near",
    "number_problem",
    "points",
    "possible_moves",
    "public_progress",
    "reporter_of",
    "reports_by_phone",
    "row_of",
    "rows_for_export",
    "saved_filters",
    "settled_states",
    "timeline",
    "units_like",
    "verify_file",
    "whole_number",
]  # fmt: skip
