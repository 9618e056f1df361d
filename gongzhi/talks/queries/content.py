"""The tables talks work by: norms, ways, outcomes, signs, calls, steps, hosts (content/*.csv), each row with its source."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongzhi.talks import rules

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def rows(table: str, *, on: date) -> list[Mapping[str, str]]:
    return rules.in_force(_table(table), on)


def norm(code: str, *, on: date) -> int:
    """Return a number the city works by; KeyError when the table has none for the day."""
    return norms(on=on)[code]


def norms(*, on: date) -> dict[str, int]:
    return {row["code"]: int(row["value"]) for row in rows("norms", on=on)}


def norm_row(code: str, *, on: date) -> Mapping[str, str]:
    return next(row for row in rows("norms", on=on) if row["code"] == code)


def named(table: str, *, on: date) -> list[tuple[str, str]]:
    """Return code and name of the rows in force, to choose from."""
    return [(row["code"], row["name"]) for row in rows(table, on=on)]


def name_of(table: str, code: str) -> str:
    """Return the words of a code, also of a row that is no longer in force."""
    return next((row["name"] for row in _table(table) if row["code"] == code), code)


def counted_ways() -> set[str]:
    return {row["code"] for row in _table("ways") if row["is_counted"] == "1"}


def reaching_outcomes() -> set[str]:
    return {row["code"] for row in _table("outcomes") if row["is_reached"] == "1"}


def hosts(*, on: date) -> list[str]:
    return [row["host"] for row in rows("hosts", on=on)]


@dataclass(frozen=True)
class Call:
    """A lawful number to call, and when."""

    code: str
    number: str
    name: str
    words: str
    source: str


def calls(codes: list[str], *, on: date) -> list[Call]:
    """Return the numbers in the order of the codes, each once."""
    known = {row["code"]: row for row in rows("calls", on=on)}
    return [
        Call(*(known[code][name] for name in Call.__dataclass_fields__))
        for code in dict.fromkeys(codes)
        if code in known
    ]


@dataclass(frozen=True)
class Sign:
    """What was seen in a dispute: never what somebody is."""

    code: str
    name: str
    calls: list[str]
    is_hiding: bool
    source: str


def signs(*, on: date) -> list[Sign]:
    return [
        Sign(r["code"], r["name"], r["calls"].split(), r["is_hiding"] == "1", r["source"])
        for r in rows("signs", on=on)
    ]


def steps(*, on: date) -> list[Mapping[str, str]]:
    """Return what a plan asks for, by sign."""
    return rows("steps", on=on)
