"""What files answer."""

from gongzhi.dossiers.queries.answers import Answers, answers_of
from gongzhi.dossiers.queries.blocks import matter_block, needs_whole_file
from gongzhi.dossiers.queries.content import places, points, sheets
from gongzhi.dossiers.queries.lists import BOXES, Listed, counts, dossiers, dossiers_page, table
from gongzhi.dossiers.queries.one import (
    Contents,
    Line,
    MakePapers,
    contents_of,
    dossier_of,
    hides,
    install_papers,
    score_of,
)
from gongzhi.dossiers.queries.whole import whole_file
from gongzhi.dossiers.queries.writing import paper_of

__all__ = [
    "BOXES", "Answers", "Contents", "Line", "Listed", "MakePapers", "answers_of", "contents_of", "counts", "dossier_of", "dossiers",
    "dossiers_page", "hides", "install_papers", "matter_block", "needs_whole_file", "paper_of", "places", "points", "score_of", "sheets", "table",
    "whole_file",
]  # fmt: skip
