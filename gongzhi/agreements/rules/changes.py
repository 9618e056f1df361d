"""What differs between two versions of the terms, told field by field."""

from dataclasses import dataclass
from typing import Any

from gongzhi.agreements.rules.terms import Terms

FIELDS = ("facts", "issues", "default_words", "is_partial", "rest", "closing", "copies")


@dataclass(frozen=True)
class Change:
    place: str  # a field of the terms, or obligation 3
    number: int  # of the obligation, 0 elsewhere
    before: Any
    after: Any


def changes(before: Terms, after: Terms) -> list[Change]:
    """Return the differences in the order in which the agreement is read."""
    found = [
        Change(name, 0, getattr(before, name), getattr(after, name))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
    for place in range(max(len(before.obligations), len(after.obligations))):
        old = before.obligations[place] if place < len(before.obligations) else None
        new = after.obligations[place] if place < len(after.obligations) else None
        if old != new:
            found.append(Change("obligation", place + 1, old, new))
    return found
