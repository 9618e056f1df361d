"""What insight answers. Nothing here loads the engines: the process that holds the lake does."""

from gongzhi.insight.queries.defined import AnalysisRow, MeasureRow, analyses, dimensions, measures
from gongzhi.insight.queries.lake import (
    LakeState,
    Silent,
    Told,
    ask,
    check,
    plain_area,
    refresh,
    state,
)
from gongzhi.insight.queries.names import Names, choices
from gongzhi.insight.queries.saved import saved_views, views_page
from gongzhi.insight.queries.showing.listed import Listed, listed, listed_for_export
from gongzhi.insight.queries.showing.parts import Shown
from gongzhi.insight.queries.showing.pivoting import pivot
from gongzhi.insight.queries.showing.table import SHOWN

__all__ = [
    "SHOWN", "AnalysisRow", "LakeState", "Listed", "MeasureRow", "Names", "Shown", "Silent", "Told", "analyses", "ask",
    "check", "choices", "dimensions", "listed", "listed_for_export", "measures", "pivot", "plain_area", "refresh", "saved_views",
    "state", "views_page",
]  # fmt: skip
