"""Who answers at a desk, how far an instruction, a swap and a hand-over have come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.lifecycle import Lifecycle, Move
from gongzhi.duty.capabilities import Can


class Post(TextChoices):
    """What somebody is on duty as."""

    LEADER = "leader", pgettext_lazy("post", "Leader on duty")
    DISPATCHER = "dispatcher", pgettext_lazy("post", "Person on duty")
    PARTNER = "partner", pgettext_lazy("post", "Partner on call")


class Receipt(TextChoices):
    """How far one unit has come with an instruction."""

    TO_RECEIVE = "to_receive", pgettext_lazy("instruction", "To be signed for")
    RECEIVED = "received", pgettext_lazy("instruction", "Being carried out")
    ANSWERED = "answered", pgettext_lazy("instruction", "Answered, to be looked at")
    RETURNED = "returned", pgettext_lazy("instruction", "Sent back, to be done again")
    ACCEPTED = "accepted", pgettext_lazy("instruction", "Done")
    ENDED = "ended", pgettext_lazy("instruction", "Ended")


R = Receipt
OWED = frozenset({R.TO_RECEIVE.value, R.RECEIVED.value, R.RETURNED.value})
OPEN = OWED | {R.ANSWERED.value}
# fmt: off
INSTRUCTION = Lifecycle(
    #    move         from                        to          who may
    Move("sign",      {R.TO_RECEIVE},             R.RECEIVED, Can.ANSWER,   label=pgettext_lazy("instruction", "Sign for it"),
         says=_("The receipt goes to whoever issued it; from then on the time for the answer counts.")),
    Move("answer",    {R.RECEIVED, R.RETURNED},   R.ANSWERED, Can.ANSWER,   label=pgettext_lazy("instruction", "Answer"), reason=True,
         says=_("What was done goes to whoever issued it, who accepts it or sends it back.")),
    Move("accept",    {R.ANSWERED},               R.ACCEPTED, Can.INSTRUCT, label=pgettext_lazy("instruction", "Accept"),
         says=_("The unit has done what was asked.")),
    Move("send_back", {R.ANSWERED},               R.RETURNED, Can.INSTRUCT, label=pgettext_lazy("instruction", "Send back"), reason=True,
         says=_("The unit reads the reason and answers again.")),
    Move("urge",      OWED,                       "",         Can.INSTRUCT, label=pgettext_lazy("instruction", "Urge"),
         says=_("The unit is told to get on with it.")),
    Move("end",       OPEN,                       R.ENDED,    Can.INSTRUCT, label=pgettext_lazy("instruction", "End"), reason=True,
         says=_("The unit owes nothing more.")),
    labels=dict(Receipt.choices),
)
# fmt: on


class State(TextChoices):
    """How an instruction as a whole stands."""

    OPEN = "open", pgettext_lazy("instruction", "Under way")
    CLOSED = "closed", pgettext_lazy("instruction", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("instruction", "Withdrawn")


class Deed(TextChoices):
    """What a line of an instruction's record says was done."""

    ISSUE = "issue", pgettext_lazy("instruction", "Issued")
    AMEND = "amend", pgettext_lazy("instruction", "Text changed")
    SIGN = "sign", pgettext_lazy("instruction", "Signed for")
    ANSWER = "answer", pgettext_lazy("instruction", "Answered")
    ACCEPT = "accept", pgettext_lazy("instruction", "Accepted")
    SEND_BACK = "send_back", pgettext_lazy("instruction", "Sent back")
    URGE = "urge", pgettext_lazy("instruction", "Urged")
    END = "end", pgettext_lazy("instruction", "Ended for the unit")
    PASS_ON = "pass_on", pgettext_lazy("instruction", "Passed on below")
    LATE = "late", pgettext_lazy("instruction", "Overdue")
    CLOSE = "close", pgettext_lazy("instruction", "Closed")
    WITHDRAW = "withdraw", pgettext_lazy("instruction", "Withdrawn")


class SwapState(TextChoices):
    ASKED = "asked", pgettext_lazy("swap", "Waits for the colleague")
    AGREED = "agreed", pgettext_lazy("swap", "To be approved")
    APPROVED = "approved", pgettext_lazy("swap", "Approved")
    REFUSED = "refused", pgettext_lazy("swap", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("swap", "Taken back")


class HandoverState(TextChoices):
    DRAFT = "draft", pgettext_lazy("handover", "Being written")
    OFFERED = "offered", pgettext_lazy("handover", "To be taken over")
    SIGNED = "signed", pgettext_lazy("handover", "Handed over")


class Days(TextChoices):
    """On which days a rotation runs, by the service calendar of the unit."""

    ALL = "all", pgettext_lazy("rotation", "Every day")
    WORKING = "working", pgettext_lazy("rotation", "Working days")
    OFF = "off", pgettext_lazy("rotation", "Weekends and holidays")


class Every(TextChoices):
    """When the next one of a rotation comes."""

    SHIFT = "shift", pgettext_lazy("rotation", "With each shift")
    DAY = "day", pgettext_lazy("rotation", "With each day")
    WEEK = "week", pgettext_lazy("rotation", "With each week")
