"""The verbs that can be granted."""

from enum import StrEnum


class Can(StrEnum):
    VIEW = "clocks.view"
    MANAGE = "clocks.manage"
