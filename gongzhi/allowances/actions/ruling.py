"""Sets what a mediation is worth where, and how much there is to give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.allowances import rules
from gongzhi.allowances.models import Budget, RuleLine, RuleSet
from gongzhi.allowances.queries.ruling import (
    FORM_WORDS,
    GRADE_WORDS,
    ShippedLine,
    areas_to_rule,
    shipped_sets,
)
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.payouts import BudgetDraft, keep_budget
from gongzhi.base.tables.sheets import Limits, Line, read_lines
from gongzhi.base.turns import take_turns

LIMITS = Limits(rows=500, size=2 * 1024 * 1024)
COLUMNS = {
    "难度等级": "grade", "grade": "grade", "协议形式": "form", "form": "form", "卷宗得分不低于": "score", "file at least": "score",
    "须已履行": "performed", "only when performed": "performed", "金额（元）": "amount", "yuan": "amount",
}  # fmt: skip
YES = {"1", "是", "yes", "true"}


@dataclass(frozen=True)
class SetDraft:
    area_path: str
    name: str
    source: str
    valid_from: date
    full_time_too: bool = False


@transaction.atomic
def set_rules(*, draft: SetDraft, lines: Sequence[ShippedLine], actor: Actor, at: datetime) -> RuleSet:  # fmt: skip
    """Put a table into force from a day on; the version before ends on that day."""
    if draft.area_path not in dict(areas_to_rule(actor)):
        raise OutOfReach
    _check(draft, lines)
    take_turns("allowances.rules", draft.area_path)
    known = RuleSet.objects.select_for_update().filter(area_path=draft.area_path)
    last = known.order_by("-version").first()
    if last is not None and draft.valid_from <= last.valid_from:
        words = _("The version before holds from {day}; the new one begins later.")
        raise Invalid({"valid_from": words.format(day=last.valid_from)})
    if last is not None and (last.valid_to is None or last.valid_to > draft.valid_from):
        last.valid_to = draft.valid_from
        last.save(update_fields=["valid_to"])
    made = RuleSet.objects.create(
        area_path=draft.area_path, version=last.version + 1 if last else 1, name=draft.name.strip(),
        source=draft.source.strip(), full_time_too=draft.full_time_too, valid_from=draft.valid_from, created_at=at,
        created_by_name=actor.name[:150],
    )  # fmt: skip
    RuleLine.objects.bulk_create(
        RuleLine(
            rules=made, grade=line.grade, form=line.form, least_score=line.least_score, needs_performed=line.needs_performed,
            amount=line.amount,
        )
        for line in lines
    )  # fmt: skip
    audit.record(
        actor=actor, verb="allowances.set_rules", subject=f"allowance_rules:{draft.area_path}", at=at, reason=draft.source,
        detail={"version": made.version, "lines": len(lines)},
    )  # fmt: skip
    return made


def adopt_shipped(*, code: str, draft: SetDraft, actor: Actor, at: datetime) -> RuleSet:
    """Put a table of the sources into force as it stands; the next version can change it."""
    shipped = shipped_sets().get(code)
    if shipped is None:
        raise Invalid({"code": _("Choose one of the list.")})
    return set_rules(draft=draft, lines=shipped.lines, actor=actor, at=at)


def read_rules(*, content: bytes) -> list[ShippedLine]:
    """Read a table with the headings of the export; every wrong row is told at once."""
    rows = read_lines(content, COLUMNS, required=("grade", "form", "amount"), limits=LIMITS)
    found: list[ShippedLine] = []
    problems: list[str] = []
    for row in rows:
        try:
            found.append(_line(row))
        except ValueError as trouble:
            problems.append(_("Row {n}: {trouble}").format(n=row.number, trouble=trouble))
    if problems:
        raise Invalid({"file": " ".join(problems[:10])})
    return found


def _line(row: Line) -> ShippedLine:
    amount = row["amount"].replace(",", "").replace("¥", "")
    if not (amount.isascii() and amount.isdigit() and 0 < int(amount) <= 1_000_000):
        raise ValueError(_("“{text}” is no amount in whole yuan.").format(text=row["amount"]))
    try:
        score = Decimal(row["score"] or "0")
    except InvalidOperation:
        score = Decimal(-1)
    if not 0 <= score <= 7:
        raise ValueError(_("A file has 0 to 7 points."))
    return ShippedLine(
        _code(row["grade"], GRADE_WORDS), _code(row["form"], FORM_WORDS), score, row["performed"].lower() in YES, int(amount)
    )  # fmt: skip


def _code(text: str, names: Mapping[str, object]) -> str:
    for code, name in names.items():
        if text in {code, str(name)}:
            return code
    raise ValueError(_("“{text}” is not on the list.").format(text=text or "—"))


def _check(draft: SetDraft, lines: Sequence[ShippedLine]) -> None:
    problems = {}
    keys = [(line.grade, line.form, line.least_score, line.needs_performed) for line in lines]
    if not lines:
        problems["file"] = _("The table has no rows.")
    if len(set(keys)) < len(keys):
        problems["file"] = _("Two lines ask for the same: grade, form, points and performed.")
    if any(line.grade not in rules.GRADES or line.form not in rules.FORMS for line in lines):
        problems["file"] = _("Choose one of the list.")
    if len(draft.name.strip()) < 2:
        problems["name"] = _("Write the name.")
    if len(draft.source.strip()) < 2:
        problems["source"] = _("Name the paper the table comes from.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def set_budget(*, draft: BudgetDraft, actor: Actor, at: datetime) -> Budget:
    """Say what a town or the city may give in some time; of one place, budgets do not overlap."""
    if draft.area_path not in dict(areas_to_rule(actor)):
        raise OutOfReach
    made, before = keep_budget(Budget.objects.all(), draft, by=actor.name, at=at)
    audit.record(
        actor=actor, verb="allowances.set_budget", subject=f"allowance_budget:{draft.area_path}", at=at, reason=draft.source,
        detail={"amount": draft.amount, "before": before},
    )  # fmt: skip
    return made
