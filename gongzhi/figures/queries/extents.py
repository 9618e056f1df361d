"""Which matters a rate looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongzhi.figures.queries.measures import DIMENSIONS

KEYS: Mapping[str, str | None] = {**DIMENSIONS, "grid": "area_path"}
Key = str | int


@dataclass(frozen=True)
class Extent:
    """Which matters are looked at: those reported on some days, in an area, of a unit and those below it …"""

    since: date
    until: date  # the day after the last
    area: str = ""
    by: str = "city"  # the dimension
    key: Key | None = None  # one of its values
