"""What figures answer."""

from gongzhi.figures.queries.board import Moment
from gongzhi.figures.queries.copying import (
    COPIED,
    MOMENTS,
    copy_facts_between,
    copy_facts_of,
    fact_months,
    facts_by_month,
)
from gongzhi.figures.queries.counts import closings, counts, daily
from gongzhi.figures.queries.defined import TileRow, tile_rows
from gongzhi.figures.queries.facts import FactFilter, facts, in_area, measures_by, narrowed
from gongzhi.figures.queries.measures import COLUMNS, COUNTED, DIMENSIONS, MEASURES
from gongzhi.figures.queries.screen import (
    GridNow,
    Lag,
    Mark,
    NewsLine,
    Published,
    covers,
    lag,
    mark,
    news,
    news_since,
    oldest_news,
    open_by_grid,
    tile,
    tiles,
    tiles_since,
)

__all__ = [
    "COLUMNS",
    "COPIED",
    "COUNTED",
    "DIMENSIONS",
    "MEASURES",
    "MOMENTS",
    "FactFilter",
    "GridNow",
    "Lag",
    "Mark",
    "Moment",
    "NewsLine",
    "Published",
    "TileRow",
    "closings",
    "copy_facts_between",
    "copy_facts_of",
    "counts",
    "covers",
    "daily",
    "fact_months",
    "facts",
    "facts_by_month",
    "in_area",
    "lag",
    "mark",
    "measures_by",
    "narrowed",
    "news",
    "news_since",
    "oldest_news",
    "open_by_grid",
    "tile",
    "tile_rows",
    "tiles",
    "tiles_since",
]  # fmt: skip
