"""Rules and budgets: those in force, and what is spent, reserved and left."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import QuerySet

from gongzhi.base import payouts
from gongzhi.base.actor import Actor
from gongzhi.base.payouts import BudgetStand, nearest_budget
from gongzhi.places import queries as places
from gongzhi.rewards import rules
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.lifecycle import RESERVED, UNDECIDED, State
from gongzhi.rewards.models import Award, RewardBudget, RewardRule

CONTENT = Path(__file__).parents[1] / "content"
DESK = (Can.REVIEW, Can.APPROVE, Can.PAY, Can.SET_RULES)


@dataclass(frozen=True)
class ShippedRule:
    code: str
    name: str
    covers: tuple[str, ...]
    amount: int
    day_most: int
    person_most: int
    claim_days: int
    objection_days: int
    source: str


@dataclass(frozen=True)
class Way:
    """A way to be paid, as data."""

    code: str
    name: str
    account_label: str
    account_hint: str
    pattern: str
    needs_payee: bool
    needs_extra: bool
    extra_label: str
    source: str

    def fits(self, account: str) -> bool:
        return re.fullmatch(self.pattern, account) is not None


def rule_for(item_code: str, *, on: date) -> RewardRule | None:
    """Return the rule that rewards an item on a day; None when there is none."""
    found = {row.pk: row for row in rules_in_force(on=on)}
    facts = [
        rules.RuleFacts(row.pk, tuple(row.covers), row.valid_from, row.valid_to, row.version)
        for row in found.values()
    ]
    fitting = rules.rule_for(item_code, facts, on=on)
    return found[fitting.id] if fitting else None


def rule_for_choice(rule_id: int | None, *, on: date) -> RewardRule | None:
    """Return a rule that somebody chose, if it was in force on the day."""
    return next((row for row in rules_in_force(on=on) if row.pk == rule_id), None)


def rules_in_force(*, on: date) -> list[RewardRule]:
    """Return the newest version of each rule that is in force on the day."""
    rows = RewardRule.objects.filter(valid_from__lte=on, valid_to__gt=on)
    newest = {row.code: row for row in rows.order_by("valid_from", "version")}
    return sorted(newest.values(), key=lambda row: (-row.amount, row.code))


def all_rules() -> QuerySet[RewardRule]:
    return RewardRule.objects.order_by("code", "-version")


@lru_cache(maxsize=1)
def shipped_rules() -> list[ShippedRule]:
    return [
        ShippedRule(
            line["code"], line["name"], tuple(line["covers"].split()), int(line["amount"]), int(line["day_most"]),
            int(line["person_most"]), int(line["claim_days"]), int(line["objection_days"]), line["source"],
        )
        for line in _lines("reward_rules")
    ]  # fmt: skip


@lru_cache(maxsize=1)
def payment_ways() -> list[Way]:
    return [
        Way(
            line["code"], line["name"], line["account_label"], line["account_hint"], line["pattern"],
            line["needs_payee"] == "1", line["needs_extra"] == "1", line["extra_label"], line["source"],
        )
        for line in _lines("payment_ways")
    ]  # fmt: skip


def payment_way(code: str) -> Way | None:
    return next((way for way in payment_ways() if way.code == code), None)


def _lines(name: str) -> list[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def budget_for(area_path: str, *, on: date) -> RewardBudget | None:
    """Return the nearest budget above a place: its town's, else the city's."""
    return nearest_budget(RewardBudget.objects.all(), area_path, on=on)


def budget_stands(actor: Actor, *, on: date) -> list[BudgetStand]:
    """Return the budgets within reach that are not over, with what is spent, reserved and left."""
    reach = RewardBudget.objects.within_reach_of(actor, *DESK)
    return payouts.budget_stands(reach, _money(), on=on, place_name=_town)


def budget_used(budget: RewardBudget) -> int:
    return payouts.used_of(budget, _money())


def _money() -> payouts.Money:
    return payouts.Money(Award.objects.all(), [State.PAID], RESERVED, UNDECIDED)


def _town(path: str) -> str:
    return places.area(path).name


def areas_for_budget(actor: Actor) -> list[tuple[str, str]]:
    """Return the city and the towns for which the actor may set a budget."""
    return places.city_and_towns_for(actor, Can.SET_RULES)
