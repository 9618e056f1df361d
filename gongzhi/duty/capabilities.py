from enum import StrEnum


class Can(StrEnum):
    VIEW = "duty.view"
    SERVE = "duty.serve"
    ROSTER = "duty.roster"
    ANNOUNCE = "duty.announce"
    INSTRUCT = "duty.instruct"
    ANSWER = "duty.answer"
    KEEP_CONTACTS = "duty.keep_contacts"
