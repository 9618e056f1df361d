"""What can be done with the command screens."""

from django.utils.translation import pgettext_lazy

from gongzhi.command.actions.alarms import acknowledge, ring
from gongzhi.command.actions.screens import (
    bring_back,
    compose,
    describe,
    remove,
    restore,
    save,
)

DEEDS = (
    pgettext_lazy("deed", "command.acknowledge"),
    pgettext_lazy("deed", "command.compose"),
    pgettext_lazy("deed", "command.save"),
    pgettext_lazy("deed", "command.share"),
    pgettext_lazy("deed", "command.remove"),
    pgettext_lazy("deed", "command.bring_back"),
)

__all__ = [
    "DEEDS", "acknowledge", "bring_back", "compose", "describe", "remove", "restore", "ring", "save",
]  # fmt: skip
