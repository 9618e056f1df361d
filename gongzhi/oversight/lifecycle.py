"""The states of orders, owners, batches and suggestions, and what may be done in each."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(IntegerChoices):
    YELLOW = 1, _("Yellow")
    RED = 2, _("Red")


class OrderState(TextChoices):
    ISSUED = "issued", pgettext_lazy("order", "To reply")
    REPLIED = "replied", pgettext_lazy("order", "To review")
    RETURNED = "returned", pgettext_lazy("order", "Reply returned")
    ACCEPTED = "accepted", pgettext_lazy("order", "Reply accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("order", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("order", "Ended with the matter")


class OwnerState(TextChoices):
    ACTIVE = "active", pgettext_lazy("owner", "Owned")
    SETTLED = "settled", pgettext_lazy("owner", "Settled")
    RELEASED = "released", pgettext_lazy("owner", "Handed on")


class BatchState(TextChoices):
    OPEN = "open", pgettext_lazy("batch", "To answer")
    ANSWERED = "answered", pgettext_lazy("batch", "Answered")
    DISSOLVED = "dissolved", pgettext_lazy("batch", "Dissolved")


class Cause(TextChoices):
    """What makes matters alike."""

    ITEM = "item", pgettext_lazy("cause", "Same problem")
    PLACE = "place", pgettext_lazy("cause", "Same place")
    RESPONDENT = "respondent", pgettext_lazy("cause", "Same premises or organisation")
    CHOSEN = "chosen", pgettext_lazy("cause", "Chosen by hand")


class SuggestionState(TextChoices):
    RAISED = "raised", pgettext_lazy("suggestion", "To answer")
    ADOPTED = "adopted", pgettext_lazy("suggestion", "Adopted")
    PARTLY = "partly", pgettext_lazy("suggestion", "Partly adopted")
    REFUSED = "refused", pgettext_lazy("suggestion", "Not adopted")


class Deed(TextChoices):
    ISSUE = "issue", pgettext_lazy("oversight", "Issued")
    RAISE = "raise", pgettext_lazy("oversight", "Raised to red")
    REPLY = "reply", pgettext_lazy("oversight", "Replied")
    RETURN = "return", pgettext_lazy("oversight", "Reply returned")
    ACCEPT = "accept", pgettext_lazy("oversight", "Reply accepted")
    URGE = "urge", pgettext_lazy("oversight", "Urged")
    ESCALATE = "escalate", pgettext_lazy("oversight", "Overdue, told one level up")
    WITHDRAW = "withdraw", pgettext_lazy("oversight", "Withdrawn")
    LAPSE = "lapse", pgettext_lazy("oversight", "Ended with the matter")
    NAME = "name", pgettext_lazy("oversight", "Owner named")
    ADVANCE = "advance", pgettext_lazy("oversight", "Progress")
    HAND_ON = "hand_on", pgettext_lazy("oversight", "Handed to another owner")
    SETTLE = "settle", pgettext_lazy("oversight", "Settled")
    GATHER = "gather", pgettext_lazy("oversight", "Gathered")
    ADD = "add", pgettext_lazy("oversight", "Matter added")
    REMOVE = "remove", pgettext_lazy("oversight", "Matter taken out")
    ANSWER = "answer", pgettext_lazy("oversight", "Answered")
    DISSOLVE = "dissolve", pgettext_lazy("oversight", "Dissolved")
    SUGGEST = "suggest", pgettext_lazy("oversight", "Suggestion raised")


OPEN_ORDERS = (OrderState.ISSUED, OrderState.REPLIED, OrderState.RETURNED)
OWES_REPLY = (OrderState.ISSUED, OrderState.RETURNED)
