from enum import StrEnum


class Can(StrEnum):
    VIEW = "talks.view"  # see that and when the sides are talked with
    CONTACT = "talks.contact"  # reach the sides and record each attempt
    HOLD = "talks.hold"  # plan and hold sittings, write minutes and undisputed facts
    PROTECT = "talks.protect"  # open and end a safety plan
