"""What facts can be grouped and filtered by. A value stands in an address as text; "-" is: there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "number", "flag", "cell", "place", "day"]
NONE: Final = "-"


@dataclass(frozen=True)
class Dim:
    code: str
    kind: Kind
    is_time: bool = False


DIMS: Final[Mapping[str, Dim]] = {
    dim.code: dim
    for dim in (
        Dim("year", "number", is_time=True),
        Dim("quarter", "number", is_time=True),  # year × 4 + 0 … 3
        Dim("month", "number", is_time=True),  # year × 12 + 0 … 11
        Dim("day", "day", is_time=True),
        Dim("weekday", "number"),  # 1 Monday … 7 Sunday
        Dim("hour", "number"),
        Dim("town", "text"),
        Dim("village", "text"),
        Dim("grid", "text"),
        Dim("department", "number"),
        Dim("unit", "number"),
        Dim("family", "text"),
        Dim("class", "text"),
        Dim("item", "text"),
        Dim("source", "text"),
        Dim("kind", "text"),
        Dim("state", "text"),
        Dim("urgent", "flag"),
        Dim("level", "number"),
        Dim("rating", "number"),
        Dim("cell", "cell"),  # H3, resolution 9
        Dim("block", "cell"),  # H3, resolution 8
        Dim("place", "place"),  # a square of 0.0005 degrees, about 50 m
    )
}
# Kept ready in sums by month: what is cut by these alone is answered without looking at single facts.
IN_SUMS: Final = frozenset(
    {"year", "quarter", "month", "town", "department", "family", "class", "source"}
)


def fits(dim: Dim, value: str) -> bool:
    """Return whether a text can be a value of the dimension."""
    if value == NONE:
        return True
    return {
        "text": lambda: 0 < len(value) <= 60 and "\0" not in value,
        "number": lambda: value.isascii() and value.isdigit() and len(value) < 12,
        "flag": lambda: value in {"0", "1"},
        "cell": lambda: len(value) == 15 and set(value) <= set("0123456789abcdef"),
        "place": lambda: _is_place(value),
        "day": lambda: _is_day(value),
    }[dim.kind]()


def _is_place(value: str) -> bool:
    parts = value.split("_")
    return len(parts) == 2 and all(p.lstrip("-").isdigit() and len(p) < 8 for p in parts)


def _is_day(value: str) -> bool:
    parts = value.split("-")
    return len(value) == 10 and len(parts) == 3 and all(part.isdigit() for part in parts)
