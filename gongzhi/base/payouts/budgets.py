"""Budgets: of one place they never overlap; what is spent, reserved and left of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.base.payouts.rows import BudgetRow
from gongzhi.base.turns import take_turns

B = TypeVar("B", bound=BudgetRow)


@dataclass(frozen=True)
class BudgetDraft:
    area_path: str
    starts_on: date
    ends_on: date
    amount: int
    source: str


@dataclass(frozen=True)
class BudgetStand:
    """A budget with what is gone of it."""

    budget: Any
    place: str
    spent: int
    reserved: int
    waiting: int  # not decided yet: what may still come

    @property
    def left(self) -> int:
        return int(self.budget.amount - self.spent - self.reserved)

    @property
    def percent(self) -> int:
        used = self.spent + self.reserved
        return round(100 * used / self.budget.amount) if self.budget.amount else 0


@dataclass(frozen=True)
class Money:
    """What a module pays: its rows, and which states mean spent, reserved, still to be decided."""

    rows: QuerySet[Any]
    spent: Sequence[str]
    reserved: Sequence[str]
    undecided: Sequence[str]


@transaction.atomic
def keep_budget(
    rows: QuerySet[B], draft: BudgetDraft, *, by: str, at: datetime
) -> tuple[B, int | None]:
    """Set a budget, or set it anew when it begins on the same day; return it with the amount before."""
    if draft.ends_on <= draft.starts_on:
        raise Invalid({"ends_on": _("The budget must end after it begins.")})
    take_turns("budgets", rows.model._meta.db_table, draft.area_path)
    here = rows.select_for_update().filter(area_path=draft.area_path)
    known = here.filter(starts_on=draft.starts_on).first()
    others = here.exclude(pk=known.pk) if known else here
    if others.filter(starts_on__lt=draft.ends_on, ends_on__gt=draft.starts_on).exists():
        raise Invalid({"starts_on": _("Another budget of this place covers some of these days.")})
    made, _is_new = rows.update_or_create(
        area_path=draft.area_path,
        starts_on=draft.starts_on,
        defaults={
            "ends_on": draft.ends_on,
            "amount": draft.amount,
            "source": draft.source,
            "set_at": at,
            "set_by_name": by[:150],
        },
    )
    return made, known.amount if known else None


def nearest_budget(rows: QuerySet[B], area_path: str, *, on: date) -> B | None:
    """Return the nearest budget above a place that holds on the day: its town's, else the city's."""
    parts = area_path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    found = rows.filter(area_path__in=above, starts_on__lte=on, ends_on__gt=on)
    return max(found, key=lambda row: len(row.area_path), default=None)


def budget_stands(
    rows: QuerySet[B], money: Money, *, on: date, place_name: Callable[[str], str]
) -> list[BudgetStand]:
    """Return the budgets that are not over, with what is spent, reserved and left of each."""
    found = list(rows.filter(ends_on__gt=on).order_by("area_path", "starts_on"))
    spent = _sums(money.rows.filter(state__in=money.spent), found)
    reserved = _sums(money.rows.filter(state__in=money.reserved), found)
    undecided = money.rows.filter(state__in=money.undecided)
    return [
        BudgetStand(
            row,
            place_name(row.area_path),
            spent.get(row.pk, 0),
            reserved.get(row.pk, 0),
            _sum(undecided.filter(area_path__startswith=row.area_path)),
        )
        for row in found
    ]


def used_of(budget: BudgetRow, money: Money) -> int:
    """Return what is spent of a budget or reserved: what approving counts against it."""
    return _sum(money.rows.filter(budget=budget, state__in=[*money.spent, *money.reserved]))


def _sums(rows: QuerySet[Any], budgets: list[B]) -> dict[int, int]:
    found = rows.filter(budget__in=budgets).order_by().values_list("budget_id")
    return dict(found.annotate(sum=Sum("amount")))


def _sum(rows: QuerySet[Any]) -> int:
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0
