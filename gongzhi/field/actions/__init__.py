"""Deeds of the door for officers in the street."""

from django.utils.translation import pgettext_lazy

from gongzhi.field.actions.handing import hand_over, handed_number
from gongzhi.field.actions.handsets import (
    Revoked,
    note_wiped,
    register_handset,
    revoke,
    seen,
)
from gongzhi.field.actions.housekeeping import forget_old
from gongzhi.field.actions.mediating import see_parties
from gongzhi.field.actions.taking import Taken, take

# As the trail names them.
DEEDS = (
    pgettext_lazy("deed", "field.register_handset"),
    pgettext_lazy("deed", "field.revoke"),
    pgettext_lazy("deed", "field.wiped"),
    pgettext_lazy("deed", "field.record_mediation"),
)

__all__ = [
    "Revoked",
    "Taken",
    "forget_old",
    "hand_over",
    "handed_number",
    "note_wiped",
    "register_handset",
    "revoke",
    "see_parties",
    "seen",
    "take",
]
