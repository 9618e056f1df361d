"""What figures answer."""

from gongzhi.figures.queries.board import Moment
from gongzhi.figures.queries.counts import closings, counts, daily
from gongzhi.figures.queries.defined import TileRow, tile_rows
from gongzhi.figures.queries.facts import FactFilter, facts, in_area, measures_by, narrowed
from gongzhi.figures.queries.measures import COLUMNS, COUNTED, DIMENSIONS, MEASURES
from gongzhi.figures.queries.screen import (
    GridNow,
    Mark,
    NewsLine,
    Published,
    covers,
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
    "COLUMNS", "COUNTED", "DIMENSIONS", "MEASURES", "FactFilter", "GridNow", "Mark", "Moment", "NewsLine",
    "Published", "TileRow", "closings", "counts", "covers", "daily", "facts", "in_area", "mark", "measures_by",
    "narrowed", "news", "news_since", "oldest_news", "open_by_grid", "tile", "tile_rows", "tiles", "tiles_since",
]  # fmt: skip
