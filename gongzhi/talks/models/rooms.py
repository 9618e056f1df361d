"""Rooms: what is said in them, what is offered, what only the mediator notes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.secrets import EncryptedTextField


class Room(models.Model):
    """One room of a dispute: `shared`, or the private one of a side (rules.rooms)."""

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    key = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "key"], name="room_once")]

    def __str__(self) -> str:
        return f"room {self.dispute_id}/{self.key}"


class Message(models.Model):
    """What a side or the mediator said in a room."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="messages")
    party = models.ForeignKey("disputes.Party", models.PROTECT, null=True, related_name="+")
    user_id = models.BigIntegerField(default=0)  # the mediator; 0 for a side
    text = EncryptedTextField(blank=True)
    key = models.CharField(max_length=64)  # the same sending, twice
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["room", "id"], name="messages_of_a_room")]
        constraints = [
            models.UniqueConstraint(fields=["room", "key"], name="message_once"),
            models.CheckConstraint(
                name="message_has_one_author",
                condition=Q(party__isnull=True, user_id__gt=0) | Q(party__isnull=False, user_id=0),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class MessageFile(models.Model):
    message = models.ForeignKey(Message, models.PROTECT, related_name="papers")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"paper {self.pk}"


class CaucusNote(models.Model):
    """What the mediator notes for themselves; read by nobody else, in no paper, in no export."""

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    room_key = models.CharField(max_length=20)
    user_id = models.BigIntegerField()
    text = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dispute", "user_id"], name="notes_of_a_mediator")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Offer(models.Model):
    """
    A proposal for settling, as obligations. Made without prejudice: it is never exported.

    One made in a private room is the mediator's to pass on; until then the other sides know nothing of it.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("offer", "Open")
        ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted by all")
        REFUSED = "refused", pgettext_lazy("offer", "Refused")
        COUNTERED = "countered", pgettext_lazy("offer", "Answered by another offer")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")
        LAPSED = "lapsed", pgettext_lazy("offer", "Lapsed")

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    party = models.ForeignKey("disputes.Party", models.PROTECT, null=True, related_name="+")
    user_id = models.BigIntegerField(default=0)  # the mediator's own proposal
    terms = EncryptedTextField()  # JSON, rules.offers.Term
    words = EncryptedTextField(blank=True)
    replies_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)  # shown to every side
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="offers_that_lapse", condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "seq"], name="offer_once"),
            models.UniqueConstraint(fields=["room", "key"], name="offer_sent_once"),
        ]

    def __str__(self) -> str:
        return f"offer {self.dispute_id}/{self.seq}"


class OfferAnswer(models.Model):
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="answers")
    party = models.ForeignKey("disputes.Party", models.PROTECT, related_name="+")
    answer = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "party"], name="offer_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
