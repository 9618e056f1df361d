"""Deeds of oversight."""

from django.utils.translation import pgettext_lazy

from gongzhi.oversight.actions.batches import add, answer, dissolve, gather, remove
from gongzhi.oversight.actions.orders import (
    OrderSaid,
    accept,
    end_with_matter,
    end_with_supervision,
    issue,
    keep_supervision,
    raise_to_red,
    reply,
    reply_due,
    return_reply,
    urge,
    withdraw,
)
from gongzhi.oversight.actions.owners import advance, hand_on, name_owner, settle
from gongzhi.oversight.actions.ruling import set_norm, set_rule
from gongzhi.oversight.actions.suggestions import answer_suggestion, suggest
from gongzhi.oversight.actions.watching import (
    apply_rules,
    escalate,
    remind_departments,
    remind_owners,
    watch,
)

DEEDS = (
    pgettext_lazy("deed", "oversight.issue"),
    pgettext_lazy("deed", "oversight.raise"),
    pgettext_lazy("deed", "oversight.reply"),
    pgettext_lazy("deed", "oversight.return"),
    pgettext_lazy("deed", "oversight.accept"),
    pgettext_lazy("deed", "oversight.urge"),
    pgettext_lazy("deed", "oversight.escalate"),
    pgettext_lazy("deed", "oversight.withdraw"),
    pgettext_lazy("deed", "oversight.lapse"),
    pgettext_lazy("deed", "oversight.name"),
    pgettext_lazy("deed", "oversight.advance"),
    pgettext_lazy("deed", "oversight.hand_on"),
    pgettext_lazy("deed", "oversight.settle"),
    pgettext_lazy("deed", "oversight.gather"),
    pgettext_lazy("deed", "oversight.add"),
    pgettext_lazy("deed", "oversight.remove"),
    pgettext_lazy("deed", "oversight.answer"),
    pgettext_lazy("deed", "oversight.dissolve"),
    pgettext_lazy("deed", "oversight.suggest"),
    pgettext_lazy("deed", "oversight.set_rule"),
    pgettext_lazy("deed", "oversight.export"),
)

__all__ = [
    "DEEDS", "OrderSaid", "accept", "add", "advance", "answer", "answer_suggestion", "apply_rules", "dissolve",
    "end_with_matter", "end_with_supervision", "escalate", "gather", "hand_on", "issue", "keep_supervision", "name_owner",
    "raise_to_red", "remind_departments", "remind_owners", "remove", "reply", "reply_due", "return_reply", "set_norm",
    "set_rule", "settle", "suggest", "urge", "watch", "withdraw",
]  # fmt: skip
