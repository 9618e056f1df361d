"""What the product ships as tables: how long a desk has to acknowledge, which tiles there are, screens to start from."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

CONTENT = Path(__file__).resolve().parents[1] / "content"


def _lines(name: str) -> list[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class AlarmRule:
    """How long the desks of a level have to acknowledge before the level above is told."""

    level: int  # 0 city, 1 town, 2 village
    minutes: int
    shown_hours: int  # an alarm leaves the board after so long
    valid_from: date
    source: str


@lru_cache(maxsize=1)
def _alarm_rules() -> tuple[AlarmRule, ...]:
    rows = [
        AlarmRule(
            int(row["level"]), int(row["minutes"]), int(row["shown_hours"]),
            date.fromisoformat(row["valid_from"]), row["source"],
        )
        for row in _lines("alarm_rules")
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda rule: (rule.level, rule.valid_from)))


def alarm_rules(on: date) -> dict[int, AlarmRule]:
    """Return the rule of each level that is in force on a day."""
    return {rule.level: rule for rule in _alarm_rules() if rule.valid_from <= on}


@dataclass(frozen=True)
class TileFace:
    """How a tile looks on a screen: its words and its way of showing what the figures say."""

    code: str
    names: dict[str, str]  # by language; empty where the figures define the tile
    look: str  # figure, rate, bars, hours, map, ticker, late, alarms, title
    w: int  # fields a new tile takes
    h: int
    source: str

    @property
    def is_figure(self) -> bool:
        return not self.names["zh"]


@lru_cache(maxsize=1)
def tile_faces() -> dict[str, TileFace]:
    """Return every tile a screen may hold, by code, in the order they are offered."""
    return {
        row["code"]: TileFace(
            row["code"], {"zh": row["zh"], "en": row["en"]}, row["look"], int(row["w"]), int(row["h"]),
            row["source"],
        )
        for row in _lines("tiles")
    }  # fmt: skip


@dataclass(frozen=True)
class Template:
    """A composition to start from."""

    code: str
    name: str
    level: int
    ratio: str
    layout: dict[str, Any]
    source: str


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Return the shipped compositions: a row of screen_tiles.csv is one tile of a page."""
    pages: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    seconds: dict[tuple[str, int], int] = {}
    for row in _lines("screen_tiles"):
        key = (row["template"], int(row["page"]))
        seconds.setdefault(key, int(row["seconds"]))
        pages[key].append({"code": row["code"], **{name: int(row[name]) for name in "xywh"}})
    return tuple(
        Template(
            row["code"], row["name"], int(row["level"]), row["ratio"],
            {
                "pages": [
                    {"seconds": seconds[key], "tiles": pages[key]}
                    for key in sorted(pages) if key[0] == row["code"]
                ]
            },
            row["source"],
        )
        for row in _lines("screen_templates")
    )  # fmt: skip


@dataclass(frozen=True)
class ChartRow:
    """A chart of the board: one idea, its unit and what exactly is counted."""

    code: str
    kind: str
    unit: str
    titles: dict[str, str]
    meanings: dict[str, str]
    source: str


@lru_cache(maxsize=1)
def chart_rows() -> tuple[ChartRow, ...]:
    return tuple(
        ChartRow(
            row["code"], row["kind"], row["unit"], {"zh": row["zh"], "en": row["en"]},
            {"zh": row["meaning_zh"], "en": row["meaning_en"]}, row["source"],
        )
        for row in _lines("charts")
    )  # fmt: skip


def said(words: dict[str, str]) -> str:
    """Return words in the reader's language."""
    return words["zh" if (get_language() or "zh").startswith("zh") else "en"]
