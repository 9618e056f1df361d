"""Rules and budgets; allowances with their ledger; batches; services that are bought."""

from gongzhi.allowances.models.allowances import (
    Account,
    Allowance,
    Batch,
    LedgerEntry,
    Objection,
    Share,
)
from gongzhi.allowances.models.rules import Budget, RuleLine, RuleSet
from gongzhi.allowances.models.services import Contract, Statement, Use

__all__ = [
    "Account",
    "Allowance",
    "Batch",
    "Budget",
    "Contract",
    "LedgerEntry",
    "Objection",
    "RuleLine",
    "RuleSet",
    "Share",
    "Statement",
    "Use",
]
