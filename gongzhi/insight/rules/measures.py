"""
What is counted, by name. A count counts matters on which conditions hold; a rate is one count over another.

The conditions are written in queries/expressions/measures.py; the words of every figure in content/measures.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

COUNTS: Final = (
    "reported", "valid", "registered", "missed", "urgent", "suspended", "exempt", "supervised", "to_verify",
    "verified_in_time", "to_register", "registered_in_time", "registered_right", "to_dispatch", "dispatched_in_time",
    "dispatched", "dispatched_right", "to_handle", "handled", "handled_in_time", "to_check", "checked_in_time", "to_close",
    "closed", "closed_in_time", "reworked", "reopened", "extended", "returned", "urged", "rated", "solved", "half_solved",
    "not_solved",
)  # fmt: skip
SUMS: Final = (
    "minutes",
    "handling_minutes",
)  # whole minutes, added over closed and handled matters


@dataclass(frozen=True)
class Rate:
    numerator: str
    denominator: str


RATES: Final[Mapping[str, Rate]] = {
    "valid_rate": Rate("valid", "reported"),
    "missed_rate": Rate("missed", "registered"),
    "verified_in_time_rate": Rate("verified_in_time", "to_verify"),
    "registered_in_time_rate": Rate("registered_in_time", "to_register"),
    "dispatched_in_time_rate": Rate("dispatched_in_time", "to_dispatch"),
    "dispatched_right_rate": Rate("dispatched_right", "dispatched"),
    "handled_rate": Rate("handled", "to_handle"),
    "handled_in_time_rate": Rate("handled_in_time", "to_handle"),
    "closed_rate": Rate("closed", "to_close"),
    "closed_in_time_rate": Rate("closed_in_time", "to_close"),
    "checked_in_time_rate": Rate("checked_in_time", "to_check"),
    "rework_rate": Rate("reworked", "to_close"),
    "extension_rate": Rate("extended", "to_handle"),
    "return_rate": Rate("returned", "to_handle"),
    "solved_rate": Rate("solved", "rated"),
}
MEANS: Final[Mapping[str, Rate]] = {  # hours
    "mean_hours": Rate("minutes", "closed"),
    "mean_handling_hours": Rate("handling_minutes", "handled"),
}
PERCENTILES: Final[Mapping[str, float]] = {"p50_hours": 0.5, "p90_hours": 0.9}  # of handling, hours

PIVOTED: Final = (*COUNTS, *RATES, *MEANS, *PERCENTILES)


def counts_behind(measures: tuple[str, ...]) -> tuple[str, ...]:
    """Return the counts and sums that measures are made from, each once, in a steady order."""
    needed: dict[str, None] = {}
    for measure in measures:
        rate = RATES.get(measure) or MEANS.get(measure)
        names = (rate.numerator, rate.denominator) if rate else (measure,)
        needed |= dict.fromkeys(name for name in names if name not in PERCENTILES)
    return tuple(needed)


def value_of(measure: str, row: Mapping[str, float | None]) -> float | None:
    """Return a measure from the counts of a row: a count, a share of 0 to 1, hours; None where nothing is counted."""
    rate = RATES.get(measure) or MEANS.get(measure)
    if rate is None:
        return row.get(measure)
    below = row.get(rate.denominator) or 0
    if not below:
        return None
    value = (row.get(rate.numerator) or 0) / below
    return value / 60 if measure in MEANS else value
