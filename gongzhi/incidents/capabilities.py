from enum import StrEnum


class Can(StrEnum):
    REPORT = "incidents.report"
    VERIFY = "incidents.verify"
    REGISTER = "incidents.register"
    DISPATCH = "incidents.dispatch"
    TAKE_OVER = "incidents.take_over"  # the dispatch of a matter from a centre below
    ANSWER_TRANSFER = "incidents.answer_transfer"  # take a matter another town wants to hand over
    SETTLE = "incidents.settle"  # decide on a unit's objection to a dispatch
    HANDLE = "incidents.handle"
    CHECK = "incidents.check"
    CLOSE = "incidents.close"
    SET_POLICY = "incidents.set_policy"
