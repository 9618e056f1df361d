"""What is shipped as tables: rates, counts, natures of findings, posts, schemes, words; each with its source."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from gongzhi.assessment.rules import Line, Nature, Scoring

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class Named:
    """Something with a name in both languages."""

    code: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        return self.name_zh if _is_chinese() else self.name_en


@dataclass(frozen=True)
class Rate(Named):
    """
    A share of matters: `kept` of `asked`, both as conditions on the facts.

    Every rate counts matters by the day they were reported. `better` is high or low.
    """

    version: int
    better: str
    family: str
    asked: str
    kept: str
    definition: str
    source: str

    @property
    def is_better_high(self) -> bool:
        return self.better == "high"


@dataclass(frozen=True)
class Tally(Named):
    """A count of matters; it may take points away, and gives none."""

    version: int
    asked: str
    definition: str
    source: str


@dataclass(frozen=True)
class FindingNature(Named):
    version: int
    definition: str
    source: str


@dataclass(frozen=True)
class Post(Named):
    """A function, not a person: the matters of all who hold it in a place."""

    subject: str
    rates: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ShippedScheme(Named):
    subject: str
    post: str
    least: int
    ahead: Decimal
    behind: Decimal
    source: str
    lines: tuple[Line, ...]
    grades: tuple[tuple[str, Decimal], ...]


def rate_of(code: str) -> Rate | None:
    return rates().get(code)


@lru_cache(maxsize=1)
def rates() -> dict[str, Rate]:
    return {
        row["code"]: Rate(
            row["code"], row["name"], row["english"], int(row["version"]), row["better"], row["family"], row["asked"],
            row["kept"], row["definition"], row["source"],
        )
        for row in _lines("rates")
    }  # fmt: skip


@lru_cache(maxsize=1)
def families() -> list[Named]:
    return [Named(row["code"], row["name"], row["english"]) for row in _lines("families")]


@lru_cache(maxsize=1)
def tallies() -> dict[str, Tally]:
    return {
        row["code"]: Tally(
            row["code"], row["name"], row["english"], int(row["version"]), row["asked"], row["definition"], row["source"]
        )
        for row in _lines("counts")
    }  # fmt: skip


@lru_cache(maxsize=1)
def finding_natures() -> dict[str, FindingNature]:
    return {
        row["code"]: FindingNature(
            row["code"], row["name"], row["english"], int(row["version"]), row["definition"], row["source"]
        )
        for row in _lines("finding_natures")
    }  # fmt: skip


@lru_cache(maxsize=1)
def posts() -> dict[str, Post]:
    return {
        row["code"]: Post(
            row["code"], row["name"], row["english"], row["subject"], tuple(row["rates"].split()), row["source"]
        )
        for row in _lines("posts")
    }  # fmt: skip


@lru_cache(maxsize=1)
def standings() -> dict[str, Named]:
    """Return the neutral words for the first and the last of a list."""
    return {
        row["code"]: Named(row["code"], row["name"], row["english"]) for row in _lines("standings")
    }


@lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """Return the sentences a bulletin is written from."""
    return {row["code"]: row["text"] for row in _lines("sentences")}


@lru_cache(maxsize=1)
def shipped_schemes() -> list[ShippedScheme]:
    lines, grades = _lines("scheme_lines"), _lines("grades")
    return [
        ShippedScheme(
            row["code"], row["name"], row["english"], row["subject"], row["post"], int(row["least"]), Decimal(row["ahead"]),
            Decimal(row["behind"]), row["source"],
            tuple(_scheme_line(line) for line in lines if line["scheme"] == row["code"]),
            tuple((one["grade"], Decimal(one["least"])) for one in grades if one["scheme"] == row["code"]),
        )
        for row in _lines("schemes")
    ]  # fmt: skip


def _scheme_line(row: dict[str, str]) -> Line:
    return Line(
        Nature(row["nature"]), row["input"], Decimal(row["points"]), _maybe(row["threshold"]), _maybe(row["per_point"]),
        _maybe(row["most"]),
    )  # fmt: skip


def _maybe(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def scoring() -> Scoring:
    """Return what a line of a scheme may name."""
    return Scoring(rates().keys(), tallies().keys(), finding_natures().keys())


def named(code: str) -> str:
    """Return the name of a rate, a count or a nature of findings."""
    found = rates().get(code) or tallies().get(code) or finding_natures().get(code)
    return found.name if found else code


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _lines(name: str) -> Sequence[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
