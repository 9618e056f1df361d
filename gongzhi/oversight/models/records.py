"""What oversight works by, with its source; and the ledger of what was done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.oversight.lifecycle import Deed, Level


class Rule(models.Model):
    """One version of a rule by which a matter is put under supervision by itself."""

    class Measure(models.TextChoices):
        OVERDUE = "overdue", _("Overdue by")
        REWORKED = "reworked", _("Reworked")
        REOPENED = "reopened", _("Reopened")
        URGED = "urged", _("Urged")

    class Urgent(models.TextChoices):
        ANY = "any", _("every matter")
        YES = "yes", _("urgent matters")
        NO = "no", _("matters that are not urgent")

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=10, choices=Measure)
    urgent = models.CharField(max_length=4, choices=Urgent, default=Urgent.ANY)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=8)  # hour, day; times for counts
    counting = models.CharField(max_length=12, blank=True)
    level = models.SmallIntegerField(choices=Level)
    reason = models.CharField(max_length=20)  # a code of content/order_reasons.csv
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day on which it no longer holds
    source = models.CharField(max_length=200)
    set_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="oversight_rule_version_once"),
            models.CheckConstraint(name="oversight_rule_asks_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Norm(models.Model):
    """One version of a number oversight works by: how many like matters, how many days."""

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    set_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="oversight_norm_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Record(models.Model):
    """One line of the ledger of an order, an owner, a batch or a suggestion; never changed."""

    class Subject(models.TextChoices):
        ORDER = "order"
        OWNER = "owner"
        BATCH = "batch"
        SUGGESTION = "suggestion"

    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    deed = models.CharField(max_length=10, choices=Deed)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    rule = models.CharField(max_length=30, blank=True)  # by which rule, when by itself
    count = models.IntegerField(default=0)  # what a counting rule had counted

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="oversight_ledger"),
            models.Index(
                fields=["matter_id", "rule"], name="oversight_by_rule", condition=~Q(rule="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.deed}"
