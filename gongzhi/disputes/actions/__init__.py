"""Deeds of disputes."""

from django.utils.translation import pgettext_lazy

from gongzhi.disputes.actions.copies import mend_copies
from gongzhi.disputes.actions.court import keep_court_word
from gongzhi.disputes.actions.history import History, take_history
from gongzhi.disputes.actions.kinds import KindDraft, load_kinds, revise_kind
from gongzhi.disputes.actions.moves import EFFECTS, PARTS
from gongzhi.disputes.actions.opening import Intake, open_dispute
from gongzhi.disputes.actions.own import destroy_sealed, forget_old, forget_scans, take_own_data
from gongzhi.disputes.actions.parties import Side, as_told
from gongzhi.disputes.actions.quick import QuickRecord, from_quick_record
from gongzhi.disputes.actions.sides import (
    Said,
    open_file,
    record_answers,
    record_consent,
    sign_notice,
)

DEEDS = (
    pgettext_lazy("deed", "disputes.consent"),
    pgettext_lazy("deed", "disputes.notice"),
    pgettext_lazy("deed", "disputes.export"),
    pgettext_lazy("deed", "disputes.take_own"),
    pgettext_lazy("deed", "disputes.forget"),
    pgettext_lazy("deed", "disputes.delete_scans"),
    pgettext_lazy("deed", "disputes.seal_scans"),
    pgettext_lazy("deed", "disputes.revise_kind"),
)

__all__ = [
    "DEEDS",
    "EFFECTS",
    "PARTS",
    "History",
    "Intake",
    "KindDraft",
    "QuickRecord",
    "Said",
    "Side",
    "as_told",
    "destroy_sealed",
    "forget_old",
    "forget_scans",
    "from_quick_record",
    "keep_court_word",
    "load_kinds",
    "mend_copies",
    "open_dispute",
    "open_file",
    "record_answers",
    "record_consent",
    "revise_kind",
    "sign_notice",
    "take_history",
    "take_own_data",
]  # fmt: skip
