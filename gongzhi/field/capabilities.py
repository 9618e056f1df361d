from enum import StrEnum


class Can(StrEnum):
    USE = "field.use"
    REVOKE = "field.revoke"
    RECORDS = "field.records"
    MEDIATIONS = "field.mediations"
