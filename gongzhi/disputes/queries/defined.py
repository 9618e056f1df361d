"""Numbers, grounds of ending, other routes, grades and times of keeping, from their files."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongzhi.base.errors import Refused

CONTENT = Path(__file__).resolve().parents[1] / "content"


@dataclass(frozen=True)
class Route:
    """Another way to one's right, and the article that opens it."""

    code: str
    name: str
    words: str
    source: str


@lru_cache(maxsize=16)
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the lines of one shipped table."""
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _norm_row(code: str, on: date) -> Mapping[str, str]:
    for row in rows_of("norms"):
        ends = row["valid_to"]
        if row["code"] == code and row["valid_from"] <= on.isoformat() and (not ends or on.isoformat() < ends):  # fmt: skip
            return row
    raise Refused(code)


def norm(code: str, *, on: date) -> int:
    """Return the number that holds on a day; Refused when there is none of this code."""
    return int(_norm_row(code, on)["amount"])


def norm_source(code: str, *, on: date) -> str:
    """Return the article or decision a number rests on."""
    return _norm_row(code, on)["source"]


def law_since() -> date:
    """Return the day from which mediations can stand under the law."""
    first = next(row for row in rows_of("norms") if row["code"] == "law.since")
    return date.fromisoformat(first["valid_from"])


def law_source() -> str:
    return next(row["source"] for row in rows_of("norms") if row["code"] == "law.since")


def grounds(move: str) -> dict[str, str]:
    """Return code → name of the grounds on which this move ends a mediation."""
    return {row["code"]: row["name"] for row in rows_of("grounds") if row["ends"] == move}


def ground_row(code: str) -> Mapping[str, str]:
    """Return a ground with its source; an empty mapping for none."""
    return next((row for row in rows_of("grounds") if row["code"] == code), {})


def routes() -> dict[str, str]:
    """Return code → what a side is told of the route."""
    return {row["code"]: row["words"] for row in rows_of("routes")}


def all_routes() -> list[Route]:
    return [Route(**row) for row in rows_of("routes")]


def routes_named(codes: "list[str] | tuple[str, ...]") -> list[Route]:
    return [route for route in all_routes() if route.code in codes]


def must_write(grade: str) -> bool:
    """Whether a dispute of this grade must be settled in writing."""
    return any(row["code"] == grade and row["must_write"] == "yes" for row in rows_of("grades"))


def retention_classes() -> Mapping[str, int | None]:
    """Return class → years of keeping; None: for good."""
    return {row["code"]: int(row["years"]) if row["years"] else None for row in rows_of("retention")}  # fmt: skip


def deletes_scans(code: str) -> bool:
    """Whether the files of a class are deleted when its time is over; else they are sealed for the archive."""
    return any(row["code"] == code and row["scans"] == "delete" for row in rows_of("retention"))


def retention_name(code: str) -> str:
    return next((row["name"] for row in rows_of("retention") if row["code"] == code), code)
