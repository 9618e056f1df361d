"""What learning answers."""

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
from gongzhi.learning.queries.parameters import parameters_of
from gongzhi.learning.queries.reach import city_path, covers, home_of, list_address
from gongzhi.learning.queries.suggesting import Suggested, suggested_items, suggested_units

__all__ = [
    "Suggested",
    "all_lines",
    "chart",
    "city_path",
    "covers",
    "group_names",
    "home_of",
    "list_address",
    "looked_back",
    "method_names",
    "newest_forecast",
    "of_groups",
    "of_towns",
    "parameters_of",
    "suggested_items",
    "suggested_units",
    "whole",
]
