"""What oversight works by: shipped tables (content/*.csv), and the city's own versions on top."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongzhi.base.errors import Refused
from gongzhi.oversight import rules
from gongzhi.oversight.models import Norm, Rule

CONTENT = Path(__file__).resolve().parents[1] / "content"


@lru_cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@dataclass(frozen=True)
class Reason:
    """Why a matter is put under supervision, and at which level it usually is."""

    code: str
    name: str
    level: int


def reasons(*, on: date) -> list[Reason]:
    rows = rules.in_force(_table("order_reasons"), on)
    return [Reason(row["code"], row["name"], int(row["level"])) for row in rows]


def reason_name(code: str) -> str:
    """Return the words of a reason, also of one that is no longer in force."""
    return _name("order_reasons", code)


def stages(*, on: date) -> list[tuple[str, str]]:
    return [(r["code"], r["name"]) for r in rules.in_force(_table("owner_stages"), on)]


def stage_name(code: str) -> str:
    return _name("owner_stages", code)


def settlements(*, on: date) -> list[tuple[str, str]]:
    """Return the ways in which a matter can be settled; that somebody withdrew is none of them."""
    return [(r["code"], r["name"]) for r in rules.in_force(_table("settlements"), on)]


def settlement_name(code: str) -> str:
    return _name("settlements", code)


def _name(table: str, code: str) -> str:
    return next((row["name"] for row in _table(table) if row["code"] == code), code)


@dataclass(frozen=True)
class Band:
    """An age of open matters: so many days or more, and fewer than so many."""

    code: str
    least: int
    below: int | None


def bands(*, on: date) -> list[Band]:
    rows = rules.in_force(_table("age_bands"), on)
    return [Band(r["code"], int(r["least"]), int(r["below"]) if r["below"] else None) for r in rows]


@dataclass(frozen=True)
class NormRow:
    code: str
    name: str
    amount: int
    unit: str
    version: int
    valid_from: date
    source: str
    set_by: str


def norms() -> list[NormRow]:
    """Return every version of every norm, the shipped ones first."""
    shipped = [
        NormRow(r["code"], r["name"], int(r["amount"]), r["unit"], 1, date.fromisoformat(r["valid_from"]), r["source"], "")
        for r in _table("norms")
    ]  # fmt: skip
    own = [
        NormRow(n.code, n.name, n.amount, n.unit, n.version, n.valid_from, n.source, n.set_by_name)
        for n in Norm.objects.order_by("code", "version")
    ]
    return shipped + own


def norms_in_force(*, on: date) -> list[NormRow]:
    found: dict[str, NormRow] = {}
    for row in norms():
        if row.valid_from <= on:
            found[row.code] = row
    return list(found.values())


def norm(code: str, *, on: date) -> int:
    """Return the number that holds on a day; Refused when there is none of this code."""
    for row in norms_in_force(on=on):
        if row.code == code:
            return row.amount
    raise Refused(code)


@dataclass(frozen=True)
class RuleRow:
    code: str
    name: str
    measure: str
    urgent: str
    amount: int
    unit: str
    counting: str
    level: int
    reason: str
    version: int
    valid_from: date
    valid_to: date | None
    source: str
    set_by: str

    @property
    def measure_label(self) -> str:
        return str(Rule.Measure(self.measure).label)

    @property
    def urgent_label(self) -> str:
        return str(Rule.Urgent(self.urgent).label)


def order_rules() -> list[RuleRow]:
    """Return every version of the rules for automatic orders, the shipped ones first."""
    shipped = [
        RuleRow(
            r["code"], r["name"], r["measure"], r["urgent"], int(r["amount"]), r["unit"], r["counting"], int(r["level"]),
            r["reason"], 1, date.fromisoformat(r["valid_from"]), None, r["source"], "",
        )
        for r in _table("rules")
    ]  # fmt: skip
    own = [
        RuleRow(
            r.code, r.name, r.measure, r.urgent, r.amount, r.unit, r.counting, r.level, r.reason, r.version,
            r.valid_from, r.valid_to, r.source, r.set_by_name,
        )
        for r in Rule.objects.order_by("code", "version")
    ]  # fmt: skip
    return shipped + own


def order_rules_in_force(*, on: date) -> list[RuleRow]:
    """Return the version of each rule that holds on a day; a rule that was switched off is not among them."""
    found: dict[str, RuleRow] = {}
    for row in order_rules():
        if row.valid_from <= on:
            found[row.code] = row
    return [row for row in found.values() if row.valid_to is None or on < row.valid_to]
