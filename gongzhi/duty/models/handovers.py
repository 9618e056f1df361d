"""What one shift hands to the next, signed by both; a trigger keeps what is signed as it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongzhi.base.scope import ScopedQuerySet
from gongzhi.duty.lifecycle import HandoverState
from gongzhi.duty.models.roster import BY_DESK, Desk


class Handover(models.Model):
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="handovers")
    shift = models.CharField(max_length=60)  # the shift that ends, in words
    starts_at = models.DateTimeField()  # of the shift that ends
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=HandoverState.choices, default=HandoverState.DRAFT
    )
    notes = models.TextField(blank=True)
    crew = models.JSONField(default=list)  # who was on duty: [post, name]
    outgoing = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outgoing_name = models.CharField(max_length=150, blank=True)
    offered_at = models.DateTimeField(null=True)
    incoming = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    incoming_name = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=300, blank=True)  # why the last offer was not taken
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was signed
    begun_at = models.DateTimeField()
    begun_by_name = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)

    scoped_by = BY_DESK
    objects = models.Manager.from_queryset(ScopedQuerySet["Handover"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk"], name="one_open_handover_a_desk", condition=~Q(state="signed")
            ),
            models.CheckConstraint(
                name="signed_handover_has_two_hands",
                condition=~Q(state="signed")
                | (
                    Q(outgoing__isnull=False, incoming__isnull=False, signed_at__isnull=False)
                    & ~Q(outgoing=F("incoming"))
                    & ~Q(digest="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["desk", "-id"], name="duty_handover_newest")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.shift}"


class Point(models.Model):
    """One open point of a hand-over."""

    class Kind(models.TextChoices):
        MATTER = "matter"
        INSTRUCTION = "instruction"
        BULLETIN = "bulletin"
        OTHER = "other"

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=20, blank=True)  # a number
    title = models.CharField(max_length=200)
    standing = models.CharField(max_length=120, blank=True)  # when it was written down
    href = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "kind", "reference"],
                name="point_once",
                condition=~Q(reference=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} {self.title}"


class Addition(models.Model):
    """What was said afterwards about a signed hand-over."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="additions")
    at = models.DateTimeField()
    text = models.CharField(max_length=2000)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.handover_id} {self.at}"
