"""The shipped tables of docking: procedures, endings, grounds, venues, materials, causes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongzhi.docking import rules
from gongzhi.docking.rules import Step

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@lru_cache
def procedure(kind: str) -> tuple[Step, ...]:
    return tuple(rules.steps_of(table("procedures"), kind))


def step_of(kind: str, code: str) -> Step | None:
    return next((step for step in procedure(kind) if step.code == code), None)


def step_name(kind: str, code: str) -> str:
    found = step_of(kind, code)
    return found.name if found else code


@dataclass(frozen=True)
class Ground:
    """A row of a table with its article: an ending, a bar, a venue, a ground of complaint."""

    code: str
    name: str
    article: str
    stage: str = ""
    kinds: str = ""
    settled: bool = False


def grounds(name: str) -> tuple[Ground, ...]:
    return tuple(
        Ground(row["code"], row["name"], row["article"], row.get("stage", ""), row.get("kinds", ""), row.get("settled") == "1")
        for row in table(name)
    )  # fmt: skip


def ground(name: str, code: str) -> Ground | None:
    return next((row for row in grounds(name) if row.code == code), None)


@dataclass(frozen=True)
class Material:
    code: str
    name: str
    is_must: bool
    article: str


def materials(kind: str) -> tuple[Material, ...]:
    return tuple(
        Material(row["code"], row["name"], row["must"] == "1", row["article"])
        for row in table("materials")
        if row["kind"] == kind
    )


def kind_for(cause: str) -> str:
    return rules.kind_of_cause(cause, [(row["starts"], row["kind"]) for row in table("causes")])
