"""Deeds on rewards."""

from gongzhi.base.payouts import BudgetDraft, Outcome
from gongzhi.rewards.actions.claiming import (
    Answer,
    Payment,
    answer_objection,
    claim,
    object_to,
)
from gongzhi.rewards.actions.deciding import approve, decide_many, refuse, review
from gongzhi.rewards.actions.keeping import forget, lapse
from gongzhi.rewards.actions.paying import (
    Made,
    freeze,
    make_batch,
    mark_paid,
    note_export,
    take_out,
)
from gongzhi.rewards.actions.proposing import person_key, propose, withdraw
from gongzhi.rewards.actions.ruling import (
    DEEDS,
    RuleDraft,
    adopt_shipped,
    set_budget,
    set_rule,
)
from gongzhi.rewards.actions.telling import tell

__all__ = [
    "DEEDS", "Answer", "BudgetDraft", "Made", "Outcome", "Payment", "RuleDraft", "adopt_shipped", "answer_objection",
    "approve", "claim", "decide_many", "forget", "freeze", "lapse", "make_batch", "mark_paid", "note_export", "object_to",
    "person_key", "propose", "refuse", "review", "set_budget", "set_rule", "take_out", "tell", "withdraw",
]  # fmt: skip
