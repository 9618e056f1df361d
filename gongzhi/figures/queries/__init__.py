"""What figures answer."""

from gongzhi.figures.queries.behind import (
    MOST_COUNTED,
    WORDS,
    Behind,
    BehindRow,
    behind_count,
    behind_page,
    behind_rows,
    matters_behind,
)
from gongzhi.figures.queries.board import Moment
from gongzhi.figures.queries.counts import closings, counts, daily
from gongzhi.figures.queries.defined import TileRow, tile_rows
from gongzhi.figures.queries.facts import FactFilter, facts, in_area, measures_by, narrowed
from gongzhi.figures.queries.measures import COLUMNS, COUNTED, DIMENSIONS, MEASURES
from gongzhi.figures.queries.rates import Extent, Key, counted_by, is_readable, marked, matters_of
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
    "COLUMNS", "COUNTED", "DIMENSIONS", "MEASURES", "MOST_COUNTED", "WORDS", "Behind", "BehindRow", "Extent",
    "FactFilter", "GridNow", "Key", "Lag", "Mark", "Moment", "NewsLine", "Published", "TileRow", "behind_count",
    "behind_page", "behind_rows", "closings", "counted_by", "counts", "covers", "daily", "facts", "in_area",
    "is_readable", "lag", "mark", "marked", "matters_behind", "matters_of", "measures_by", "narrowed", "news",
    "news_since", "oldest_news", "open_by_grid", "tile", "tile_rows", "tiles", "tiles_since",
]  # fmt: skip
