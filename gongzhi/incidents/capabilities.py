from enum import StrEnum


class Can(StrEnum):
    REPORT = "incidents.report"
    VERIFY = "incidents.verify"
    REGISTER = "incidents.register"
    DISPATCH = "incidents.dispatch"
    HANDLE = "incidents.handle"
    CHECK = "incidents.check"
    CLOSE = "incidents.close"
    SET_POLICY = "incidents.set_policy"
