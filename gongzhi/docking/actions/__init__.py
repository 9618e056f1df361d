"""Deeds of docking."""

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

__all__ = [
    "Answer", "Application", "Case", "PartnerSaid", "Taken", "complain", "end", "enter_case", "finish", "follow", "forget",
    "keep_partner", "kinds_of", "lengthen", "move_partner", "offices_for", "open_application", "panels", "partner_kinds", "prepare", "refuse", "renew_key", "send", "send_again",
    "send_waiting", "set_hearing", "take", "tell", "tie",
]  # fmt: skip
