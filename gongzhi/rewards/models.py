"""Rules, budgets, awards with their ledger, claims, objections and payout batches."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gongzhi.base.payouts import BatchRow, BudgetRow, LedgerRow, ObjectionRow
from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField
from gongzhi.rewards.lifecycle import Bar, Deed, State


class RewardRule(models.Model):
    """One version of what a kind of problem is worth, and to how much it may add up."""

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    covers = ArrayField(
        models.CharField(max_length=8)
    )  # codes of items, or their beginnings: "P01"
    amount = models.PositiveIntegerField()  # yuan
    day_most = models.PositiveSmallIntegerField()  # awards of one person a day
    person_most = models.PositiveIntegerField()  # yuan for one person in the rule's time
    claim_days = models.PositiveSmallIntegerField()
    objection_days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()  # the day after the last
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="reward_rule_version_once"),
            models.CheckConstraint(
                name="reward_rule_ends", condition=Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(name="reward_is_worth_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class RewardBudget(BudgetRow):
    """What one town, or the whole city, may give in some time."""

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["RewardBudget"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_path", "starts_on"], name="reward_budget_once"),
            models.CheckConstraint(
                name="reward_budget_ends", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]


class PayoutBatch(BatchRow):
    """Awards that are paid together."""

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["PayoutBatch"])()

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="rewards_batch_newest")]


class Award(models.Model):
    """What the first reporter of a settled matter may get, or why nothing."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    number = models.CharField(max_length=14)  # of the matter
    title = models.CharField(max_length=120)
    reporter_id = models.BigIntegerField(default=0)
    area_path = models.CharField(max_length=60)
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    bar = models.CharField(max_length=20, choices=Bar.choices, blank=True)
    bar_note = models.CharField(max_length=60, blank=True)  # the number of the earlier report
    reason = models.CharField(max_length=500, blank=True)  # why it was refused
    rule = models.ForeignKey(RewardRule, models.PROTECT, null=True, related_name="+")
    budget = models.ForeignKey(RewardBudget, models.PROTECT, null=True, related_name="+")
    amount = models.PositiveIntegerField(default=0)  # yuan
    person = models.CharField(
        max_length=64, blank=True
    )  # keyed hash; forgotten when caps need it no more
    reviewed_by = models.BigIntegerField(default=0)
    decided_by = models.BigIntegerField(default=0)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    claim_until = models.DateTimeField(null=True)
    object_until = models.DateTimeField(null=True)
    batch = models.ForeignKey(PayoutBatch, models.PROTECT, null=True, related_name="awards")
    paid_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Award"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="barred_award_says_why", condition=~Q(state="barred") | ~Q(bar="")
            ),
            models.CheckConstraint(
                name="approved_award_has_a_rule_and_a_budget",
                condition=Q(state__in=["proposed", "barred", "refused", "withdrawn", "reviewed"])
                | Q(rule__isnull=False, budget__isnull=False, amount__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "area_path", "-id"], name="rewards_award_list"),
            models.Index(fields=["budget", "state"], name="rewards_award_budget"),
            models.Index(fields=["person"], name="rewards_award_person", condition=~Q(person="")),
            models.Index(
                fields=["claim_until"], name="rewards_award_claim", condition=Q(state="approved")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"

    def objection_ends(self, at: datetime) -> datetime:
        """Return until when a decision of this moment can be objected to: as the rule says, if there is one."""
        days = self.rule.objection_days if self.rule else settings.REWARD_OBJECT_DAYS
        return at + timedelta(days=days)


class LedgerEntry(LedgerRow):
    """One line of the ledger."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="entries")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    state = models.CharField(max_length=10, choices=State.choices)  # after it

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="rewards_ledger_newest")]

    def __str__(self) -> str:
        return f"{self.award_id} {self.deed}"


class Claim(models.Model):
    """How a reporter wants to be paid. Deleted after payout and the days of safekeeping."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="claim")
    way = models.CharField(max_length=20)
    payee = EncryptedTextField(blank=True)
    account = EncryptedTextField(blank=True)
    extra = EncryptedTextField(blank=True)  # the bank's name
    claimed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.award_id} {self.way}"


class Objection(ObjectionRow):
    """A reporter does not agree."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="objections")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_objection_says_why",
                condition=Q(answered_at=None) | (Q(is_upheld__isnull=False) & ~Q(answer="")),
            ),
            models.UniqueConstraint(
                fields=["award"], name="one_open_objection", condition=Q(answered_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="rewards_objection_open", condition=Q(answered_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.made_at:%Y-%m-%d}"
