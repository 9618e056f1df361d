"""The verbs that can be granted."""

from enum import StrEnum


class Can(StrEnum):
    VIEW = "catalogue.view"
    MANAGE = "catalogue.manage"
