"""Kinds of obligations, clauses, checks, words and routes in force on a day, from their files."""

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongzhi.agreements import rules

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache(maxsize=16)
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _in_force(name: str, on: date) -> dict[str, Mapping[str, str]]:
    """Return the newest row of each code that holds on the day."""
    rows = sorted(_rows(name), key=lambda row: row["valid_from"])
    return {row["code"]: row for row in rows if date.fromisoformat(row["valid_from"]) <= on}


def kinds(on: date) -> dict[str, str]:
    return {code: row["name"] for code, row in _in_force("obligation_kinds", on).items()}


def sentences(on: date) -> dict[str, str]:
    return {code: row["sentence"] for code, row in _in_force("obligation_kinds", on).items()}


def needs_of_kinds(on: date) -> dict[str, frozenset[str]]:
    return {code: frozenset(row["needs"].split()) for code, row in _in_force("obligation_kinds", on).items()}  # fmt: skip


def default_clauses(on: date) -> dict[str, Mapping[str, str]]:
    return _in_force("default_clauses", on)


def checks(on: date) -> dict[str, Mapping[str, str]]:
    """Return code → row with `level` (stop, warn), `sentence` and `source`."""
    return _in_force("checks", on)


def patterns(on: date) -> list[rules.Pattern]:
    rows = [row for row in _rows("patterns") if date.fromisoformat(row["valid_from"]) <= on]
    return [rules.Pattern(row["check"], _compiled(row["words"])) for row in rows]


@lru_cache(maxsize=64)
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


def routes(on: date) -> list[rules.Route]:
    return [
        rules.Route(row["code"], row["name"], row["words"], row["source"], row["needs"])
        for row in _in_force("routes", on).values()
    ]


def text(code: str, on: date) -> str:
    return _in_force("texts", on)[code]["words"]


def remind_before(on: date) -> int:
    """Return how many days before the day somebody is reminded."""
    return int(_in_force("reminders", on)["due"]["days_before"])
