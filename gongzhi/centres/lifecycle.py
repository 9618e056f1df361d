"""The words a ticket, a summons, a ledger entry and a campaign stand in."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Presence(TextChoices):
    """How a partner is at the centre: 综治中心规范 names these four."""

    RESIDENT = "resident", pgettext_lazy("presence", "Resident")
    ROTATING = "rotating", pgettext_lazy("presence", "By rota")
    ON_CALL = "on_call", pgettext_lazy("presence", "On call")
    CLOUD = "cloud", pgettext_lazy("presence", "By link")


class TicketState(TextChoices):
    WAITING = "waiting", pgettext_lazy("ticket", "Waiting")
    CALLED = "called", pgettext_lazy("ticket", "Called")
    SERVED = "served", pgettext_lazy("ticket", "Being served")
    DONE = "done", pgettext_lazy("ticket", "Done")
    MISSED = "missed", pgettext_lazy("ticket", "Did not come")


class Reply(TextChoices):
    """What a partner that was called in answers."""

    COMING = "coming", pgettext_lazy("summons", "Coming")
    BY_LINK = "by_link", pgettext_lazy("summons", "Joining by link")
    CANNOT = "cannot", pgettext_lazy("summons", "Cannot come")


class CampaignState(TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "Draft")
    RUNNING = "running", pgettext_lazy("campaign", "Under way")
    ENDED = "ended", pgettext_lazy("campaign", "Ended")


class Decision(TextChoices):
    TAKEN = "taken", pgettext_lazy("handover", "Taken in")
    REFUSED = "refused", pgettext_lazy("handover", "Not for the centre")


OPEN_TICKETS = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVED})
