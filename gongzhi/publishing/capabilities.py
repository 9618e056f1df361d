from enum import StrEnum


class Can(StrEnum):
    MODERATE = "publishing.moderate"
