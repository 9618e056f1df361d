from enum import StrEnum


class Can(StrEnum):
    MANAGE = "guard.manage"
