from enum import StrEnum


class Can(StrEnum):
    OPEN = "disputes.open"  # enter a dispute at the counter
    TRIAGE = "disputes.triage"  # choose the kind, the level and the body
    ARRANGE = "disputes.arrange"  # the body's clerk: consents, appointment, follow-up, file
    MEDIATE = "disputes.mediate"  # the mediator
    KEEP_SIDES = "disputes.keep_sides"  # put a party right, add one, let one leave
    OPEN_FILE = "disputes.open_file"  # read a file one is not assigned to, with a reason
    SEE_FIGURES = "disputes.see_figures"
