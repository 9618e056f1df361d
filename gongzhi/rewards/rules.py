"""Which rule fits, and what caps leave. Plain values in, plain values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class RuleFacts:
    id: int
    covers: tuple[str, ...]
    valid_from: date
    valid_to: date
    version: int


def rule_for(code: str, rules: Sequence[RuleFacts], *, on: date) -> RuleFacts | None:
    """Return the rule in force that names the item most closely; of versions, the newest."""
    fitting = [
        (len(start), rule.valid_from, rule.version, rule.id, rule)
        for rule in rules
        if rule.valid_from <= on < rule.valid_to
        for start in rule.covers
        if code.startswith(start)
    ]
    return max(fitting, key=lambda found: found[:4])[-1] if fitting else None


class Cap(StrEnum):
    DAY = "day"
    PERSON = "person"
    BUDGET = "budget"


@dataclass(frozen=True)
class Standing:
    """What is spoken for already when one more award is to be approved."""

    person_today: int
    person_sum: int
    budget_sum: int


def cap_reached(
    amount: int, standing: Standing, *, day_most: int, person_most: int, budget: int
) -> Cap | None:
    if standing.person_today >= day_most:
        return Cap.DAY
    if standing.person_sum + amount > person_most:
        return Cap.PERSON
    return Cap.BUDGET if standing.budget_sum + amount > budget else None
