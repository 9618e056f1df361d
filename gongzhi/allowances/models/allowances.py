"""One dispute, one allowance: who gets how much of it, and everything that happened to it."""

from django.db import models
from django.db.models import Q

from gongzhi.allowances.lifecycle import Bar, Deed, State
from gongzhi.allowances.models.rules import Budget, RuleLine
from gongzhi.base.payouts import BatchRow, LedgerRow, ObjectionRow
from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Batch(BatchRow):
    """Allowances that are paid together."""

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Batch"])()

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="allowance_batch_newest")]


class Allowance(models.Model):
    """What the mediators of an archived dispute may get, or why nothing. A dispute has one."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    number = models.CharField(max_length=14)  # of the dispute
    kind_name = models.CharField(max_length=60)
    body = models.ForeignKey("mediators.Body", models.PROTECT, null=True, related_name="+")
    area_path = models.CharField(max_length=60)
    grade = models.CharField(max_length=10)
    form = models.CharField(max_length=10)
    score = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # of seven
    is_performed = models.BooleanField(default=False)
    archived_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    bar = models.CharField(max_length=12, choices=Bar.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was refused
    line = models.ForeignKey(RuleLine, models.PROTECT, null=True, related_name="+")
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="+")
    amount = models.PositiveIntegerField(default=0)  # yuan
    reviewed_by = models.BigIntegerField(default=0)
    decided_by = models.BigIntegerField(default=0)
    proposed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    object_until = models.DateTimeField(null=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="allowances")
    paid_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Allowance"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="barred_allowance_says_why", condition=~Q(state="barred") | ~Q(bar="")
            ),
            models.CheckConstraint(
                name="published_allowance_has_a_line_and_a_budget",
                condition=Q(state__in=["proposed", "reviewed", "barred", "refused", "withdrawn"])
                | Q(line__isnull=False, budget__isnull=False, amount__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="allowance_in_state"),
            models.Index(fields=["state", "-amount", "-id"], name="allowance_by_amount"),
            models.Index(
                fields=["area_path"], name="allowance_area", opclasses=["text_pattern_ops"]
            ),
            models.Index(fields=["kind_name", "-id"], name="allowance_kind"),
            models.Index(
                fields=["number"], name="allowance_number", opclasses=["text_pattern_ops"]
            ),
            models.Index(fields=["budget", "state"], name="allowance_budget"),
            models.Index(
                fields=["object_until"], name="allowance_publicity", condition=Q(state="published")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"


class Share(models.Model):
    """One mediator's part of an allowance."""

    allowance = models.ForeignKey(Allowance, models.PROTECT, related_name="shares")
    mediator = models.ForeignKey("mediators.Mediator", models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()  # yuan
    paid_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=300, blank=True)  # until the account is set right

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allowance", "mediator"], name="one_share_of_a_mediator"
            )
        ]
        indexes = [models.Index(fields=["mediator", "-allowance"], name="share_of_mediator")]

    def __str__(self) -> str:
        return f"{self.allowance_id} {self.amount}"


class Account(models.Model):
    """Where a mediator is paid to."""

    mediator = models.OneToOneField("mediators.Mediator", models.PROTECT, related_name="+")
    payee = EncryptedTextField()
    bank = EncryptedTextField()
    number = EncryptedTextField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"account {self.mediator_id}"


class LedgerEntry(LedgerRow):
    """One line of the ledger."""

    allowance = models.ForeignKey(Allowance, models.PROTECT, related_name="entries")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    state = models.CharField(max_length=10, choices=State.choices)  # after it

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="allowance_ledger_newest")]

    def __str__(self) -> str:
        return f"{self.allowance_id} {self.deed}"


class Objection(ObjectionRow):
    """Somebody does not agree with what was published."""

    allowance = models.ForeignKey(Allowance, models.PROTECT, related_name="objections")
    contact = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_allowance_objection_says_why",
                condition=Q(answered_at=None) | (Q(is_upheld__isnull=False) & ~Q(answer="")),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="allowance_objection_open", condition=Q(answered_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.allowance_id} {self.made_at:%Y-%m-%d}"
