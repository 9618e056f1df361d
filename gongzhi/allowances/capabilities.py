from enum import StrEnum


class Can(StrEnum):
    REVIEW = "allowances.review"  # the first hand: grade, form, file
    APPROVE = "allowances.approve"  # the second hand: publishes, answers objections
    PAY = "allowances.pay"  # the third hand: batches
    SET_RULES = "allowances.set_rules"  # rules and budgets
    BUY = "allowances.buy"  # contracts for services, their statements
    OWN = "allowances.own"  # one's own allowances and where they are paid to
