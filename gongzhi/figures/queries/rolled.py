"""
Counts of conditions from the small tables, where these hold them: a year of a city in milliseconds.

A definition such as `to_handle;handled` says the same as the narrower of its measures, which the counts
keep by day. `is_suspended=no;is_exempt=no` is that less the few matters that are one of them, counted from
their facts. Whatever says more is counted from the facts.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from gongzhi.base.actor import Actor
from gongzhi.figures.queries.counts import sums_by_key
from gongzhi.figures.queries.extents import Extent, Key
from gongzhi.figures.queries.measures import DIMENSIONS
from gongzhi.figures.queries.screen import covers
from gongzhi.figures.rules.conditions import asked
from gongzhi.places import queries as places

# Each measure on the left counts only matters that the one on the right counts too.
WITHIN: Mapping[str, str] = {
    "responded_in_time": "to_respond", "verified_in_time": "to_verify", "registered_in_time": "to_register",
    "registered_right": "to_close", "dispatched_in_time": "to_dispatch", "dispatched_right": "dispatched",
    "to_handle": "dispatched", "dispatched": "to_handle", "handled": "to_handle", "handled_in_time": "handled",
    "checked_in_time": "to_check", "closed": "to_close", "closed_in_time": "closed", "reworked": "to_close",
    "reopened": "to_close", "to_close": "registered", "extended": "dispatched", "returned": "dispatched", "missed": "registered", "registered": "valid",
    "valid": "reported", "solved": "rated", "half_solved": "rated", "not_solved": "rated",
}  # fmt: skip
OUTSIDE = frozenset({"is_suspended", "is_exempt"})  # of every rate
DEPTH = {
    "town": 2,
    "village": 3,
}  # how deep an area may lie whose parts the counts still tell apart


@dataclass(frozen=True)
class Rolled:
    """A measure the counts keep, and whether matters outside of rates are to be taken off."""

    measure: str
    less_outside: bool


def rolled(text: str) -> Rolled | None:
    """Return how the counts answer a definition; None when they do not."""
    read = asked(text)
    outside = {each.column for each in read.conditions if each.test == "=" and each.value is False}
    if len(read.conditions) != len(outside) or outside not in (set(), OUTSIDE):
        return None
    narrowest = [name for name in read.measures if set(read.measures) <= _around(name)]
    return Rolled(narrowest[0], bool(outside)) if narrowest else None


def _around(measure: str) -> set[str]:
    """Return a measure with all that hold it."""
    found, left = {measure, "reported"}, measure
    while (left := WITHIN.get(left, "")) and left not in found:
        found.add(left)
    return found


def may_roll(actor: Actor, capability: str, extent: Extent) -> bool:
    """Tell whether the counts say what the actor may see: a whole area, which they tell apart."""
    city = places.city()
    area = extent.area or (city.path if city else "")
    if extent.by not in DIMENSIONS or extent.key is not None or not area:
        return False
    return area.count("/") <= DEPTH.get(extent.by, 1) and covers(actor, area, capability=capability)


def counted(extent: Extent, measures: Set[str]) -> dict[Key, dict[str, int]]:
    """Sum measures by the extent's dimension; keys nothing was reported of are not there."""
    rows = sums_by_key(
        extent.by, since=extent.since, before=extent.until, under=extent.area if extent.by in DEPTH else "",
        measures={"reported"} | measures,
    )  # fmt: skip
    column = DIMENSIONS[extent.by]
    if column is None:
        return {"": rows.get("") or dict.fromkeys(measures, 0)}
    kept = {key: row for key, row in rows.items() if row["reported"]}
    return {int(key) if column.endswith("_id") else key: row for key, row in kept.items()}
