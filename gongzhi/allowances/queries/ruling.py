"""Rule tables and budgets: those in force, what fits a dispute, what is spent and left."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from gongzhi.allowances import rules
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.lifecycle import RESERVED, UNDECIDED, State
from gongzhi.allowances.models import Allowance, Budget, RuleLine, RuleSet
from gongzhi.base import payouts
from gongzhi.base.actor import Actor
from gongzhi.base.payouts import BudgetStand, nearest_budget
from gongzhi.places import queries as places

CONTENT = Path(__file__).resolve().parents[1] / "content"
DESK = (Can.REVIEW, Can.APPROVE, Can.PAY, Can.SET_RULES)
GRADE_WORDS = {
    "simple": pgettext_lazy("grade", "Simple"), "ordinary": pgettext_lazy("grade", "Ordinary"), "major": pgettext_lazy("grade", "Major"),
    "grave": pgettext_lazy("grade", "Especially major"),
}  # fmt: skip
FORM_WORDS = {
    "written": gettext_lazy("Written agreement"), "oral": gettext_lazy("Oral agreement"),
    "partial": gettext_lazy("Partial agreement"), "none": gettext_lazy("No agreement"),
}  # fmt: skip


@dataclass(frozen=True)
class ShippedLine:
    grade: str
    form: str
    least_score: Decimal
    needs_performed: bool
    amount: int


@dataclass(frozen=True)
class ShippedSet:
    """A table of the sources, as an example to take over."""

    code: str
    name: str
    source: str
    full_time_too: bool
    lines: list[ShippedLine] = field(default_factory=list)


@lru_cache(maxsize=1)
def shipped_sets() -> dict[str, ShippedSet]:
    found: dict[str, ShippedSet] = {}
    with (CONTENT / "rules.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["set"] not in found:
                found[row["set"]] = ShippedSet(row["set"], row["name"], row["source"], row["full_time_too"] == "1")  # fmt: skip
            found[row["set"]].lines.append(
                ShippedLine(
                    row["grade"], row["form"], Decimal(row["least_score"]), row["needs_performed"] == "1",
                    int(row["amount"]),
                )
            )  # fmt: skip
    return found


def rules_for(area_path: str, *, on: date) -> RuleSet | None:
    """Return the table of the nearest place above that holds on the day; of versions, the newest."""
    parts = area_path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    found = RuleSet.objects.filter(_in_force(on), area_path__in=above)
    return max(found, key=lambda row: (len(row.area_path), row.version), default=None)


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def line_for(table: RuleSet, work: rules.Work) -> RuleLine | None:
    """Return the line that pays this work."""
    rows = {row.pk: row for row in table.lines.all()}
    lines = [
        rules.Line(row.pk, row.grade, row.form, row.least_score, row.needs_performed, row.amount)
        for row in rows.values()
    ]
    fitting = rules.line_for(lines, work)
    return rows[fitting.id] if fitting else None


def line_words(line: RuleLine) -> str:
    """Return a line in words: 重大 · 书面协议 · 卷宗 6 分以上 · 已履行."""
    said = [str(GRADE_WORDS[line.grade]), str(FORM_WORDS[line.form])]
    if line.least_score:
        said.append(_("file at least {score} of 7").format(score=f"{line.least_score.normalize():f}"))  # fmt: skip
    if line.needs_performed:
        said.append(_("performed"))
    return " · ".join(said)


@dataclass(frozen=True)
class SetRow:
    rules: RuleSet
    place: str
    lines: list[tuple[str, int]]  # in words, yuan
    is_in_force: bool


def visible_sets(actor: Actor) -> QuerySet[RuleSet]:
    """Return the tables of places within reach and of those above them: they hold here too."""
    paths: set[str] = set()
    for capability in DESK:
        for grant in actor.grants_for(capability):
            parts = grant.area.rstrip("/").split("/") if grant.area else []
            paths |= {"/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)}
            if not grant.area:
                return RuleSet.objects.all()
    reach = Q(area_path__in=paths)
    for path in paths:
        if any(grant.area == path for can in DESK for grant in actor.grants_for(can)):
            reach |= Q(area_path__startswith=path)
    return RuleSet.objects.filter(reach)


def set_rows(actor: Actor, *, on: date) -> list[SetRow]:
    rows = visible_sets(actor).prefetch_related("lines").order_by("area_path", "-version")[:100]
    newest: set[str] = set()
    shown = []
    for row in rows:
        holds = row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
        is_in_force = holds and row.area_path not in newest
        newest |= {row.area_path} if holds else set()
        shown.append(SetRow(row, places.full_name(row.area_path), _lines(row), is_in_force))
    return shown


def _lines(row: RuleSet) -> list[tuple[str, int]]:
    order = {name: place for place, name in enumerate(rules.GRADES)}
    forms = {name: place for place, name in enumerate(rules.FORMS)}
    lines = sorted(row.lines.all(), key=lambda one: (order[one.grade], forms[one.form], one.least_score, one.needs_performed))  # fmt: skip
    return [(line_words(one), one.amount) for one in lines]


def rule_headings() -> list[str]:
    """Return the headings of a rule table; an upload reads the same ones."""
    return [
        pgettext("allowance", "grade"), pgettext("allowance", "form"), pgettext("allowance", "file at least"),
        pgettext("allowance", "only when performed"), pgettext("allowance", "yuan"),
    ]  # fmt: skip


def rule_table(row: RuleSet) -> Iterator[tuple[object, ...]]:
    for line in row.lines.order_by("id"):
        yield (
            str(GRADE_WORDS[line.grade]), str(FORM_WORDS[line.form]), float(line.least_score),
            pgettext("allowance", "yes") if line.needs_performed else "", line.amount,
        )  # fmt: skip


def rule_set(actor: Actor, set_id: int) -> RuleSet | None:
    return visible_sets(actor).filter(pk=set_id).first()


def areas_to_rule(actor: Actor) -> list[tuple[str, str]]:
    """Return the city and the towns the actor may set rules and budgets for."""
    return places.city_and_towns_for(actor, Can.SET_RULES)


def budget_for(area_path: str, *, on: date) -> Budget | None:
    return nearest_budget(Budget.objects.all(), area_path, on=on)


def budget_stands(actor: Actor, *, on: date) -> list[BudgetStand]:
    """Return the budgets within reach that are not over, with what is spent, reserved and left."""
    reach = Budget.objects.within_reach_of(actor, *DESK)
    return payouts.budget_stands(reach, _money(), on=on, place_name=places.full_name)


def budget_used(budget: Budget) -> int:
    return payouts.used_of(budget, _money())


def _money() -> payouts.Money:
    return payouts.Money(Allowance.objects.all(), [State.PAID], RESERVED, UNDECIDED)
