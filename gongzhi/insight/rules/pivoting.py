"""What a free pivot asks: which dimensions lie down, which one stands across, what is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from gongzhi.insight.rules.dims import DIMS
from gongzhi.insight.rules.measures import PERCENTILES, PIVOTED, counts_behind

MOST_ROWS: Final = 2000  # shown and drawn; more belongs into a narrower question
MOST_ACROSS: Final = 36
ROW_DIMS, MEASURES = 2, 4
DRAWN: Final = ("auto", "bars", "columns", "line", "map", "none")

Drawing = Literal["auto", "bars", "columns", "line", "map", "none"]


@dataclass(frozen=True)
class Pivot:
    rows: tuple[str, ...]
    across: str = ""
    measures: tuple[str, ...] = ("reported",)
    drawn: str = "auto"

    @property
    def dims(self) -> tuple[str, ...]:
        return (*self.rows, *((self.across,) if self.across else ()))

    @property
    def counts(self) -> tuple[str, ...]:
        return counts_behind(self.measures)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(measure for measure in self.measures if measure in PERCENTILES)

    @property
    def drawing(self) -> str:
        """Return how it is drawn when the reader leaves it to us: time as a line, cells as a map, else lying bars."""
        first = self.rows[0] if self.rows else ""
        if self.drawn != "auto":
            return self.drawn if self.drawn != "map" or first in {"cell", "block"} else "none"
        if first in {"cell", "block"}:
            return "map"
        if first and DIMS[first].is_time:
            return "line"
        return "columns" if first in {"hour", "weekday"} else "bars"


def read(asked: Mapping[str, Sequence[str]]) -> Pivot:
    """Read a pivot from an address; what does not exist or is too much is left out."""
    rows = _known(asked.get("rows", ()), DIMS)[:ROW_DIMS] or ("town",)
    across = next((dim for dim in _known(asked.get("across", ()), DIMS) if dim not in rows), "")
    measures = _known(asked.get("measure", ()), PIVOTED)[:MEASURES] or ("reported",)
    drawn = next((one for one in asked.get("drawn", ()) if one in DRAWN), "auto")
    return Pivot(rows, across, measures, drawn)


def _known(values: Sequence[str], known: object) -> tuple[str, ...]:
    found = [part for value in values for part in value.split(",") if part in known]  # type: ignore[operator]
    return tuple(dict.fromkeys(found))
