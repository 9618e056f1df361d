"""What a grid matter has beyond any matter."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Incident(models.Model):
    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    # Nobody asks which matters a standard or a unit has here: their indexes would cost 300 MB a city.
    standard = models.ForeignKey(
        "catalogue.Standard", models.PROTECT, null=True, related_name="+", db_index=False
    )
    answers = models.JSONField(default=dict)  # question id → answer
    proposed_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    proposed_why = models.CharField(max_length=300, blank=True)
    overridden = models.CharField(max_length=300, blank=True)  # why a person chose another unit
    is_true = models.BooleanField(null=True)  # what verification found
    self_handled = models.BooleanField(default=False)
    bound_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )  # its objection was rejected: it cannot send the matter back
    not_competent = ArrayField(models.BigIntegerField(), null=True)  # units whose objection held
    outside_grid_m = models.FloatField(default=0)  # distance to the nearest grid when outside all

    def __str__(self) -> str:
        return f"incident {self.matter_id}"


class Transfer(models.Model):
    """A town wants another to take a matter; the other one answers within a clock of its own."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("transfer", "To answer")
        ACCEPTED = "accepted", pgettext_lazy("transfer", "Taken")
        REFUSED = "refused", pgettext_lazy("transfer", "Not taken")
        WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Taken back")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    from_path = models.CharField(max_length=60)
    to_path = models.CharField(max_length=60)
    from_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=80, blank=True)

    scoped_by = ScopedBy(area="to_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Transfer"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="one_open_transfer_of_a_matter", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="transfer_goes_elsewhere", condition=~Q(from_path=models.F("to_path"))
            ),
        ]
        indexes = [
            models.Index(fields=["to_path", "-id"], name="transfer_to"),
            models.Index(fields=["from_path", "-id"], name="transfer_from"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.from_path} → {self.to_path}"


class SentTransfer(Transfer):
    """The same transfers, seen by the town that asks."""

    scoped_by = ScopedBy(area="from_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["SentTransfer"])()  # type: ignore[misc]  # its own manager

    class Meta:
        proxy = True


class Objection(models.Model):
    """A unit says that it is not competent; the level above the dispatching centre settles it."""

    class State(models.TextChoices):
        MADE = "made", pgettext_lazy("objection", "To settle")
        UPHELD = "upheld", pgettext_lazy("objection", "Upheld")
        REJECTED = "rejected", pgettext_lazy("objection", "Rejected")
        LAPSED = "lapsed", pgettext_lazy("objection", "Lapsed")  # the matter ended meanwhile

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    dispatcher = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    settler = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.MADE)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=80)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=80, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Objection"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="one_open_objection_of_a_matter", condition=Q(state="made")
            )
        ]
        indexes = [models.Index(fields=["area_path", "-id"], name="objection_in_area")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id} {self.state}"


class DispatchPolicy(models.Model):
    """Whether a registered matter is dispatched by the matrix at once, or waits for a person."""

    area_path = models.CharField(max_length=60)
    automatic = models.BooleanField(default=False)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.area_path} {self.automatic}"
