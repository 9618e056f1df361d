from enum import StrEnum


class Can(StrEnum):
    VIEW = "docking.view"
    ACCEPT = "docking.accept"  # accept or refuse what a court sends, return the result
    FILE = "docking.file"  # bring an application to a court, a commission, a notary
    RECORD = "docking.record"  # enter a case brought on paper, and what the other side decided
    SET_PARTNERS = "docking.set_partners"  # courts, their addresses and keys
