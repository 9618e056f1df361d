"""What every module that pays people shares: budgets, batches, ledgers, objections, three hands. Forms and pages are in `pages`."""

from gongzhi.base.payouts.batches import (
    Outcome,
    each_alone,
    freeze,
    had_a_hand,
    locked_batch,
    must_be_clean,
    next_number,
    paid_out,
    per_town,
)
from gongzhi.base.payouts.budgets import (
    BudgetDraft,
    BudgetStand,
    Money,
    budget_stands,
    keep_budget,
    nearest_budget,
    used_of,
)
from gongzhi.base.payouts.rows import BatchRow, BudgetRow, LedgerRow, ObjectionRow

__all__ = [
    "BatchRow", "BudgetDraft", "BudgetRow", "BudgetStand", "LedgerRow", "Money", "ObjectionRow", "Outcome", "budget_stands",
    "each_alone", "freeze", "had_a_hand", "keep_budget", "locked_batch", "must_be_clean", "nearest_budget", "next_number",
    "paid_out", "per_town", "used_of",
]  # fmt: skip
