"""Papers, the lines of the contents, the points of the review: from their files."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongzhi.dossiers import rules

CONTENT = Path(__file__).resolve().parents[1] / "content"


@dataclass(frozen=True)
class Sheet:
    """A paper as its file defines it: words with placeholders, in order."""

    code: str
    name: str
    version: str
    source: str
    numbered: str
    blocks: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, Sheet]:
    found = {}
    for path in sorted((CONTENT / "papers").glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Sheet(
            path.stem, values["name"], values["version"], values["source"], values.get("numbered", "file"), tuple(values["block"])
        )  # fmt: skip
    return found


@lru_cache(maxsize=8)
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _in_force(name: str, on: date) -> dict[str, Mapping[str, str]]:
    rows = sorted(_rows(name), key=lambda row: row["valid_from"])
    return {row["code"]: row for row in rows if date.fromisoformat(row["valid_from"]) <= on}


def places(on: date) -> list[rules.Place]:
    rows = [
        rules.Place(row["code"], int(row["place"]), row["name"], tuple(row["papers"].split()), row["needs"], row["source"])
        for row in _in_force("positions", on).values()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.number)


def points(on: date) -> list[rules.Point]:
    rows = sorted(_in_force("review_points", on).values(), key=lambda row: int(row["place"]))
    return [rules.Point(row["code"], row["name"], row["asks"], Decimal(row["most"]), row["source"]) for row in rows]  # fmt: skip
