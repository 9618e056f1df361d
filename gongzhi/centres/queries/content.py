"""The shipped tables of this module."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from gongzhi.centres import rules
from gongzhi.disputes import queries as disputes

CONTENT = Path(__file__).resolve().parents[1] / "content"
Line = Mapping[str, str]


@lru_cache
def rows(name: str) -> tuple[Line, ...]:
    """Return the lines of one table, in its order."""
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def by_code(name: str) -> dict[str, Line]:
    return {row["code"]: row for row in rows(name)}


def names(name: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows(name)}


@dataclass(frozen=True)
class Question:
    code: str
    label: str
    type: str  # number, text, choice
    choices: tuple[str, ...]
    must: bool
    papers: str  # which papers it fills
    source: str


def questions_for(kind: str) -> list[Question]:
    """Return the questions of a kind of dispute: those of every kind, then its family's own."""
    family = kind.partition(".")[0]
    return [_question(row) for row in rows("questions") if row["kind"] in {"*", family, kind}]


def every_question() -> Iterator[tuple[str, Question]]:
    """Yield each question once with the kind it belongs to."""
    return ((row["kind"], _question(row)) for row in rows("questions"))


def _question(row: Line) -> Question:
    choices = tuple(row["choices"].split("|")) if row["choices"] else ()
    return Question(row["code"], row["label"], row["type"], choices, row["must"] == "1", row["papers"], row["source"])  # fmt: skip


@lru_cache
def triage_words() -> tuple[rules.Word, ...]:
    return tuple(
        rules.Word(row["word"], row["kind"], int(row["weight"])) for row in rows("triage_words")
    )


@lru_cache
def unfit() -> tuple[rules.Unfit, ...]:
    return tuple(
        rules.Unfit(
            row["code"], tuple(row["words"].split()), row["route"], row["where"], row["phone"],
            row["is_urgent"] == "1", row["source"],
        )
        for row in rows("unfit")
    )  # fmt: skip


def grades(on: date) -> list[rules.Ground]:
    """Return the table of grades in force on a day."""
    return [
        rules.Ground(
            row["code"], row["measure"], Decimal(row["at_least"]), row["grade"], int(row["level"]), row["words"],
            row["source"],
        )
        for row in rows("grades")
        if date.fromisoformat(row["valid_from"]) <= on
    ]  # fmt: skip


def grounds_words(codes: list[str]) -> list[Line]:
    known = by_code("grades")
    return [known[code] for code in codes if code in known]


def standard(on: date) -> list[Line]:
    """Return the items of the standard in force on a day."""
    return [row for row in rows("standards") if date.fromisoformat(row["valid_from"]) <= on]


def check_list(sector: str) -> list[dict[str, str]]:
    return [
        {"code": row["code"], "text": row["text"], "source": row["source"]}
        for row in rows("check_lists")
        if row["sector"] == sector
    ]


def routes() -> list[str]:
    """Return what a side is told of the other routes; nothing here hinders any of them."""
    return list(disputes.routes().values())
