"""Periods, scores, ranks and what makes a scheme refusable; plain values in, plain values out."""

from gongzhi.assessment.rules.charts import bump_chart
from gongzhi.assessment.rules.periods import (
    DAY,
    Period,
    Span,
    following,
    period_of,
    previous,
    year_before,
)
from gongzhi.assessment.rules.ranking import Moved, Placed, Standing, moves, places
from gongzhi.assessment.rules.reviewing import Outcome, appeal_outcome
from gongzhi.assessment.rules.schemes import Flaw, Scoring, flaws
from gongzhi.assessment.rules.scoring import (
    GIVING,
    Counted,
    Line,
    LineScore,
    Nature,
    Scored,
    grade_of,
    score,
    share,
)

__all__ = [
    "DAY", "GIVING", "Counted", "Flaw", "Line", "LineScore", "Moved", "Nature", "Outcome", "Period", "Placed", "Scored", "Scoring", "Span",
    "Standing", "appeal_outcome", "bump_chart", "flaws", "following", "grade_of", "moves", "period_of", "places", "previous", "score", "share",
    "year_before",
]  # fmt: skip
