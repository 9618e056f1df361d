"""What learning answers."""

from gongzhi.learning.queries.briefs import BriefPage, brief_days, brief_of, newest_brief
from gongzhi.learning.queries.forecasts import (
    all_lines,
    chart,
    group_names,
    looked_back,
    method_names,
    newest_forecast,
    of_groups,
    of_towns,
    whole,
)
from gongzhi.learning.queries.monitoring import (
    SUBJECTS,
    accepted,
    class_rows,
    corrections,
    model_page,
    model_versions,
)
from gongzhi.learning.queries.papers import brief_docx, brief_pdf, brief_title
from gongzhi.learning.queries.parameters import parameters_of
from gongzhi.learning.queries.reach import behind_address, city_path, covers, home_of, list_address
from gongzhi.learning.queries.similar import Likes, similar_matters
from gongzhi.learning.queries.suggesting import Suggested, suggested_items, suggested_units

__all__ = [
    "SUBJECTS",
    "BriefPage",
    "Likes",
    "Suggested",
    "accepted",
    "all_lines",
    "behind_address",
    "brief_days",
    "brief_docx",
    "brief_of",
    "brief_pdf",
    "brief_title",
    "chart",
    "city_path",
    "class_rows",
    "corrections",
    "covers",
    "group_names",
    "home_of",
    "list_address",
    "looked_back",
    "method_names",
    "model_page",
    "model_versions",
    "newest_brief",
    "newest_forecast",
    "of_groups",
    "of_towns",
    "parameters_of",
    "similar_matters",
    "suggested_items",
    "suggested_units",
    "whole",
]
