"""
Conditions on facts, written as data: `to_handle;is_urgent=yes;handle_due_at<now`.

A term is the name of a measure, or a column, a test and a value. Nothing else can be said, so a table
of definitions can ask for nothing but counts of matters.
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Value: TypeAlias = bool | int | tuple[str, ...] | Literal["now"] | None

FLAGS = frozenset({
    "is_open", "is_urgent", "is_valid", "is_missed", "is_suspended", "is_exempt", "is_supervised", "responded_in_time",
    "verified_in_time",
    "registered_in_time", "registered_right", "dispatched_in_time", "dispatched_right", "handled_in_time",
    "checked_in_time", "closed_in_time",
})  # fmt: skip
COUNTS = frozenset(
    {
        "rework_count",
        "reopen_count",
        "extension_count",
        "urge_count",
        "return_count",
        "rating",
        "level",
    }
)
MOMENTS = frozenset(
    {
        "response_due_at",
        "registered_at",
        "dispatched_at",
        "handle_due_at",
        "handled_at",
        "whole_due_at",
        "closed_at",
    }
)
WORDS = frozenset({"kind", "source", "state", "item_class"})
_TERM = re.compile(r"([a-z_]+)(>=|<|=)([A-Za-z0-9_,]+)")


@dataclass(frozen=True)
class Condition:
    """`test` is = or < or >=. A value of None asks for a column without a value."""

    column: str
    test: str
    value: Value


@dataclass(frozen=True)
class Asked:
    measures: tuple[str, ...]
    conditions: tuple[Condition, ...]


class Unreadable(ValueError):
    """A condition that says nothing; the term is told."""


def asked(text: str) -> Asked:
    """Read conditions; all of them must hold."""
    measures, conditions = [], []
    for term in filter(None, (part.strip() for part in text.split(";"))):
        if re.fullmatch(r"[a-z_]+", term):
            measures.append(term)
        else:
            conditions.append(_condition(term))
    return Asked(tuple(measures), tuple(conditions))


def _condition(term: str) -> Condition:
    found = _TERM.fullmatch(term)
    if found is None:
        raise Unreadable(term)
    column, test, value = found.groups()
    return Condition(column, test, _value(column, test, value, term))


def _value(column: str, test: str, value: str, term: str) -> Value:
    if column in FLAGS and test == "=" and value in {"yes", "no"}:
        return value == "yes"
    if column in COUNTS and value.isdigit():
        return int(value)
    if column in MOMENTS and (test, value) in {("<", "now"), (">=", "now")}:
        return "now"
    if column in MOMENTS | FLAGS and (test, value) == ("=", "none"):
        return None
    if column in WORDS and test == "=":
        return tuple(value.split(","))
    raise Unreadable(term)
