"""Deeds of docking."""

from django.utils.translation import pgettext_lazy

from gongzhi.docking.actions.ending import complain, end
from gongzhi.docking.actions.following import follow
from gongzhi.docking.actions.forgetting import forget
from gongzhi.docking.actions.opening import (
    Application,
    Case,
    enter_case,
    kinds_of,
    offices_for,
    open_application,
    panels,
)
from gongzhi.docking.actions.partners import (
    PartnerSaid,
    keep_partner,
    move_partner,
    partner_kinds,
    renew_key,
)
from gongzhi.docking.actions.sending import send, send_again, send_waiting
from gongzhi.docking.actions.steps import finish, lengthen, prepare, refuse, set_hearing
from gongzhi.docking.actions.taking import Taken, take
from gongzhi.docking.actions.telling import tell
from gongzhi.docking.actions.tying import tie
from gongzhi.docking.clients import Answer

# What the trail calls these deeds; listed here so that they have words in every language.
DEEDS = (
    pgettext_lazy("deed", "docking.take"),
    pgettext_lazy("deed", "docking.apply"),
    pgettext_lazy("deed", "docking.complain"),
    pgettext_lazy("deed", "docking.end"),
    pgettext_lazy("deed", "docking.hearing"),
    pgettext_lazy("deed", "docking.key"),
    pgettext_lazy("deed", "docking.lengthen"),
    pgettext_lazy("deed", "docking.partner"),
    pgettext_lazy("deed", "docking.prepare"),
    pgettext_lazy("deed", "docking.refuse"),
    pgettext_lazy("deed", "docking.send_again"),
    pgettext_lazy("deed", "docking.tie"),
    pgettext_lazy("deed", "docking.message.taken"),
    pgettext_lazy("deed", "docking.message.ignored"),
    pgettext_lazy("deed", "docking.message.refused"),
    pgettext_lazy("deed", "docking.choose"),
    pgettext_lazy("deed", "docking.appoint"),
    pgettext_lazy("deed", "docking.accept"),
    pgettext_lazy("deed", "docking.contact"),
    pgettext_lazy("deed", "docking.docket"),
    pgettext_lazy("deed", "docking.resume"),
    pgettext_lazy("deed", "docking.correct"),
    pgettext_lazy("deed", "docking.decide"),
    pgettext_lazy("deed", "docking.execute"),
    pgettext_lazy("deed", "docking.serve"),
    pgettext_lazy("deed", "docking.answer"),
    pgettext_lazy("deed", "docking.award"),
    pgettext_lazy("deed", "docking.sue"),
    pgettext_lazy("deed", "docking.annul"),
    pgettext_lazy("deed", "docking.judge"),
    pgettext_lazy("deed", "docking.issue"),
    pgettext_lazy("deed", "docking.object"),
    pgettext_lazy("deed", "docking.notice"),
    pgettext_lazy("deed", "docking.postpone"),
)

__all__ = [
    "DEEDS", "Answer", "Application", "Case", "PartnerSaid", "Taken", "complain", "end", "enter_case", "finish", "follow", "forget",
    "keep_partner", "kinds_of", "lengthen", "move_partner", "offices_for", "open_application", "panels", "partner_kinds", "prepare", "refuse", "renew_key", "send", "send_again",
    "send_waiting", "set_hearing", "take", "tell", "tie",
]  # fmt: skip
