"""Deeds about allowances and bought services."""

from django.utils.translation import pgettext_lazy

from gongzhi.allowances.actions.buying import ContractDraft, enter_contract, make_statement
from gongzhi.allowances.actions.deciding import (
    answer_objection,
    approve,
    decide_many,
    end_publicity,
    object_to,
    refuse,
    review,
)
from gongzhi.allowances.actions.paying import (
    Made,
    freeze,
    make_batch,
    mark_paid,
    note_export,
    set_account,
    take_out,
)
from gongzhi.allowances.actions.proposing import note_score, propose, withdraw
from gongzhi.allowances.actions.ruling import (
    SetDraft,
    adopt_shipped,
    read_rules,
    set_budget,
    set_rules,
)
from gongzhi.allowances.actions.telling import tell_paid, tell_returned
from gongzhi.base.payouts import BudgetDraft

DEEDS = (
    pgettext_lazy("deed", "allowances.propose"),
    pgettext_lazy("deed", "allowances.bar"),
    pgettext_lazy("deed", "allowances.score"),
    pgettext_lazy("deed", "allowances.review"),
    pgettext_lazy("deed", "allowances.publish"),
    pgettext_lazy("deed", "allowances.refuse"),
    pgettext_lazy("deed", "allowances.object"),
    pgettext_lazy("deed", "allowances.answer"),
    pgettext_lazy("deed", "allowances.clear"),
    pgettext_lazy("deed", "allowances.batch"),
    pgettext_lazy("deed", "allowances.unbatch"),
    pgettext_lazy("deed", "allowances.pay"),
    pgettext_lazy("deed", "allowances.return"),
    pgettext_lazy("deed", "allowances.withdraw"),
    pgettext_lazy("deed", "allowances.freeze"),
    pgettext_lazy("deed", "allowances.export"),
    pgettext_lazy("deed", "allowances.set_rules"),
    pgettext_lazy("deed", "allowances.set_budget"),
    pgettext_lazy("deed", "allowances.set_account"),
    pgettext_lazy("deed", "allowances.enter_contract"),
    pgettext_lazy("deed", "allowances.make_statement"),
)

__all__ = [
    "DEEDS", "BudgetDraft", "ContractDraft", "Made", "SetDraft", "adopt_shipped", "answer_objection", "approve",
    "decide_many", "end_publicity", "enter_contract", "freeze", "make_batch", "make_statement", "mark_paid", "note_export",
    "note_score", "object_to", "propose", "read_rules", "refuse", "review", "set_account", "set_budget", "set_rules",
    "take_out", "tell_paid", "tell_returned", "withdraw",
]  # fmt: skip
