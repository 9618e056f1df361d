"""The states of an allowance, and why a dispute gets none."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("allowance", "To review")
    REVIEWED = "reviewed", pgettext_lazy("allowance", "To decide")
    PUBLISHED = "published", pgettext_lazy("allowance", "Published")
    PAYABLE = "payable", pgettext_lazy("allowance", "To be paid")
    BATCHED = "batched", pgettext_lazy("allowance", "In a payment batch")
    PAID = "paid", pgettext_lazy("allowance", "Paid")
    RETURNED = "returned", pgettext_lazy("allowance", "Payment returned")
    REFUSED = "refused", pgettext_lazy("allowance", "Refused")
    BARRED = "barred", pgettext_lazy("allowance", "No allowance")
    WITHDRAWN = "withdrawn", pgettext_lazy("allowance", "Withdrawn")


# Money that is spoken for: the budget counts these.
RESERVED = (State.PUBLISHED, State.PAYABLE, State.BATCHED, State.RETURNED)
UNDECIDED = (State.PROPOSED, State.REVIEWED)


class Bar(TextChoices):
    """Why an archived dispute gets no allowance, whatever it was worth."""

    NO_RULE = "no_rule", pgettext_lazy("bar", "No line of the table fits")
    NO_MEDIATOR = "no_mediator", pgettext_lazy("bar", "No mediator stands in the file")
    SALARIED = "salaried", pgettext_lazy("bar", "Only full-time mediators, who have a salary")
    CONTRACT = "contract", pgettext_lazy("bar", "Paid under a service contract")


class Deed(TextChoices):
    """What a line of the ledger says was done."""

    PROPOSE = "propose", pgettext_lazy("ledger", "Proposed")
    BAR = "bar", pgettext_lazy("ledger", "No allowance")
    SCORE = "score", pgettext_lazy("ledger", "File scored")
    REVIEW = "review", pgettext_lazy("ledger", "Reviewed")
    PUBLISH = "publish", pgettext_lazy("ledger", "Approved and published")
    REFUSE = "refuse", pgettext_lazy("ledger", "Refused")
    OBJECT = "object", pgettext_lazy("ledger", "Objected")
    ANSWER = "answer", pgettext_lazy("ledger", "Objection answered")
    CLEAR = "clear", pgettext_lazy("ledger", "Publicity over")
    BATCH = "batch", pgettext_lazy("ledger", "Put into a batch")
    UNBATCH = "unbatch", pgettext_lazy("ledger", "Taken out of the batch")
    PAY = "pay", pgettext_lazy("ledger", "Paid out")
    RETURN = "return", pgettext_lazy("ledger", "Payment returned")
    WITHDRAW = "withdraw", pgettext_lazy("ledger", "Withdrawn")
