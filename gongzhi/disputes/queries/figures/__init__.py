"""What the pages of figures ask."""

from gongzhi.disputes.queries.defined import norm, norm_source
from gongzhi.disputes.queries.figures.behind import PARTS, Behind, page_behind, rows_behind
from gongzhi.disputes.queries.figures.counted import (
    Asked,
    FigureRow,
    FigureTable,
    coverage,
    figure_table,
)
from gongzhi.disputes.queries.figures.defined import figure_definitions
from gongzhi.disputes.queries.figures.names import DIMENSIONS, first_kinds, row_name

__all__ = [
    "DIMENSIONS", "PARTS", "Asked", "Behind", "FigureRow", "FigureTable", "coverage", "figure_definitions", "figure_table",
    "first_kinds", "norm", "norm_source", "page_behind", "row_name", "rows_behind",
]  # fmt: skip
