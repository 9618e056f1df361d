"""The shipped tables of this module: shifts of a new desk, roles of a post, urgencies, norms."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class ShippedShift:
    name: str
    starts: time
    ends: time
    leaders: int
    dispatchers: int
    partners: int
    source: str


@dataclass(frozen=True)
class Urgency:
    code: str
    name: str
    tone: str
    is_urgent: bool
    receipt_rule: str  # codes of time rules
    answer_rule: str
    source: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@lru_cache
def shifts_for(unit_kind: str) -> tuple[ShippedShift, ...]:
    """Return the shifts a desk of such a unit begins with."""
    return tuple(
        ShippedShift(
            row["name"], time.fromisoformat(row["starts"]), time.fromisoformat(row["ends"]), int(row["leaders"]),
            int(row["dispatchers"]), int(row["partners"]), row["source"],
        )
        for row in _rows("shifts")
        if row["unit_kind"] == unit_kind
    )  # fmt: skip


@lru_cache
def roles_for(post: str) -> tuple[str, ...]:
    """Return the codes of the roles whose holders may be on duty as this."""
    return tuple(row["role"] for row in _rows("posts") if row["post"] == post)


@lru_cache
def urgencies() -> dict[str, Urgency]:
    return {
        row["code"]: Urgency(
            row["code"], row["name"], row["tone"], row["is_urgent"] == "1", row["receipt_rule"],
            row["answer_rule"], row["source"],
        )
        for row in _rows("urgencies")
    }  # fmt: skip


@lru_cache
def norm(code: str, on: date) -> int:
    """Return a planning number in force on a day."""
    fitting = [
        (row["valid_from"], int(row["value"]))
        for row in _rows("norms")
        if row["code"] == code and date.fromisoformat(row["valid_from"]) <= on
    ]
    return max(fitting)[1]
