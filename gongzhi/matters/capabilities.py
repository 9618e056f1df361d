from enum import StrEnum


class Can(StrEnum):
    VIEW = "matters.view"
    URGE = "matters.urge"
    SUPERVISE = "matters.supervise"
    ASK = "matters.ask"  # for an extension, a suspension, an appeal
    DECIDE_FIRST = "matters.decide_first"  # the unit's own head
    DECIDE_LAST = "matters.decide_last"  # the duty officer
    MERGE = "matters.merge"
    VOID = "matters.void"
    NOTE = "matters.note"
    VISIT = "matters.visit"  # 回访
    JOIN_IN = "matters.join_in"  # answer as a joint unit
    SEE_REPORTER = "matters.see_reporter"
    EXPORT = "matters.export"
