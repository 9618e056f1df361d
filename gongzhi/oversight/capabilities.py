from enum import StrEnum


class Can(StrEnum):
    VIEW = "oversight.view"
    ORDER = "oversight.order"  # issue an order, accept or return its reply
    REPLY = "oversight.reply"  # for the unit an order binds
    NAME_OWNER = "oversight.name_owner"
    OWN = "oversight.own"  # may be named as owner of a long-pending matter
    BATCH = "oversight.batch"
    SUGGEST = "oversight.suggest"
    ANSWER = "oversight.answer"  # for the department a suggestion goes to
    SET_RULES = "oversight.set_rules"
