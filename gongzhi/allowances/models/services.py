"""Services that a government buys: the contract, what was used of it, the statement of a month."""

from django.db import models
from django.db.models import F, Q

from gongzhi.allowances.models.allowances import Allowance
from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Contract(models.Model):
    """So many mediations at such a price by such a body."""

    number = models.CharField(max_length=60, unique=True)
    buyer = models.CharField(max_length=120)  # the office that buys
    body = models.ForeignKey("mediators.Body", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    quota = models.PositiveIntegerField()  # mediations
    price = models.PositiveIntegerField()  # yuan for each
    source = models.CharField(max_length=200)  # the paper of the purchase
    area_path = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=150)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Contract"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_ends", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="contract_buys_something", condition=Q(quota__gt=0, price__gt=0)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Statement(models.Model):
    """What was used of a contract in a month, as it was signed. Never changed."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="statements")
    month = models.DateField()  # its first day
    count = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()  # yuan
    left = models.PositiveIntegerField()  # of the quota afterwards
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "month"], name="one_statement_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"


class Use(models.Model):
    """One dispute settled under a contract; by its allowance, so that it is paid once."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="uses")
    allowance = models.OneToOneField(Allowance, models.PROTECT, related_name="use")
    on = models.DateField()
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="uses")

    class Meta:
        indexes = [models.Index(fields=["contract", "on"], name="use_of_contract")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.on}"
