"""Questions about the command screens; each starts from what the actor may see."""

from gongzhi.command.queries.alarms import Answer, Ring, alarms, desk_of, level_of
from gongzhi.command.queries.areas import Below, below
from gongzhi.command.queries.board import (
    BARS,
    BOARD,
    board_area,
    definitions,
    late_rows,
    ring_rows,
)
from gongzhi.command.queries.charts import Chart, chart, charts
from gongzhi.command.queries.courses import Playback, playback
from gongzhi.command.queries.kept import kept
from gongzhi.command.queries.layers import (
    Choice,
    Density,
    Drawn,
    density,
    density_tile,
    has_sensors,
    matters_tile,
    open_states,
    premises_tile,
)
from gongzhi.command.queries.reach import (
    Place,
    area_asked,
    crumbs,
    found,
    home,
    names_below,
    place_of,
    reaches,
)
from gongzhi.command.queries.screens import (
    ScreenRow,
    Start,
    homes,
    layout_of,
    own_screens,
    row_of,
    screen,
    screens_page,
    starts,
    versions,
    visible_screens,
)
from gongzhi.command.queries.shipped import alarm_rules, tile_faces
from gongzhi.command.rules.layouts import COLUMNS, ROWS
from gongzhi.command.rules.tiles import Tile

forget = kept.forget

__all__ = [
    "BARS", "BOARD", "COLUMNS", "ROWS", "Answer", "Below", "Chart", "Choice", "Density", "Drawn", "Place", "Playback",
    "Ring", "ScreenRow", "Start", "Tile", "alarm_rules", "alarms", "area_asked", "below", "board_area", "chart", "charts",
    "crumbs", "definitions", "density", "density_tile", "desk_of", "forget", "found", "has_sensors", "home", "homes", "kept", "late_rows",
    "layout_of", "level_of", "matters_tile", "names_below", "open_states", "own_screens", "place_of", "playback", "premises_tile", "reaches",
    "ring_rows", "row_of", "screen", "screens_page", "starts", "tile_faces", "versions", "visible_screens",
]  # fmt: skip
