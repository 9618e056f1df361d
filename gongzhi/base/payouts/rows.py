"""The columns every module that pays people has; what is paid, and its states, are the module's own."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BudgetRow(models.Model):
    """What one area may give in some time."""

    area_path = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the day after the last
    amount = models.PositiveIntegerField()  # yuan
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=150)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.area_path} {self.starts_on}"


class BatchRow(models.Model):
    """Payments made together. Frozen, the batch goes to the finance office and is not changed any more."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("batch", "Being put together")
        FROZEN = "frozen", pgettext_lazy("batch", "With the finance office")
        DONE = "done", pgettext_lazy("batch", "Paid")

    number = models.CharField(max_length=20, unique=True)
    area_path = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    frozen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    amount = models.PositiveIntegerField(default=0)  # as frozen
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class LedgerRow(models.Model):
    """One line of a ledger: what was done, by whom, for how much. Never changed, never deleted."""

    at = models.DateTimeField()
    amount = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=150, blank=True)

    class Meta:
        abstract = True


class ObjectionRow(models.Model):
    """Somebody does not agree; a person answers with a reason."""

    text = models.CharField(max_length=1000)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    is_upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True
