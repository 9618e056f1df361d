"""How a side is reached: planned and made attempts, links to answer by, answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Invitation(models.Model):
    """A link by which one party answers without an account. Only its keyed hash can be looked up."""

    party = models.ForeignKey("disputes.Party", models.PROTECT, related_name="+")
    code = EncryptedTextField()
    code_index = models.CharField(max_length=64, unique=True)
    is_renewed = models.BooleanField(default=False)  # asked for by the party, with number and phone
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Attempt(models.Model):
    """One try to reach a party: planned for a day, then made and recorded."""

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    party = models.ForeignKey("disputes.Party", models.PROTECT, related_name="+")
    way = models.CharField(max_length=20)
    due_on = models.DateField()
    made_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    note = EncryptedTextField(blank=True)
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="+")
    planned_by = models.BigIntegerField(default=0)
    planned_at = models.DateTimeField()
    made_by = models.BigIntegerField(default=0)
    made_by_name = models.CharField(max_length=150, blank=True)

    scoped_by = ScopedBy(
        area="dispute__area_path", town="dispute__district", units="dispute__unit_ids"
    )
    objects = models.Manager.from_queryset(ScopedQuerySet["Attempt"])()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="attempts_to_make", condition=Q(made_at__isnull=True)
            ),
            models.Index(
                fields=["due_on", "id"], name="attempts_made", condition=Q(made_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="made_attempt_has_an_outcome",
                condition=Q(made_at__isnull=True, outcome="") | (Q(made_at__isnull=False) & ~Q(outcome="")),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Answer(models.Model):
    """What a party answered by its link; each stays, the newest counts."""

    class Choice(models.TextChoices):
        TAKE_PART = "take_part", pgettext_lazy("answer", "Takes part")
        PROPOSE = "propose", pgettext_lazy("answer", "Proposes a time")
        REFUSE = "refuse", pgettext_lazy("answer", "Refuses")
        ASK = "ask", pgettext_lazy("answer", "Has a question")

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    party = models.ForeignKey("disputes.Party", models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=12, choices=Choice)
    words = EncryptedTextField(blank=True)
    proposed_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, unique=True)  # the same sending, twice
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    reply = EncryptedTextField(blank=True)  # of the office, to a question
    replied_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(
        area="dispute__area_path", town="dispute__district", units="dispute__unit_ids"
    )
    objects = models.Manager.from_queryset(ScopedQuerySet["Answer"])()

    class Meta:
        indexes = [
            models.Index(fields=["dispute", "-id"], name="answers_of_a_dispute"),
            models.Index(fields=["at", "id"], name="answers_by_time"),
            models.Index(
                fields=["at", "id"], name="answers_to_look_at", condition=Q(seen_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def is_wish(self) -> bool:
        """Whether a minor said it by their own link: no consent, whoever speaks for them answers."""
        return bool(self.invitation.party.is_minor)


class PhoneCare(models.Model):
    """How a party may be reached without harm: others may read this telephone."""

    party = models.OneToOneField("disputes.Party", models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)  # nothing is sent there
    hours = models.CharField(max_length=60, blank=True)  # when a call is safe, in words
    set_by = models.BigIntegerField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"care {self.pk}"
