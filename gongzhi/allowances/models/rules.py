"""What a mediation is worth where, and how much there is."""

from django.db import models
from django.db.models import F, Q

from gongzhi.base.payouts import BudgetRow
from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class RuleSet(models.Model):
    """One version of a place's table: from when, by which paper."""

    area_path = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=300)
    full_time_too = models.BooleanField(default=False)  # whoever has a salary gets it too
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the day after the last
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=150)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["RuleSet"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_path", "version"], name="allowance_rules_once"),
            models.CheckConstraint(
                name="allowance_rules_end", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class RuleLine(models.Model):
    """Grade × form × points of the file × performed → yuan."""

    rules = models.ForeignKey(RuleSet, models.PROTECT, related_name="lines")
    grade = models.CharField(max_length=10)
    form = models.CharField(max_length=10)
    least_score = models.DecimalField(max_digits=3, decimal_places=1)  # of seven
    needs_performed = models.BooleanField()
    amount = models.PositiveIntegerField()  # yuan

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "grade", "form", "least_score", "needs_performed"],
                name="allowance_line_once",
            ),
            models.CheckConstraint(name="allowance_line_pays", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="allowance_line_of_seven", condition=Q(least_score__gte=0, least_score__lte=7)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.form} {self.amount}"


class Budget(BudgetRow):
    """What a town, or the whole city, may give in some time."""

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Budget"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_path", "starts_on"], name="allowance_budget_once"
            ),
            models.CheckConstraint(
                name="allowance_budget_ends", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]
