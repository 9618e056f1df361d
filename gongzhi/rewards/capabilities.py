from enum import StrEnum


class Can(StrEnum):
    REVIEW = "rewards.review"
    APPROVE = "rewards.approve"
    SET_RULES = "rewards.set_rules"
    PAY = "rewards.pay"
