"""Fields, languages, grades, grounds and limits, from their files; each row names its source."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from gongzhi.mediators.rules import Composition

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache(maxsize=16)
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _names(name: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows(name)}


def fields() -> dict[str, str]:
    """Return code → name of the fields somebody can be at home in: kinds of dispute of the first level."""
    return _names("expertise")


def languages() -> dict[str, str]:
    return _names("languages")


def grades() -> dict[str, str]:
    """Return code → name, the highest first."""
    rows = sorted(_rows("grades"), key=lambda row: int(row["rank"]))
    return {row["code"]: row["name"] for row in rows}


@dataclass(frozen=True)
class Ground:
    code: str
    name: str
    source: str


def grounds() -> dict[str, Ground]:
    """Return what a complaint about the office can be based on."""
    return {row["code"]: Ground(row["code"], row["name"], row["source"]) for row in _rows("conduct")}  # fmt: skip


def _in_force(row: Mapping[str, str], on: date) -> bool:
    until = row["valid_to"]
    return date.fromisoformat(row["valid_from"]) <= on and (
        not until or on < date.fromisoformat(until)
    )


def composition(kind: str, *, on: date) -> Composition | None:
    """Return how a body of the kind must be made up on a day; None where the law says nothing."""
    for row in _rows("composition"):
        if kind in row["kinds"].split() and _in_force(row, on):
            return Composition(
                frozenset(row["kinds"].split()), int(row["least"]), int(row["most"]), int(row["women_least"]),
                int(row["term_years"]), row["needs_chair"] == "1", row["source"],
            )  # fmt: skip
    return None


@dataclass(frozen=True)
class Norm:
    hours: Decimal
    source: str


def training_norm(kind: str, employment: str, *, on: date) -> Norm | None:
    """Return how many hours are asked of somebody, and by what."""
    for row in _rows("training"):
        if row["kind"] == kind and row["employment"] in {"", employment} and _in_force(row, on):
            return Norm(Decimal(row["hours"]), row["source"])
    return None


def warn_days(code: str) -> int:
    """Return how many days ahead something is warned of."""
    return next(int(row["days"]) for row in _rows("warnings") if row["code"] == code)
