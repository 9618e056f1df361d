"""Questions about assessment."""

from gongzhi.assessment.queries.appealed import (
    BOXES,
    appeal,
    appeals_page,
    findings_page,
    say_of,
)
from gongzhi.assessment.queries.behind import PARTS, Behind, lines_behind, page_behind
from gongzhi.assessment.queries.bulletins import bulletin
from gongzhi.assessment.queries.content import (
    Rate,
    families,
    finding_natures,
    named,
    posts,
    rate_of,
    rates,
    shipped_schemes,
    standings,
    tallies,
)
from gongzhi.assessment.queries.counting import grades_of, lines_of
from gongzhi.assessment.queries.leagues import league, series
from gongzhi.assessment.queries.periods import (
    PUBLISHED,
    SPANS,
    ended_periods,
    period_words,
    range_words,
)
from gongzhi.assessment.queries.previews import preview
from gongzhi.assessment.queries.published import (
    appeals_waiting,
    findings_for,
    frozen_page,
    one_result,
    publication,
    publications_page,
    result_lines,
    result_rows,
    result_table,
    versions,
)
from gongzhi.assessment.queries.ruling import (
    NATURES,
    in_force,
    line_words,
    plain,
    scheme,
    schemes_now,
    usable_schemes,
    versions_of,
)
from gongzhi.assessment.queries.subjects import subject_key, subjects
from gongzhi.assessment.queries.tables import DIMENSIONS, Asked, rate_lines, rate_table
from gongzhi.assessment.rules import Line, Nature, Period, Span

__all__ = [
    "BOXES", "DIMENSIONS", "NATURES", "PARTS", "PUBLISHED", "SPANS", "Asked", "Behind", "Line", "Nature",
    "Period", "Rate", "Span", "appeal", "appeals_page", "appeals_waiting", "bulletin", "ended_periods",
    "families", "finding_natures", "findings_for", "findings_page", "frozen_page", "grades_of", "in_force",
    "league", "line_words", "lines_behind", "lines_of", "named", "one_result", "page_behind", "period_words",
    "plain", "posts", "preview", "publication", "publications_page", "range_words", "rate_lines", "rate_of",
    "rate_table", "rates", "result_lines", "result_rows", "result_table", "say_of", "scheme", "schemes_now",
    "series", "shipped_schemes", "standings", "subject_key", "subjects", "tallies", "usable_schemes",
    "versions", "versions_of",
]  # fmt: skip
