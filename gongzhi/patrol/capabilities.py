from enum import StrEnum


class Can(StrEnum):
    VISIT = "patrol.visit"
    PLAN = "patrol.plan"
    VIEW = "patrol.view"
    CALL = "patrol.call"
    SAMPLE = "patrol.sample"
    DECIDE_APPEAL = "patrol.decide_appeal"
