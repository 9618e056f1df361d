"""Grounds of ending and other routes, from their files."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache(maxsize=4)
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def grounds(move: str) -> dict[str, str]:
    """Return code → name of the grounds on which this move ends a mediation."""
    return {row["code"]: row["name"] for row in _rows("grounds") if row["ends"] == move}


def routes() -> dict[str, str]:
    """Return code → what a side is told of the route."""
    return {row["code"]: row["words"] for row in _rows("routes")}
