"""What is defined in content/: the stage of every state, and the tiles."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from gongzhi.figures.rules import Stage

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class StageRow:
    """A state's stage, and the time rule it is due by where no clock is kept."""

    state: str
    stage: Stage
    rule: str


@lru_cache
def stages_of(kind: str) -> Mapping[str, StageRow]:
    return {
        row["state"]: StageRow(row["state"], Stage(row["stage"]), row["rule"])
        for row in _read("stages.csv")
        if row["kind"] == kind
    }


@lru_cache
def answer_rule(kind: str) -> str:
    """Return the time rule by which a report of a kind must be answered first; "" when none is owed."""
    return next((row["rule"] for row in _read("answers.csv") if row["kind"] == kind), "")


def _read(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class TileRow:
    """What a tile shows: its title, unit, meaning and source, in the reader's language."""

    code: str
    version: int
    title: str
    unit: str
    meaning: str
    source: str
    levels: tuple[int, ...]  # of areas that have it: 0 city, 1 town, 2 village


def tile_rows(*, on: date) -> list[TileRow]:
    """Return the tiles defined on a day, in the order of the file."""
    end = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [
        TileRow(
            row["code"], int(row["version"]), row[end], row["unit"], row[f"meaning_{end}"], row["source"],
            tuple(map(int, row["levels"].split())),
        )
        for row in _tiles()
        if row["valid_from"] <= on.isoformat() < (row["valid_to"] or "9999")
    ]  # fmt: skip


@lru_cache
def _tiles() -> list[dict[str, str]]:
    return _read("tiles.csv")
