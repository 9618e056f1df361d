from enum import StrEnum


class Can(StrEnum):
    VIEW = "insight.view"
    SHARE = "insight.share"  # let others of the area open a question that was saved
