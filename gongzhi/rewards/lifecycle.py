"""The states of an award, and why a report gets none."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("award", "To review")
    REVIEWED = "reviewed", pgettext_lazy("award", "To approve")
    APPROVED = "approved", pgettext_lazy("award", "To be claimed")
    CLAIMED = "claimed", pgettext_lazy("award", "To be paid")
    BATCHED = "batched", pgettext_lazy("award", "In a payout batch")
    PAID = "paid", pgettext_lazy("award", "Paid")
    REFUSED = "refused", pgettext_lazy("award", "Refused")
    BARRED = "barred", pgettext_lazy("award", "No reward")
    LAPSED = "lapsed", pgettext_lazy("award", "Not claimed in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("award", "Withdrawn")


# Money that is spoken for: caps and budgets count these.
COUNTED = (State.APPROVED, State.CLAIMED, State.BATCHED, State.PAID)
RESERVED = (State.APPROVED, State.CLAIMED, State.BATCHED)
# An award nobody has decided on yet goes when its matter is taken up again.
UNDECIDED = (State.PROPOSED, State.REVIEWED)
OBJECTIONABLE = (State.REFUSED, State.BARRED, State.LAPSED)


class Bar(TextChoices):
    """Why a settled report gets no reward, whatever it was worth."""

    NOT_TRUE = "not_true", pgettext_lazy("bar", "Not as reported")
    NO_RULE = "no_rule", pgettext_lazy("bar", "No rule rewards this kind of problem")
    SETTLED_AT_ONCE = (
        "settled_at_once",
        pgettext_lazy("bar", "Settled on the spot by the one who reported it"),
    )
    PERSON = (
        "person",
        pgettext_lazy("bar", "The report names a person; reports on persons are not rewarded"),
    )
    NO_CONTACT = "no_contact", pgettext_lazy("bar", "No telephone number was left to be told by")
    STAFF = "staff", pgettext_lazy("bar", "Reported by somebody who works here")
    OLD_PHOTO = "old_photo", pgettext_lazy("bar", "A photo was used in an earlier report")


class Deed(TextChoices):
    """What a line of the ledger says was done."""

    PROPOSE = "propose", pgettext_lazy("ledger", "Proposed")
    BAR = "bar", pgettext_lazy("ledger", "No reward")
    REVIEW = "review", pgettext_lazy("ledger", "Reviewed")
    APPROVE = "approve", pgettext_lazy("ledger", "Approved")
    REFUSE = "refuse", pgettext_lazy("ledger", "Refused")
    TELL = "tell", pgettext_lazy("ledger", "Reporter told")
    CLAIM = "claim", pgettext_lazy("ledger", "Claimed")
    BATCH = "batch", pgettext_lazy("ledger", "Put into a batch")
    UNBATCH = "unbatch", pgettext_lazy("ledger", "Taken out of the batch")
    PAY = "pay", pgettext_lazy("ledger", "Paid out")
    FAIL = "fail", pgettext_lazy("ledger", "Payout failed")
    OBJECT = "object", pgettext_lazy("ledger", "Objected")
    ANSWER = "answer", pgettext_lazy("ledger", "Objection answered")
    CORRECT = "correct", pgettext_lazy("ledger", "Corrected")
    LAPSE = "lapse", pgettext_lazy("ledger", "Lapsed")
    WITHDRAW = "withdraw", pgettext_lazy("ledger", "Withdrawn")
    FORGET = "forget", pgettext_lazy("ledger", "Payment details deleted")
