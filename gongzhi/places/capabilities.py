"""What can be granted on places."""

from enum import StrEnum


class Can(StrEnum):
    VIEW = "places.view"
    MANAGE = "places.manage"
