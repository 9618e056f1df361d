"""Deeds of assessment."""

from django.utils.translation import pgettext_lazy

from gongzhi.assessment.actions.appealing import appeal_finding, appeal_matter, review, withdraw
from gongzhi.assessment.actions.finding import FindingDraft, cancel, note
from gongzhi.assessment.actions.publishing import ask, correct, drop, freeze, sign
from gongzhi.assessment.actions.ruling import (
    SchemeDraft,
    adopt_shipped,
    change_draft,
    draft_next,
    draft_variant,
    drop_draft,
    put_in_force,
    scheme_problems,
)
from gongzhi.assessment.actions.telling import tell_decided, tell_published

DEEDS = (
    pgettext_lazy("deed", "assessment.adopt"),
    pgettext_lazy("deed", "assessment.draft"),
    pgettext_lazy("deed", "assessment.change_draft"),
    pgettext_lazy("deed", "assessment.drop_draft"),
    pgettext_lazy("deed", "assessment.put_in_force"),
    pgettext_lazy("deed", "assessment.ask"),
    pgettext_lazy("deed", "assessment.drop"),
    pgettext_lazy("deed", "assessment.sign"),
    pgettext_lazy("deed", "assessment.correct"),
    pgettext_lazy("deed", "assessment.note"),
    pgettext_lazy("deed", "assessment.cancel"),
    pgettext_lazy("deed", "assessment.appeal"),
    pgettext_lazy("deed", "assessment.withdraw"),
    pgettext_lazy("deed", "assessment.review"),
    pgettext_lazy("deed", "assessment.export"),
)

__all__ = [
    "DEEDS", "FindingDraft", "SchemeDraft", "adopt_shipped", "appeal_finding", "appeal_matter", "ask", "cancel",
    "change_draft", "correct", "draft_next", "draft_variant", "drop", "drop_draft", "freeze", "note", "put_in_force",
    "review", "scheme_problems", "sign", "tell_decided", "tell_published", "withdraw",
]  # fmt: skip
