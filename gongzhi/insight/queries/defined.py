"""The words of analyses, measures and dimensions, as shipped in content/."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class AnalysisRow:
    code: str
    title: str
    question: str
    definition: str
    source: str


@dataclass(frozen=True)
class MeasureRow:
    code: str
    title: str
    kind: str  # count | share | hours
    definition: str
    source: str


@lru_cache
def analyses() -> Mapping[str, AnalysisRow]:
    return {row["code"]: AnalysisRow(**row) for row in _read("analyses.csv")}


@lru_cache
def measures() -> Mapping[str, MeasureRow]:
    return {row["code"]: MeasureRow(**row) for row in _read("measures.csv")}


@lru_cache
def dimensions() -> Mapping[str, str]:
    return {row["code"]: row["title"] for row in _read("dimensions.csv")}


def _read(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
