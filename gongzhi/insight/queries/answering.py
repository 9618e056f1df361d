"""Turns a question that came as plain values into an expression, runs it on the lake, and returns plain values."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from ibis.expr.types import Table

from gongzhi.insight.queries.expressions import counting, passing, places, times
from gongzhi.insight.queries.expressions.asked import Asked
from gongzhi.insight.queries.expressions.cuts import Patch
from gongzhi.insight.queries.store import Store, sql_of
from gongzhi.insight.rules.cells import text_of
from gongzhi.insight.rules.dims import DIMS, NONE
from gongzhi.insight.rules.measures import COUNTS, PERCENTILES, SUMS
from gongzhi.insight.rules.slices import from_plain

MOST_ROWS: Final = 60_000  # of one answer; more belongs into a file


class NoSuchQuestion(ValueError):
    """Nothing here answers to this name."""


@dataclass(frozen=True)
class Answer:
    columns: list[str]
    rows: list[list[Any]]
    as_of: str
    is_cut: bool = False  # there were more rows than are told


def _dims(said: Mapping[str, Any]) -> list[str]:
    return [dim for dim in said.get("dims", []) if dim in DIMS]


def _counts(said: Mapping[str, Any]) -> list[str]:
    known = {*COUNTS, *SUMS}
    return [name for name in said.get("counts", []) if name in known]


# What can be asked. Each takes the question with its options and returns an expression.
EXPRESSIONS: Final[Mapping[str, Callable[[Asked, Mapping[str, Any]], Table]]] = {
    "tally": lambda asked, said: counting.tally(asked, _dims(said), _counts(said)),
    "compared": lambda asked, said: counting.compared(
        asked, _dims(said), _counts(said), from_plain(said["before"])
    ),
    "newest": lambda asked, said: counting.newest_matters(asked, limit=min(int(said["limit"]), MOST_ROWS)),
    "pivot": lambda asked, said: times.pivot(
        asked, _dims(said), _counts(said), with_times=bool(set(said.get("times", [])) & set(PERCENTILES))
    ),
    "percentiles": lambda asked, said: times.percentiles(asked, _dims(said)),
    "heat": lambda asked, said: places.heat(
        asked, from_plain(said["before"]), resolution=int(said["resolution"])
    ),
    "box": lambda asked, said: places.spots_in_box(
        asked, **{side: float(said[side]) for side in ("west", "south", "east", "north")}
    ),
    "repeat_places": lambda asked, said: places.repeat_places(
        asked, least=int(said["least"]), limit=min(int(said["limit"]), MOST_ROWS)
    ),
    "repeat_items": lambda asked, said: places.repeat_items(asked, least=int(said["least"])),
    "flow": lambda asked, _said: passing.flow(asked),
    "bounces": lambda asked, _said: passing.bounces(asked),
    "ratios": lambda asked, said: passing.ratios(asked, now=str(datetime.fromisoformat(said["now"]))),
}  # fmt: skip


def asked_from(said: Mapping[str, Any], *, newest: date) -> Asked:
    """Read reach and slice of a question."""
    reach = tuple(
        Patch(one["area"], None if one["units"] is None else tuple(map(int, one["units"])))
        for one in said["reach"]
    )
    return Asked(reach, from_plain(said["by"]), newest)


def expression_of(said: Mapping[str, Any], *, newest: date) -> Table:
    make = EXPRESSIONS.get(said["ask"])
    if make is None:
        raise NoSuchQuestion(said["ask"])
    return make(asked_from(said, newest=newest), said)


@lru_cache(maxsize=512)
def statement_of(text: str, newest: date) -> str:
    """Return the SQL of a question in JSON; the same question is compiled once."""
    return sql_of(expression_of(json.loads(text), newest=newest))


def warm_up() -> None:
    """Compile one question, so that the first reader need not wait for the compiler's own start."""
    day = {
        "since": "2026-01-01",
        "until": "2026-01-31",
        "area": "",
        "where": [],
        "inside": [],
        "outside": [],
    }
    said = {
        "ask": "pivot",
        "by": day,
        "reach": [{"area": "", "units": None}],
        "dims": ["town"],
        "times": ["p50_hours"],
    }
    sql_of(expression_of(said, newest=date.max))


def _with_cells(
    said: Mapping[str, Any], columns: list[str], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Write H3 cells as everybody else writes them."""
    at = {
        columns.index(f"d{i}")
        for i, dim in enumerate(_dims(said))
        if dim in {"cell", "block"} and f"d{i}" in columns
    }
    if not at:
        return rows
    return [
        tuple(text_of(int(v)) if i in at and v != NONE else v for i, v in enumerate(row))
        for row in rows
    ]


def told(columns: Sequence[str], rows: Sequence[Sequence[Any]], as_of: str) -> Answer:
    plain = [[_plain(value) for value in row] for row in rows[:MOST_ROWS]]
    return Answer(list(columns), plain, as_of, is_cut=len(rows) > MOST_ROWS)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def answer(store: Store, text: str, *, seconds: float) -> Answer:
    as_of = store.as_of
    newest = datetime.fromisoformat(as_of).date() if as_of else date.max
    columns, rows = store.asked(statement_of(text, newest), most=MOST_ROWS + 1, seconds=seconds)
    return told(columns, _with_cells(json.loads(text), columns, rows), as_of)
