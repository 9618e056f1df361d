"""Reads matters from the register and says their facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from h3.api import basic_int as h3

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import queries as clocks
from gongzhi.figures import rules
from gongzhi.figures.models import Fact
from gongzhi.figures.queries.defined import answer_rule, stages_of
from gongzhi.matters import queries as matters

CLASS = 3  # letters of an item's code that name family and class: E0101 is of E01
CELL = 9  # resolution of H3: a hexagon of about 0.1 km²
DEPARTMENT = "department"
FOUND_BY_OFFICERS = frozenset({"patrol"})
HOUR = 3600.0
WHOLE = frozenset(
    {"whole", "period"}
)  # clocks of a matter as a whole: the catalogue's, a mediation's
_OF_THE_TIMELINE = (
    *rules.Promises.__dataclass_fields__, *rules.Answer.__dataclass_fields__, "is_missed", "handling_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A matter as filed, the stages it went through, and the facts that follow."""

    filed: matters.Filed
    stays: Sequence[rules.Stay]
    fact: Fact


def read(ids: Collection[int], *, known: Mapping[int, Fact]) -> list[Reading]:
    """
    Return the readings of these matters, three statements in all.

    Where the register keeps only a part of a matter's timeline, what was known of it before stays.
    """
    spells = clocks.spells(ids)
    return [_reading(row, spells.get(row.id, ()), known.get(row.id)) for row in matters.filed(ids)]


def _reading(row: matters.Filed, spells: Sequence[clocks.Spell], known: Fact | None) -> Reading:
    table = stages_of(row.kind)
    stays = rules.stays(
        row.lines,
        spells,
        stages={state: each.stage for state, each in table.items()},
        due_of=lambda state, since: _due_by_rule(table[state].rule, since, is_urgent=row.is_urgent),
    )
    fact = Fact(
        matter_id=row.id, **_columns(row), **_places(row), **_unit(row), **_ending(row, spells)
    )
    if known and not rules.is_whole(row.lines, entry_count=row.entry_count):
        _keep(fact, known)
    else:
        _promise(fact, rules.promises(stays))
        answer = rules.answer(
            stays, spells, due_of=lambda since: _due_by_rule(answer_rule(row.kind), since, is_urgent=row.is_urgent)
        )  # fmt: skip
        _tell(fact, answer)
    return Reading(row, stays, fact)


def _due_by_rule(rule: str, since: datetime, *, is_urgent: bool) -> datetime | None:
    """Work out by when something was due, of a matter so old that its clocks are not kept any more."""
    if not rule:
        return None
    code = f"{rule}.urgent" if is_urgent else rule
    limit = clocks.rule_limit(code, on=timezone.localtime(since).date())
    return clocks.deadline(start=since, limit=limit, calendar=clocks.calendar()).due_at


def _columns(row: matters.Filed) -> dict[str, Any]:
    same = (
        "kind", "source", "state", "is_open", "item_id", "is_urgent", "level", "area_path", "lon", "lat",
        "reported_at", "whole_due_at", "rework_count", "reopen_count", "extension_count", "urge_count", "rating",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "item_class": catalogue.item(row.item_id).code[:CLASS] if row.item_id else "",
        "reported_on": timezone.localtime(row.reported_at).date(),
        "is_valid": row.is_open or row.is_settled,
        "is_suspended": row.is_open and row.paused_at is not None,
        "is_exempt": row.exempt,
        "is_supervised": row.supervised > 0,
        # As many as were read: the register may have one more by the time its own count is looked at.
        "line_count": row.lines[-1].seq if row.lines else 0,
    }


def _places(row: matters.Filed) -> dict[str, Any]:
    is_placed = row.lon is not None and row.lat is not None
    return {
        "town": rules.town_of(row.area_path),
        "village": rules.village_of(row.area_path),
        "cell": h3.latlng_to_cell(row.lat, row.lon, CELL) if is_placed else None,
    }


def _unit(row: matters.Filed) -> dict[str, Any]:
    if row.lead_unit_id is None:
        return {"unit_id": None, "department_id": None}
    above = (accounts.unit(unit_id) for unit_id in accounts.unit(row.lead_unit_id).ancestors)
    department = next((unit.id for unit in above if unit.kind == DEPARTMENT), row.lead_unit_id)
    return {"unit_id": row.lead_unit_id, "department_id": department}


def _ending(row: matters.Filed, spells: Sequence[clocks.Spell]) -> dict[str, Any]:
    closed_at = row.closed_at if row.is_settled else None
    if closed_at is None:
        return {"closed_at": None, "closed_in_time": None, "hours": None}
    hours = (closed_at - row.reported_at).total_seconds() / HOUR
    ran = [spell for spell in spells if spell.name in WHOLE and spell.outcome]
    if ran:
        kept: bool | None = ran[-1].outcome == "kept"
    else:
        kept = closed_at <= row.whole_due_at if row.whole_due_at else None
    return {"closed_at": closed_at, "closed_in_time": kept, "hours": hours}


def _tell(fact: Fact, said: rules.Promises | rules.Answer) -> None:
    for name, value in vars(said).items():
        setattr(fact, name, value)


def _promise(fact: Fact, promised: rules.Promises) -> None:
    _tell(fact, promised)
    fact.is_missed = promised.registered_at is not None and fact.source not in FOUND_BY_OFFICERS
    if promised.dispatched_at and promised.handled_at:
        spent = promised.handled_at - promised.dispatched_at
        fact.handling_hours = spent.total_seconds() / HOUR


def _keep(fact: Fact, known: Fact) -> None:
    for name in _OF_THE_TIMELINE:
        setattr(fact, name, getattr(known, name))
