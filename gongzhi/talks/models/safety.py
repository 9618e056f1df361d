"""Signs that a dispute may escalate, as a property of the matter, and what is done about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class SafetyPlan(models.Model):
    """
    Opened by what was seen in a dispute; says nothing about who a person is, and ends with the matter.

    人民调解法 art. 25: what may escalate is met with preventive steps and reported to the police.
    """

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    signs = ArrayField(models.CharField(max_length=20))
    note = EncryptedTextField(blank=True)
    is_hiding = models.BooleanField(default=False)  # notices in neutral words
    opened_by = models.BigIntegerField()
    opened_by_name = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=150, blank=True)
    closed_for = EncryptedTextField(blank=True)

    scoped_by = ScopedBy(
        area="dispute__area_path", town="dispute__district", units="dispute__unit_ids"
    )
    objects = models.Manager.from_queryset(ScopedQuerySet["SafetyPlan"])()

    class Meta:
        indexes = [models.Index(fields=["opened_at", "id"], name="safety_plans_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], name="one_open_safety_plan", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class SafetyStep(models.Model):
    """One thing to do under a plan, in the words of the table, until an hour."""

    plan = models.ForeignKey(SafetyPlan, models.CASCADE, related_name="steps")
    sign = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=150, blank=True)
    note = EncryptedTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "sign", "code"], name="step_once")]

    def __str__(self) -> str:
        return f"step {self.pk}"
